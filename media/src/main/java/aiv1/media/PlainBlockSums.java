package aiv1.media;

/// Block sums by a plain loop.
final class PlainBlockSums implements BlockSums {
    @Override
    public void sum(byte[] a, byte[] b, int start, int width, Row into) {
        sum(a, b, start, width, into, 0);
    }

    /// The same from the block `from` on.
    static void sum(byte[] a, byte[] b, int start, int width, Row into, int from) {
        for (int column = from; column < into.columns(); column++) {
            int first = 0;
            int second = 0;
            int squares = 0;
            int products = 0;
            for (int y = 0; y < 4; y++) {
                int line = start + y * width + 4 * column;
                for (int i = line; i < line + 4; i++) {
                    int p = a[i] & 0xff;
                    int q = b[i] & 0xff;
                    first += p;
                    second += q;
                    squares += p * p + q * q;
                    products += p * q;
                }
            }
            into.first()[column] = first;
            into.second()[column] = second;
            into.squares()[column] = squares;
            into.products()[column] = products;
        }
    }
}
