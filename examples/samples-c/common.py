"""Near-lossless coding of single samples in the manner of JPEG-LS (ITU-T T.87): its loops are in C, the rest is Python."""
import numpy as np
from aiv1 import c

NEAR = 10, 6, 4, 2, 1  # the largest error of a sample, by quality

C_SOURCE = r"""
/* Where a bit is written, or read: bytes, how many bits they hold, and how many are done. */
typedef struct { uint8_t *bytes; int64_t size, at, reading; } bits;

static int64_t code_bit(bits *of, int64_t bit) {
    if (of->at >= of->size) return 1; /* what is over ends every run of zeros */
    uint8_t *byte = of->bytes + of->at / 8, mask = 128 >> of->at % 8;
    of->at++;
    if (of->reading) return (*byte & mask) != 0;
    if (bit) *byte |= mask;
    return bit;
}

/* Golomb and Rice: `shift` low bits, before them the rest in unary. */
static int64_t code_number(bits *of, int64_t value, int64_t shift) {
    int64_t high = 0, low = 0;
    while (!code_bit(of, high == value >> shift)) high++;
    for (int64_t place = shift - 1; place >= 0; place--) low = low * 2 + code_bit(of, value >> place & 1);
    return high << shift | low;
}

/* Codes a plane and leaves in it what a reader will see. Gives the bits done so far, more than there are if they were too few. */
int64_t code_plane(uint8_t *bytes, int64_t size, int64_t at, uint8_t *plane, int64_t height, int64_t width, int64_t near, int64_t reading) {
    bits of = {bytes, size, at, reading};
    int64_t sums[9], counts[9], step = 2 * near + 1;
    for (int context = 0; context < 9; context++) sums[context] = 8, counts[context] = 1;
    for (int64_t y = 0; y < height; y++)
        for (int64_t x = 0; x < width; x++) {
            uint8_t *own = plane + y * width + x;
            int64_t left = x ? own[-1] : y ? own[-width] : 128, above = y ? own[-width] : left, corner = x && y ? own[-width - 1] : above;
            int64_t low = left < above ? left : above, high = left < above ? above : left;
            int64_t guess = corner >= high ? low : corner <= low ? high : left + above - corner;
            int64_t context = 0, shift = 0, edge = labs(left - corner) + labs(above - corner);
            while (context < 8 && edge >> context) context++;
            while (shift < 7 && counts[context] << shift < sums[context]) shift++;
            int64_t missed = *own - guess, level = (labs(missed) + near) / step;
            int64_t folded = code_number(&of, missed < 0 ? 2 * level - (level > 0) : 2 * level, shift);
            level = folded % 2 ? -(folded + 1) / 2 : folded / 2;
            if (of.at >= size || labs(level) > 255) return size + 1;
            int64_t shown = guess + level * step;
            *own = shown < 0 ? 0 : shown > 255 ? 255 : shown;
            sums[context] += folded, counts[context]++;
            if (counts[context] == 64) sums[context] /= 2, counts[context] /= 2;
        }
    return of.at;
}
"""


def code(data, at, plane, quality, reading):
    done = c.code_plane(data, 8 * data.size, at, plane, *plane.shape, NEAR[quality], reading)
    if done > 8 * data.size:
        raise ValueError("the bitstream ends within a plane")
    return done
