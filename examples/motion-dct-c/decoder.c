/* Reads what the encoder wrote; decides nothing. */
#include "common.h"

static int code_bit(coder_t *c, model_t *m, int bit) {
    uint32_t bound = split(c, m);
    bit = c->code < bound;
    if (bit) {
        c->range = bound;
    } else {
        c->code -= bound;
        c->range -= bound;
    }
    learn(m, bit);
    while (c->range < 1 << 24) {
        c->range <<= 8;
        c->code = c->code << 8 | (c->next < c->end ? *c->next++ : 0);
    }
    return bit;
}

static int choose_inter(codec_t *s, int column, int row, vector_t predicted, vector_t *chosen) { return 0; }
static int choose_mode(codec_t *s, int plane, int x, int y) { return 0; }
static void choose_levels(codec_t *s, int plane, int x, int y, int is_inter, int16_t level[64]) {}

static uint8_t *cropped(const plane_t *p, int width, int height, uint8_t *to) {
    for (int y = 0; y < height; y++) memcpy(to + (size_t)y * width, p->sample + (size_t)y * p->width, width);
    return to;
}

int decode(const uint8_t *bitstream, size_t size, sink_t *out) {
    if (size < 11 || bitstream[6] > 4) return 1;
    int width = bitstream[0] | bitstream[1] << 8, height = bitstream[2] | bitstream[3] << 8, count = bitstream[4] | bitstream[5] << 8;
    if (width < 2 || height < 2 || width % 2 || height % 2) return 2;
    codec_t *s = room(sizeof *s);
    open_codec(s, width, height, bitstream[6]);
    s->coder.next = bitstream + 7;
    s->coder.end = bitstream + size;
    s->coder.range = 0xffffffff;
    for (int i = 0; i < 4; i++) s->coder.code = s->coder.code << 8 | *s->coder.next++;
    uint8_t *y = room((size_t)width * height), *u = room((size_t)width * height / 4), *v = room((size_t)width * height / 4);
    for (int f = 0; f < count; f++) {
        code_frame(s);
        sink_frame(out, cropped(&s->before[0], width, height, y), cropped(&s->before[1], width / 2, height / 2, u), cropped(&s->before[2], width / 2, height / 2, v));
    }
    return 0;
}
