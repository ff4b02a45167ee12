package aiv1.domain.clip;

/// The layout of one frame: 8-bit planar 4:2:0, luma `width` x `height`, then two chroma planes of
/// half the size each way.
///
/// Width and height are even and at most [#SIDE_MAX]; a frame is Y, U, V without padding.
public record VideoFormat(int width, int height, FrameRate frameRate) {
    public static final int SIDE_MAX = 16384;

    public VideoFormat {
        requireSide("width", width);
        requireSide("height", height);
    }

    public int lumaBytes() {
        return width * height;
    }

    /// Bytes of one chroma plane.
    public int chromaBytes() {
        return lumaBytes() / 4;
    }

    /// Bytes of one frame, all three planes.
    public int frameBytes() {
        return lumaBytes() + 2 * chromaBytes();
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }

    private static void requireSide(String name, int value) {
        if (value < 2 || value > SIDE_MAX || value % 2 != 0) {
            throw new IllegalArgumentException(
                    name + ": expected an even number from 2 to " + SIDE_MAX + ", got " + value);
        }
    }
}
