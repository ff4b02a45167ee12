package aiv1.media;

/// The sum of squared differences of two runs of samples, exact.
interface SquaredError {
    long sum(byte[] a, byte[] b, int offset, int count);

    /// The fastest that this virtual machine offers.
    static SquaredError best() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorSquaredError()
                : new PlainSquaredError();
    }
}
