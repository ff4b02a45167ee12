package aiv1.media;

import aiv1.domain.clip.VideoFormat;

/// Width and height of a picture in samples, both even, 2 to [VideoFormat#SIDE_MAX].
public record Size(int width, int height) {
    public Size {
        requireSide("width", width);
        requireSide("height", height);
    }

    /// Reads the form `320x180`.
    public static Size parse(String text) {
        int cross = text.indexOf('x');
        try {
            if (cross > 0) {
                return new Size(
                        Integer.parseInt(text.substring(0, cross)),
                        Integer.parseInt(text.substring(cross + 1)));
            }
        } catch (NumberFormatException notNumbers) {
            throw new MediaException(
                    "size: expected a form like 320x180, got '" + text + "'", notNumbers);
        }
        throw new MediaException("size: expected a form like 320x180, got '" + text + "'");
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }

    private static void requireSide(String name, int value) {
        if (value < 2 || value > VideoFormat.SIDE_MAX || value % 2 != 0) {
            throw new MediaException(
                    "%s: expected an even number from 2 to %d, got %d"
                            .formatted(name, VideoFormat.SIDE_MAX, value));
        }
    }
}
