package aiv1.media;

/// SSIM over 8x8 windows at a stride of 4, as ffmpeg's ssim filter defines it: each window is four
/// blocks of 4x4 whose sums are shared.
///
/// For windows a and b: (2 s1 s2 + C1) (2 cov + C2) / ((s1^2 + s2^2 + C1) (var + C2)) on sums over
/// 64 samples, with C1 = .01^2 255^2 64 and C2 = .03^2 255^2 64 63, rounded. Rows and columns that
/// fill no block of 4 do not count.
final class BlockSsim {
    private static final long C1 = (long) (.01 * .01 * 255 * 255 * 64 + .5);
    private static final long C2 = (long) (.03 * .03 * 255 * 255 * 64 * 63 + .5);
    private static final int SUMS = 4;

    private final int width;
    private final int columns;
    private final int rows;
    private int[] above;
    private int[] below;

    BlockSsim(int width, int height) {
        this.width = width;
        this.columns = width / 4;
        this.rows = height / 4;
        this.above = new int[SUMS * columns];
        this.below = new int[SUMS * columns];
    }

    /// The mean over all windows of the luma plane; 1 for a plane too small to hold one that is
    /// equal, by its definition over none.
    double mean(byte[] a, byte[] b) {
        if (columns < 2 || rows < 2) {
            throw new IllegalArgumentException("ssim: expected at least 8x8 samples");
        }
        double sum = 0;
        blockSums(a, b, 0, above);
        for (int row = 1; row < rows; row++) {
            blockSums(a, b, row, below);
            for (int column = 0; column + 1 < columns; column++) {
                sum += window(SUMS * column);
            }
            int[] swap = above;
            above = below;
            below = swap;
        }
        return sum / ((double) (columns - 1) * (rows - 1));
    }

    private double window(int at) {
        long s1 = sum(at);
        long s2 = sum(at + 1);
        long squares = sum(at + 2);
        long products = sum(at + 3);
        long variance = squares * 64 - s1 * s1 - s2 * s2;
        long covariance = products * 64 - s1 * s2;
        return (double) (2 * s1 * s2 + C1)
                * (2 * covariance + C2)
                / ((double) (s1 * s1 + s2 * s2 + C1) * (variance + C2));
    }

    private long sum(int at) {
        return (long) above[at] + above[at + SUMS] + below[at] + below[at + SUMS];
    }

    private void blockSums(byte[] a, byte[] b, int row, int[] sums) {
        for (int column = 0; column < columns; column++) {
            int s1 = 0;
            int s2 = 0;
            int squares = 0;
            int products = 0;
            for (int y = 0; y < 4; y++) {
                int start = (4 * row + y) * width + 4 * column;
                for (int i = start; i < start + 4; i++) {
                    int p = a[i] & 0xff;
                    int q = b[i] & 0xff;
                    s1 += p;
                    s2 += q;
                    squares += p * p + q * q;
                    products += p * q;
                }
            }
            int at = SUMS * column;
            sums[at] = s1;
            sums[at + 1] = s2;
            sums[at + 2] = squares;
            sums[at + 3] = products;
        }
    }
}
