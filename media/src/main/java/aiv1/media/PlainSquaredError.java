package aiv1.media;

/// Squared errors by a plain loop.
final class PlainSquaredError implements SquaredError {
    /// So few that an int cannot overflow: 2^15 * 255^2 < 2^31.
    private static final int CHUNK = 1 << 15;

    @Override
    public long sum(byte[] a, byte[] b, int offset, int count) {
        long total = 0;
        int end = offset + count;
        for (int from = offset; from < end; from += CHUNK) {
            int to = Math.min(end, from + CHUNK);
            int sum = 0;
            for (int i = from; i < to; i++) {
                int d = (a[i] & 0xff) - (b[i] & 0xff);
                sum += d * d;
            }
            total += sum;
        }
        return total;
    }
}
