package aiv1.inventor;

import java.util.List;
import java.util.Locale;

/// One way to fill a slot: the block files it is made of, the numbers it needs, and what it is in
/// words.
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum Choice {
    ALONE(Slot.PICTURES, "every frame by itself", "gop_intra"),
    PREVIOUS(Slot.PICTURES, "each frame predicted from the one before", "gop_previous"),
    PYRAMID(
            Slot.PICTURES,
            "a pyramid of bidirectional frames, coarser towards its tip",
            List.of("gop_hierarchical"),
            Knob.GOP,
            Knob.ANCHORS,
            Knob.QP_BETWEEN,
            Knob.QP_LAYER),
    STILL(Slot.MOTION, "no motion", "motion_zero"),
    BLOCKS(
            Slot.MOTION,
            "block motion, 16x16 or 8x8",
            List.of("motion_block", "blend_plain"),
            Knob.PEL,
            Knob.RANGE,
            Knob.PRICE),
    OVERLAPPED(
            Slot.MOTION,
            "overlapped block motion, 16x16 or 8x8",
            List.of("motion_block", "blend_overlapped"),
            Knob.PEL,
            Knob.RANGE,
            Knob.PRICE),
    FLAT(Slot.INTRA, "key frames without prediction", "intra_flat"),
    ANGULAR(
            Slot.INTRA,
            "key frames predicted in many directions",
            List.of("intra_angular"),
            Knob.ANGLES),
    WAVELET(Slot.TRANSFORM, "a 5/3 wavelet of three levels", "transform_wavelet"),
    DCT(
            Slot.TRANSFORM,
            "a cosine transform of one size",
            List.of("transform_dct", "transform_fixed"),
            Knob.SIZE),
    ADAPTIVE(
            Slot.TRANSFORM,
            "cosine transforms of 8x8 or 16x16, chosen by macroblock",
            "transform_dct",
            "transform_adaptive"),
    WHOLE(Slot.CHROMA, "chroma as it comes", "chroma_whole"),
    HALVED(Slot.CHROMA, "chroma residuals at half their size", "chroma_half"),
    DEAD_ZONE(Slot.QUANTISER, "a dead zone", List.of("quantise"), Knob.ROUND_KEY, Knob.ROUND_INTER),
    WEIGHTED(
            Slot.QUANTISER,
            "a dead zone, coarser for high frequencies",
            List.of("quantise_weighted"),
            Knob.SLOPE,
            Knob.ROUND_KEY,
            Knob.ROUND_INTER),
    RATE_AWARE(
            Slot.QUANTISER,
            "rounding by estimated rate and distortion",
            List.of("quantise_rate"),
            Knob.LAMBDA,
            Knob.ROUND_KEY),
    UNFILTERED(Slot.FILTER, "no loop filter", "filter_none"),
    DEBLOCKED(Slot.FILTER, "a deblocking loop filter", List.of("filter_deblock"), Knob.DEBLOCK),
    RUN_LENGTH(
            Slot.ENTROPY,
            "runs of zeros and levels, in zlib",
            "streams",
            "levels_runs",
            "pack_zlib"),
    ZLIB(Slot.ENTROPY, "plain levels in zlib", "streams", "levels_plain", "pack_zlib"),
    LZMA(Slot.ENTROPY, "plain levels in lzma", "streams", "levels_plain", "pack_lzma"),
    SINGLE(
            Slot.ENTROPY,
            "an adaptive range coder with one context for each bit",
            List.of("entropy_range", "model", "single", "levels"),
            Knob.CONTEXT,
            Knob.MEMORY),
    MIXING(
            Slot.ENTROPY,
            "an adaptive range coder that mixes several contexts in the logistic domain",
            List.of("entropy_range", "model", "mixing", "levels"),
            Knob.INPUTS,
            Knob.MEMORY);

    private final Slot slot;
    private final String words;
    private final List<String> blocks;
    private final List<Knob> knobs;

    Choice(Slot slot, String words, String... blocks) {
        this(slot, words, List.of(blocks));
    }

    Choice(Slot slot, String words, List<String> blocks, Knob... knobs) {
        this.slot = slot;
        this.words = words;
        this.blocks = blocks;
        this.knobs = List.of(knobs);
    }

    Slot slot() {
        return slot;
    }

    String words() {
        return words;
    }

    List<String> blocks() {
        return blocks;
    }

    List<Knob> knobs() {
        return knobs;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
