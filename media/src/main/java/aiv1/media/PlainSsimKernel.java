package aiv1.media;

/// SSIM by plain loops. All sums of a window fit an int: 64 * 64 * 2 * 255^2 < 2^31.
final class PlainSsimKernel implements SsimKernel {
    @Override
    public void sumBlocks(byte[] a, byte[] b, int start, int width, BlockRow into) {
        sumBlocks(a, b, start, width, into, 0);
    }

    @Override
    public double sumWindows(BlockRow above, BlockRow below) {
        return sumWindows(above, below, 0);
    }

    /// The same from the block `from` on.
    void sumBlocks(byte[] a, byte[] b, int start, int width, BlockRow into, int from) {
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

    /// The same from the window `from` on.
    double sumWindows(BlockRow above, BlockRow below, int from) {
        double sum = 0;
        for (int i = from; i + 1 < above.columns(); i++) {
            int first = window(above.first(), below.first(), i);
            int second = window(above.second(), below.second(), i);
            int squares = window(above.squares(), below.squares(), i);
            int products = window(above.products(), below.products(), i);
            int cross = first * second;
            int power = first * first + second * second;
            sum +=
                    (double) (2 * cross + C1)
                            * (double) (2 * (products * 64 - cross) + C2)
                            / ((double) (power + C1) * (double) (squares * 64 - power + C2));
        }
        return sum;
    }

    private static int window(int[] above, int[] below, int i) {
        return above[i] + above[i + 1] + below[i] + below[i + 1];
    }
}
