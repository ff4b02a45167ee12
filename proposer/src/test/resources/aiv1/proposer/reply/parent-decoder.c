#include "common.h"

int decode(const uint8_t *bitstream, size_t size, sink_t *out) {
    uint8_t *sample = malloc(size);
    for (size_t at = 0; at < size; at++) {
        sample[at] = bitstream[at] + predicted(sample, at);
    }
    sink_write(out, sample, size);
    return 0;
}
