/* What a codec in C is given by the lab. A codec has two parts, each a program of its own:
 *
 *   encoder.c   int encode(const clip_t *clip, int quality, sink_t *out);
 *   decoder.c   int decode(const uint8_t *bitstream, size_t size, sink_t *out);
 *
 * and perhaps common.h, which both include. 0 is success; any other number is reported as a failure with that number.
 * Nothing else crosses from encoder to decoder: a decoder must find width, height and frame count in its bitstream.
 */
#ifndef AIV1_H
#define AIV1_H

#include <stddef.h>
#include <stdint.h>

/* A whole clip, 4:2:0, 8 bits per sample. Width and height are even.
 * Frame f has its luma sample (x, y) at y[(f * height + y) * width + x], and its chroma samples, for x < width / 2 and
 * y < height / 2, at u[(f * (height / 2) + y) * (width / 2) + x], likewise v. The planes lie in memory that may be written. */
typedef struct {
    int width, height;
    int fps_numerator, fps_denominator;
    int frame_count;
    uint8_t *y, *u, *v;
} clip_t;

/* Where results go. */
typedef struct sink sink_t;

/* Encoder: appends `size` bytes to the bitstream. */
void sink_write(sink_t *out, const void *bytes, size_t size);

/* Decoder: gives the next frame: width * height luma samples, then a quarter as many of each chroma plane, rows without gaps. */
void sink_frame(sink_t *out, const uint8_t *y, const uint8_t *u, const uint8_t *v);

int encode(const clip_t *clip, int quality, sink_t *out);
int decode(const uint8_t *bitstream, size_t size, sink_t *out);

#endif
