package aiv1.media;

import aiv1.domain.clip.VideoFormat;

/// How the lab turns Y, U, V into R, G, B for people to look at. Clips carry no such mark, so it
/// follows from the height, as players guess: BT.709 from 720 lines on, else BT.601; always limited
/// range (Y 16..235, U and V 16..240). Numbers are never computed from R, G, B.
///
/// `kr` and `kb` are the luma coefficients of ITU-R BT.601-7 and BT.709-6; `tag` is what ffmpeg
/// calls it.
enum ColourMatrix {
    BT601(0.299, 0.114, "smpte170m"),
    BT709(0.2126, 0.0722, "bt709");

    private static final int HD_LINES = 720;
    private static final double LUMA_SCALE = 255.0 / 219;
    private static final double CHROMA_SCALE = 255.0 / 224;

    private final String tag;
    private final double redOfV;
    private final double greenOfU;
    private final double greenOfV;
    private final double blueOfU;

    ColourMatrix(double kr, double kb, String tag) {
        this.tag = tag;
        double kg = 1 - kr - kb;
        this.redOfV = 2 * (1 - kr);
        this.blueOfU = 2 * (1 - kb);
        this.greenOfU = -blueOfU * kb / kg;
        this.greenOfV = -redOfV * kr / kg;
    }

    static ColourMatrix of(VideoFormat format) {
        return format.height() >= HD_LINES ? BT709 : BT601;
    }

    String tag() {
        return tag;
    }

    /// Writes R, G, B of one sample to `rgb` at `at`, each rounded and kept within 0..255.
    void convert(int y, int u, int v, byte[] rgb, int at) {
        double luma = LUMA_SCALE * (y - 16);
        double blueness = CHROMA_SCALE * (u - 128);
        double redness = CHROMA_SCALE * (v - 128);
        rgb[at] = rounded(luma + redOfV * redness);
        rgb[at + 1] = rounded(luma + greenOfU * blueness + greenOfV * redness);
        rgb[at + 2] = rounded(luma + blueOfU * blueness);
    }

    private static byte rounded(double value) {
        return (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5)));
    }
}
