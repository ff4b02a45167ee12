package aiv1.media;

import aiv1.media.SsimKernel.BlockRow;

/// SSIM over 8x8 windows at a stride of 4, as ffmpeg's ssim filter defines it: each window is four
/// blocks of 4x4 whose sums are shared.
///
/// For windows a and b: (2 s1 s2 + C1) (2 cov + C2) / ((s1^2 + s2^2 + C1) (var + C2)) on sums over
/// 64 samples, with C1 = .01^2 255^2 64 and C2 = .03^2 255^2 64 63, rounded. Rows and columns that
/// fill no block of 4 do not count. Not thread-safe.
final class BlockSsim {
    private final int width;
    private final int rows;
    private final SsimKernel kernel;
    private BlockRow above;
    private BlockRow below;

    BlockSsim(int width, int height) {
        this(width, height, SsimKernel.best());
    }

    BlockSsim(int width, int height, SsimKernel kernel) {
        this.width = width;
        this.rows = height / 4;
        this.kernel = kernel;
        this.above = BlockRow.of(width / 4);
        this.below = BlockRow.of(width / 4);
    }

    /// The mean over all windows of the luma plane, which must hold one at least.
    double mean(byte[] a, byte[] b) {
        if (above.columns() < 2 || rows < 2) {
            throw new IllegalArgumentException("ssim: expected at least 8x8 samples");
        }
        double sum = 0;
        kernel.sumBlocks(a, b, 0, width, above);
        for (int row = 1; row < rows; row++) {
            kernel.sumBlocks(a, b, 4 * row * width, width, below);
            sum += kernel.sumWindows(above, below);
            BlockRow swap = above;
            above = below;
            below = swap;
        }
        return sum / ((double) (above.columns() - 1) * (rows - 1));
    }
}
