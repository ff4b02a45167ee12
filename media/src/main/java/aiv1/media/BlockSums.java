package aiv1.media;

/// The sums over 4x4 blocks of samples from which SSIM is computed, exact.
interface BlockSums {
    /// Sums of blocks side by side: the samples of each picture, all their squares, and the
    /// products of one with the other.
    record Row(int[] first, int[] second, int[] squares, int[] products) {
        static Row of(int columns) {
            return new Row(new int[columns], new int[columns], new int[columns], new int[columns]);
        }

        int columns() {
            return first.length;
        }
    }

    /// Fills `into` from the four lines that begin at `start`, each `width` long.
    void sum(byte[] a, byte[] b, int start, int width, Row into);

    /// The fastest that this virtual machine offers.
    static BlockSums best() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorBlockSums()
                : new PlainBlockSums();
    }
}
