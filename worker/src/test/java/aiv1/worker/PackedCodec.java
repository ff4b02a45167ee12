package aiv1.worker;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.util.Map;

/// One small codec in each language: samples lose their lowest bits, five at quality 0 and one at
/// quality 4, and what is left is packed without gaps.
///
/// Stream: width, height, frame count, dropped bits as four little-endian 16-bit numbers, then the
/// bits of all planes, highest first.
final class PackedCodec {
    private static final String HEAD =
            "import struct\nimport numpy as np\nfrom common import *\n\n";

    private static final String ENCODER =
            """
            def encode(clip, quality):
                drop = 5 - quality
                samples = np.concatenate([plane.ravel() for frame in clip for plane in frame])
                head = struct.pack("<HHHH", clip.width, clip.height, clip.frame_count, drop)
                return head + pack(samples, drop).tobytes()
            """;

    private static final String DECODER =
            """
            def decode(bitstream):
                w, h, n, drop = struct.unpack_from("<HHHH", bitstream)
                packed = np.frombuffer(bitstream, np.uint8)[8:]
                for f in unpack(packed, w * h * 3 // 2 * n, drop).reshape(n, -1):
                    yield f[: w * h].reshape(h, w), f[w * h : w * h * 5 // 4].reshape(h // 2, w // 2), f[w * h * 5 // 4 :].reshape(h // 2, w // 2)
            """;

    private static final String NUMPY =
            """
            import numpy as np

            def pack(samples, drop):
                return np.packbits(np.unpackbits(samples[:, None], axis=1)[:, : 8 - drop])

            def unpack(packed, count, drop):
                bits = np.unpackbits(packed)[: count * (8 - drop)].reshape(count, 8 - drop)
                return np.packbits(bits, axis=1)[:, 0] | np.uint8(1 << (drop - 1))
            """;

    private static final String NUMBA =
            """
            import numpy as np
            from numba import njit

            @njit
            def pack(samples, drop):
                keep = 8 - drop
                packed = np.zeros((samples.size * keep + 7) // 8, np.uint8)
                at = 0
                for i in range(samples.size):
                    for b in range(keep):
                        packed[at >> 3] |= ((samples[i] >> (7 - b)) & 1) << (7 - (at & 7))
                        at += 1
                return packed

            @njit
            def unpack(packed, count, drop):
                samples = np.full(count, 1 << (drop - 1), np.uint8)
                at = 0
                for i in range(count):
                    for b in range(8 - drop):
                        samples[i] |= ((packed[at >> 3] >> (7 - (at & 7))) & 1) << (7 - b)
                        at += 1
                return samples

            def warm_up():
                packed = pack(np.zeros(8, np.uint8), 1)
                packed.flags.writeable = False
                unpack(packed, 8, 1)
            """;

    private static final String HEADER =
            """
            #include <stdlib.h>
            #include "aiv1.h"

            static inline void put16(uint8_t *at, int value) { at[0] = value; at[1] = value >> 8; }
            static inline int get16(const uint8_t *at) { return at[0] | at[1] << 8; }
            """;

    private static final String ENCODER_C =
            """
            #include "common.h"

            static uint8_t held;
            static int held_bits;

            static void put(const uint8_t *samples, size_t count, int keep, sink_t *out) {
                for (size_t i = 0; i < count; i++) {
                    for (int b = 0; b < keep; b++) {
                        held = held << 1 | ((samples[i] >> (7 - b)) & 1);
                        if (++held_bits == 8) {
                            sink_write(out, &held, 1);
                            held = 0;
                            held_bits = 0;
                        }
                    }
                }
            }

            int encode(const clip_t *clip, int quality, sink_t *out) {
                int drop = 5 - quality;
                size_t luma = (size_t)clip->width * clip->height;
                uint8_t head[8];
                put16(head, clip->width);
                put16(head + 2, clip->height);
                put16(head + 4, clip->frame_count);
                put16(head + 6, drop);
                sink_write(out, head, 8);
                for (int f = 0; f < clip->frame_count; f++) {
                    put(clip->y + f * luma, luma, 8 - drop, out);
                    put(clip->u + f * (luma / 4), luma / 4, 8 - drop, out);
                    put(clip->v + f * (luma / 4), luma / 4, 8 - drop, out);
                }
                while (held_bits > 0) {
                    static const uint8_t zero = 0;
                    put(&zero, 1, 1, out);
                }
                return 0;
            }
            """;

    private static final String DECODER_C =
            """
            #include "common.h"

            int decode(const uint8_t *bitstream, size_t size, sink_t *out) {
                if (size < 8) return 1;
                int width = get16(bitstream), height = get16(bitstream + 2), count = get16(bitstream + 4), drop = get16(bitstream + 6);
                size_t luma = (size_t)width * height, frame = luma * 3 / 2;
                if (drop < 1 || drop > 5 || (size - 8) * 8 < frame * count * (8 - drop)) return 2;
                uint8_t *samples = malloc(frame);
                if (!samples) return 3;
                size_t at = 64;
                for (int f = 0; f < count; f++) {
                    for (size_t i = 0; i < frame; i++) {
                        int value = 1 << (drop - 1);
                        for (int b = 0; b < 8 - drop; b++, at++) {
                            value |= ((bitstream[at >> 3] >> (7 - (at & 7))) & 1) << (7 - b);
                        }
                        samples[i] = value;
                    }
                    sink_frame(out, samples, samples + luma, samples + luma * 5 / 4);
                }
                free(samples);
                return 0;
            }
            """;

    private PackedCodec() {}

    static Candidate numpy() {
        return python(NUMPY);
    }

    static Candidate numba() {
        return python(NUMBA);
    }

    static Candidate c() {
        return new Candidate(
                Map.of(Part.ENCODER_C, ENCODER_C, Part.DECODER_C, DECODER_C, Part.COMMON_H, HEADER),
                Contract.NATIVE);
    }

    /// The encoder in C, the decoder in Python.
    static Candidate mixed() {
        return new Candidate(
                Map.of(
                        Part.ENCODER_C,
                        ENCODER_C,
                        Part.COMMON_H,
                        HEADER,
                        Part.DECODER,
                        HEAD + DECODER,
                        Part.COMMON,
                        NUMPY),
                Contract.NATIVE);
    }

    private static Candidate python(String common) {
        return new Candidate(
                Map.of(
                        Part.ENCODER,
                        HEAD + ENCODER,
                        Part.DECODER,
                        HEAD + DECODER,
                        Part.COMMON,
                        common),
                Contract.NATIVE);
    }
}
