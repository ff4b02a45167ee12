/* Decides, and codes with what it shares with the decoder. */
#include "common.h"

static plane_t source[3];

/* ---- the coder's writing half: carries are held back until they are settled ---- */
static void shift_low(coder_t *c) {
    if ((uint32_t)c->low < 0xff000000u || c->low >> 32) {
        uint8_t carry = c->low >> 32, byte = c->cache;
        do {
            byte += carry;
            if (c->started) sink_write(c->out, &byte, 1);
            c->started = 1;
            byte = 0xff;
        } while (c->pending-- > 0);
        c->pending = 0;
        c->cache = (uint8_t)(c->low >> 24);
    } else {
        c->pending++;
    }
    c->low = (c->low & 0x00ffffff) << 8;
}

static int code_bit(coder_t *c, model_t *m, int bit) {
    uint32_t bound = split(c, m);
    if (bit) {
        c->range = bound;
    } else {
        c->low += bound;
        c->range -= bound;
    }
    learn(m, bit);
    while (c->range < 1 << 24) {
        c->range <<= 8;
        shift_low(c);
    }
    return bit;
}

/* ---- decisions ---- */
static int difference(const plane_t *p, int x, int y, const uint8_t *other, int stride, int size) {
    int sum = 0;
    for (int j = 0; j < size; j++) {
        const uint8_t *a = p->sample + (size_t)(y + j) * p->width + x, *b = other + j * stride;
        for (int i = 0; i < size; i++) sum += abs(a[i] - b[i]);
    }
    return sum;
}

static int bits(int v) {
    int n = 1;
    for (v = abs(v); v; v >>= 1) n += 2;
    return n;
}

static int vector_cost(codec_t *s, int column, int row, vector_t v, vector_t predicted) {
    uint8_t block[256];
    if (abs(v.x) > VECTOR_MAX || abs(v.y) > VECTOR_MAX) return 1 << 30;
    predict_luma(&s->before[0], column * 64 + v.x, row * 64 + v.y, 16, block, 16);
    return difference(&source[0], column * 16, row * 16, block, 16, 16) + s->step * (bits(v.x - predicted.x) + bits(v.y - predicted.y)) / 8;
}

/* The best of a few candidates, then steps that halve, down to a quarter of a sample. */
static int choose_inter(codec_t *s, int column, int row, vector_t predicted, vector_t *chosen) {
    int at = row * s->columns + column, best = 1 << 30;
    vector_t zero = {0, 0}, from[5] = {predicted, zero, s->vectors_before[at], column ? s->vectors[at - 1] : zero, row ? s->vectors[at - s->columns] : zero};
    for (int i = 0; i < 5; i++) {
        int cost = vector_cost(s, column, row, from[i], predicted);
        if (cost < best) best = cost, *chosen = from[i];
    }
    for (int step = 32; step; step /= 2) {
        int moved = 1;
        for (int round = 0; moved && round < 16; round++) {
            static const int8_t AROUND[8][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}};
            vector_t centre = *chosen;
            moved = 0;
            for (int i = 0; i < 8; i++) {
                vector_t v = {centre.x + AROUND[i][0] * step, centre.y + AROUND[i][1] * step};
                int cost = vector_cost(s, column, row, v, predicted);
                if (cost < best) best = cost, *chosen = v, moved = 1;
            }
        }
    }
    int mean = 0, spread = 0;
    const uint8_t *block = source[0].sample + (size_t)row * 16 * source[0].width + column * 16;
    for (int i = 0; i < 256; i++) mean += block[i / 16 * source[0].width + i % 16];
    for (int i = 0; i < 256; i++) spread += abs(block[i / 16 * source[0].width + i % 16] - mean / 256);
    return best < spread + s->step * 4;
}

static int choose_mode(codec_t *s, int plane, int x, int y) {
    int best = 1 << 30, chosen = 0;
    for (int mode = 0; mode < 4; mode++) {
        uint8_t block[64];
        predict_intra(&s->now[plane], x, y, mode, block, 8);
        int cost = difference(&source[plane], x, y, block, 8, 8);
        if (cost < best) best = cost, chosen = mode;
    }
    return chosen;
}

static void choose_levels(codec_t *s, int plane, int x, int y, int is_inter, int16_t level[64]) {
    int residual[64], half[64];
    for (int j = 0; j < 8; j++)
        for (int i = 0; i < 8; i++) {
            size_t at = (size_t)(y + j) * s->now[plane].width + x + i;
            residual[j * 8 + i] = source[plane].sample[at] - s->now[plane].sample[at];
        }
    for (int k = 0; k < 8; k++)
        for (int i = 0; i < 8; i++) {
            half[k * 8 + i] = 0;
            for (int j = 0; j < 8; j++) half[k * 8 + i] += BASIS[k][j] * residual[j * 8 + i];
        }
    for (int k = 0; k < 8; k++)
        for (int l = 0; l < 8; l++) {
            int64_t sum = 0, unit = (int64_t)s->step << 15;
            for (int i = 0; i < 8; i++) sum += BASIS[l][i] * half[k * 8 + i];
            int64_t size = (4 * (sum < 0 ? -sum : sum) + unit / (is_inter ? 6 : 4)) / unit;
            level[k * 8 + l] = sum < 0 ? -size : size;
        }
}

/* Copies one plane of a frame; what hangs over repeats the edge. */
static void take(plane_t *to, const uint8_t *from, int width, int height) {
    for (int y = 0; y < to->height; y++)
        for (int x = 0; x < to->width; x++)
            to->sample[(size_t)y * to->width + x] = from[(size_t)(y < height ? y : height - 1) * width + (x < width ? x : width - 1)];
}

int encode(const clip_t *clip, int quality, sink_t *out) {
    codec_t *s = room(sizeof *s);
    uint8_t head[7] = {clip->width, clip->width >> 8, clip->height, clip->height >> 8, clip->frame_count, clip->frame_count >> 8, quality};
    sink_write(out, head, sizeof head);
    open_codec(s, clip->width, clip->height, quality);
    for (int p = 0; p < 3; p++) {
        source[p] = s->now[p];
        source[p].sample = room((size_t)source[p].width * source[p].height);
    }
    s->coder.out = out;
    s->coder.range = 0xffffffff;
    size_t luma = (size_t)clip->width * clip->height;
    for (int f = 0; f < clip->frame_count; f++) {
        take(&source[0], clip->y + f * luma, clip->width, clip->height);
        take(&source[1], clip->u + f * (luma / 4), clip->width / 2, clip->height / 2);
        take(&source[2], clip->v + f * (luma / 4), clip->width / 2, clip->height / 2);
        code_frame(s);
    }
    for (int i = 0; i < 5; i++) shift_low(&s->coder);
    return 0;
}
