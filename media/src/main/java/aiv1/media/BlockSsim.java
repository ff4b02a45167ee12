package aiv1.media;

/// SSIM over 8x8 windows at a stride of 4, as ffmpeg's ssim filter defines it: each window is four
/// blocks of 4x4 whose sums are shared.
///
/// For windows a and b: (2 s1 s2 + C1) (2 cov + C2) / ((s1^2 + s2^2 + C1) (var + C2)) on sums over
/// 64 samples, with C1 = .01^2 255^2 64 and C2 = .03^2 255^2 64 63, rounded. Rows and columns that
/// fill no block of 4 do not count. Not thread-safe.
///
/// All sums of a window fit an int: 64 * 64 * 2 * 255^2 < 2^31. The loop over windows stays plain,
/// since the compiler does as well with it as with the Vector API.
final class BlockSsim {
    private static final int C1 = (int) (.01 * .01 * 255 * 255 * 64 + .5);
    private static final int C2 = (int) (.03 * .03 * 255 * 255 * 64 * 63 + .5);

    private final int width;
    private final int rows;
    private final BlockSums sums;
    private BlockSums.Row above;
    private BlockSums.Row below;

    BlockSsim(int width, int height) {
        this(width, height, BlockSums.best());
    }

    BlockSsim(int width, int height, BlockSums sums) {
        this.width = width;
        this.rows = height / 4;
        this.sums = sums;
        this.above = BlockSums.Row.of(width / 4);
        this.below = BlockSums.Row.of(width / 4);
    }

    /// The mean over all windows of the luma plane, which must hold one at least.
    double mean(byte[] a, byte[] b) {
        if (above.columns() < 2 || rows < 2) {
            throw new IllegalArgumentException("ssim: expected at least 8x8 samples");
        }
        double sum = 0;
        sums.sum(a, b, 0, width, above);
        for (int row = 1; row < rows; row++) {
            sums.sum(a, b, 4 * row * width, width, below);
            sum += sumWindows(above, below);
            BlockSums.Row swap = above;
            above = below;
            below = swap;
        }
        return sum / ((double) (above.columns() - 1) * (rows - 1));
    }

    /// The sum of the SSIM of all windows between two rows of blocks.
    private static double sumWindows(BlockSums.Row above, BlockSums.Row below) {
        double sum = 0;
        for (int i = 0; i + 1 < above.columns(); i++) {
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
