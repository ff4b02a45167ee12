package aiv1.media;

/// The two loops of ssim-8x8: sums of one row of 4x4 blocks, and windows of two such rows.
interface SsimKernel {
    /// Rounded, on sums over 64 samples.
    int C1 = (int) (.01 * .01 * 255 * 255 * 64 + .5);

    int C2 = (int) (.03 * .03 * 255 * 255 * 64 * 63 + .5);

    /// Sums of blocks side by side: the samples of each picture, all their squares, and the
    /// products of one with the other.
    record BlockRow(int[] first, int[] second, int[] squares, int[] products) {
        static BlockRow of(int columns) {
            return new BlockRow(
                    new int[columns], new int[columns], new int[columns], new int[columns]);
        }

        int columns() {
            return first.length;
        }
    }

    /// Fills `into` from the four lines that begin at `start`, each `width` long.
    void sumBlocks(byte[] a, byte[] b, int start, int width, BlockRow into);

    /// The sum of the SSIM of all windows between two rows of blocks.
    double sumWindows(BlockRow above, BlockRow below);

    /// The fastest that this virtual machine offers.
    static SsimKernel best() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorSsimKernel()
                : new PlainSsimKernel();
    }
}
