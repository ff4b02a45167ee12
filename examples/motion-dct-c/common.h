/* What encoder and decoder of motion-dct-c share: the whole syntax, written once. code_bit() writes in the encoder and reads in the decoder,
 * so that every function below does both. What only the encoder decides is behind choose_*(), which the decoder leaves empty. */
#include <stdlib.h>
#include <string.h>

#include "aiv1.h"

enum { VECTOR_MAX = 4 * 48 };

/* ---- binary arithmetic coder, adaptive: two estimates of each probability, a fast and a slow one ---- */
typedef struct { uint16_t fast, slow; } model_t;

typedef struct {
    sink_t *out;
    const uint8_t *next, *end;
    uint64_t low;
    uint32_t range, code, pending;
    uint8_t cache;
    int started;
} coder_t;

static int code_bit(coder_t *c, model_t *m, int bit);

static uint32_t split(const coder_t *c, const model_t *m) {
    uint32_t p = ((uint32_t)m->fast + m->slow) >> 6; /* 11 bits, of a 1 */
    return (c->range >> 11) * (p < 16 ? 16 : p > 2032 ? 2032 : p);
}

static void learn(model_t *m, int bit) {
    m->fast += bit ? (65535 - m->fast) >> 4 : -(m->fast >> 4);
    m->slow += bit ? (65535 - m->slow) >> 7 : -(m->slow >> 7);
}

/* Unary up to 14 with a model each, then Exp-Golomb. */
static int code_number(coder_t *c, model_t m[32], int value) {
    int n = 0;
    while (n < 14 && code_bit(c, &m[n], value > n)) n++;
    if (n < 14) return n;
    int rest = value - 14 + 1, length = 0;
    while (code_bit(c, &m[14 + (length < 14 ? length : 14)], rest >> (length + 1) > 0) && length < 20) length++;
    int read = 1;
    for (int i = length - 1; i >= 0; i--) {
        model_t even = {32768, 32768};
        read = read << 1 | code_bit(c, &even, rest >> i & 1);
    }
    return read - 1 + 14;
}

static int code_sign(coder_t *c, int negative) {
    model_t even = {32768, 32768};
    return code_bit(c, &even, negative);
}

/* ---- transform: 8x8, integers; a coefficient of the forward one is 2^15 times the orthonormal one ---- */
static const int8_t BASIS[8][8] = {
    {64, 64, 64, 64, 64, 64, 64, 64},     {89, 75, 50, 18, -18, -50, -75, -89}, {83, 36, -36, -83, -83, -36, 36, 83}, {75, -18, -89, -50, 50, 89, 18, -75},
    {64, -64, -64, 64, 64, -64, -64, 64}, {50, -89, 18, 75, -75, -18, 89, -50}, {36, -83, 83, -36, -36, 83, -83, 36}, {18, -50, 75, -89, 89, -75, 50, -18},
};
static const uint8_t SCAN[64] = {0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6,  7,  14, 21, 28,
                                 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};
static const int STEP[5] = {240, 136, 76, 48, 30}; /* quarters of a quantiser step, by quality */

static uint8_t clip255(int v) { return v < 0 ? 0 : v > 255 ? 255 : v; }

static void add_residual(const int16_t level[64], int step, uint8_t *at, int stride) {
    int half[64];
    for (int x = 0; x < 8; x++)
        for (int y = 0; y < 8; y++) {
            int sum = 64;
            for (int k = 0; k < 8; k++) sum += BASIS[k][y] * level[k * 8 + x] * step;
            half[y * 8 + x] = sum >> 7;
        }
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++) {
            int64_t sum = 512;
            for (int k = 0; k < 8; k++) sum += (int64_t)BASIS[k][x] * half[y * 8 + k];
            at[y * stride + x] = clip255(at[y * stride + x] + (int)(sum >> 10));
        }
}

/* ---- state ---- */
typedef struct { uint8_t *sample; int width, height; } plane_t; /* sizes are multiples of 16 (luma) or 8 */
typedef struct { int x, y; } vector_t;                          /* quarters of a luma sample */

typedef struct {
    model_t inter[3], mode[3][4], vector[2][3][32], coded[2][2][3], last[2][2][64], significant[2][2][16][4], larger[2][2][4][32];
} models_t;

typedef struct {
    coder_t coder;
    models_t models;
    plane_t now[3], before[3];
    vector_t *vectors, *vectors_before;
    uint8_t *is_inter;
    int width, height, columns, rows, quality, step, frame;
} codec_t;

/* The encoder's decisions about the macroblock or block at hand. */
static int choose_inter(codec_t *s, int column, int row, vector_t predicted, vector_t *chosen);
static int choose_mode(codec_t *s, int plane, int x, int y);
static void choose_levels(codec_t *s, int plane, int x, int y, int is_inter, int16_t level[64]);

static void *room(size_t size) {
    void *p = calloc(1, size);
    if (!p) exit(3);
    return p;
}

static void open_codec(codec_t *s, int width, int height, int quality) {
    s->width = width;
    s->height = height;
    s->columns = (width + 15) / 16;
    s->rows = (height + 15) / 16;
    s->quality = quality;
    for (int p = 0; p < 3; p++) {
        int size = p ? 8 : 16;
        plane_t plane = {NULL, s->columns * size, s->rows * size};
        s->now[p] = s->before[p] = plane;
        s->now[p].sample = room((size_t)plane.width * plane.height);
        s->before[p].sample = room((size_t)plane.width * plane.height);
    }
    s->vectors = room(sizeof(vector_t) * s->columns * s->rows);
    s->vectors_before = room(sizeof(vector_t) * s->columns * s->rows);
    s->is_inter = room((size_t)s->columns * s->rows);
    model_t *m = (model_t *)&s->models;
    for (size_t i = 0; i < sizeof s->models / sizeof *m; i++) m[i].fast = m[i].slow = 32768;
}

/* ---- prediction ---- */
/* Weights of eight samples in a row at each quarter between the fourth and the fifth; they sum to 64. */
static const int8_t TAPS[4][8] = {{0, 0, 0, 64, 0, 0, 0, 0}, {-1, 4, -10, 58, 17, -5, 1, 0}, {-1, 4, -11, 40, 40, -11, 4, -1}, {0, 1, -5, 17, 58, -10, 4, -1}};

static int clamped(int v, int end) { return v < 0 ? 0 : v >= end ? end - 1 : v; }

/* The samples of a square; beyond the edge the edge goes on. */
static void gather(const plane_t *from, int x, int y, int size, uint8_t *to) {
    if (x >= 0 && y >= 0 && x + size <= from->width && y + size <= from->height) {
        for (int j = 0; j < size; j++) memcpy(to + j * size, from->sample + (size_t)(y + j) * from->width + x, size);
        return;
    }
    for (int j = 0; j < size; j++)
        for (int i = 0; i < size; i++) to[j * size + i] = from->sample[(size_t)clamped(y + j, from->height) * from->width + clamped(x + i, from->width)];
}

/* A square of luma from the frame before, at a position in quarters of a sample. */
static void predict_luma(const plane_t *from, int x, int y, int size, uint8_t *to, int stride) {
    uint8_t around[23 * 23];
    int across[23 * 16], wide = size + 7;
    const int8_t *h = TAPS[x & 3], *v = TAPS[y & 3];
    gather(from, (x >> 2) - 3, (y >> 2) - 3, wide, around);
    if (!((x | y) & 3)) {
        for (int j = 0; j < size; j++) memcpy(to + j * stride, around + (j + 3) * wide + 3, size);
        return;
    }
    for (int j = 0; j < wide; j++)
        for (int i = 0; i < size; i++) {
            const uint8_t *a = around + j * wide + i;
            across[j * size + i] = h[0] * a[0] + h[1] * a[1] + h[2] * a[2] + h[3] * a[3] + h[4] * a[4] + h[5] * a[5] + h[6] * a[6] + h[7] * a[7];
        }
    for (int j = 0; j < size; j++)
        for (int i = 0; i < size; i++) {
            const int *a = across + j * size + i;
            int sum = 2048;
            for (int k = 0; k < 8; k++) sum += v[k] * a[k * size];
            to[j * stride + i] = clip255(sum >> 12);
        }
}

/* A square of chroma, at a position in eighths, bilinear. */
static void predict_chroma(const plane_t *from, int x, int y, int size, uint8_t *to, int stride) {
    uint8_t around[9 * 9];
    int fx = x & 7, fy = y & 7, wide = size + 1;
    gather(from, x >> 3, y >> 3, wide, around);
    for (int j = 0; j < size; j++)
        for (int i = 0; i < size; i++) {
            const uint8_t *a = around + j * wide + i, *b = a + wide;
            to[j * stride + i] = ((8 - fy) * ((8 - fx) * a[0] + fx * a[1]) + fy * ((8 - fx) * b[0] + fx * b[1]) + 32) >> 6;
        }
}

/* Modes: 0 mean, 1 from above, 2 from the left, 3 gradient. */
static void predict_intra(const plane_t *p, int x, int y, int mode, uint8_t *to, int stride) {
    const uint8_t *at = p->sample + (size_t)y * p->width + x;
    int above[8], left[8], corner = x && y ? at[-p->width - 1] : 128, sum = 0, count = 0;
    for (int i = 0; i < 8; i++) {
        above[i] = y ? at[i - p->width] : x ? at[-1] : 128;
        left[i] = x ? at[i * p->width - 1] : y ? at[-p->width] : 128;
        if (y) sum += above[i], count++;
        if (x) sum += left[i], count++;
    }
    if (!x || !y) corner = x ? left[0] : above[0];
    int mean = count ? (sum + count / 2) / count : 128;
    for (int j = 0; j < 8; j++)
        for (int i = 0; i < 8; i++)
            to[j * stride + i] = mode == 0 ? mean : mode == 1 ? above[i] : mode == 2 ? left[j] : clip255(above[i] + left[j] - corner);
}

/* ---- syntax ---- */
static void code_levels(codec_t *s, int chroma, int inter, int neighbours, int16_t level[64]) {
    models_t *m = &s->models;
    coder_t *c = &s->coder;
    int last = 63;
    while (last >= 0 && !level[SCAN[last]]) last--;
    if (!code_bit(c, &m->coded[chroma][inter][neighbours], last >= 0)) {
        memset(level, 0, 64 * sizeof *level);
        return;
    }
    int node = 1;
    for (int i = 5; i >= 0; i--) node = node << 1 | code_bit(c, &m->last[chroma][inter][node], last >> i & 1);
    last = node - 64;
    int near = 0, large = 0;
    for (int i = 63; i > last; i--) level[SCAN[i]] = 0;
    for (int i = last; i >= 0; i--) {
        int value = level[SCAN[i]], band = i < 6 ? i : 5 + (i + 2) / 8;
        if (i < last && !code_bit(c, &m->significant[chroma][inter][band][near > 3 ? 3 : near], value != 0)) {
            level[SCAN[i]] = 0;
            near = near * 3 / 4;
            continue;
        }
        int size = 1 + code_number(c, m->larger[chroma][inter][large > 3 ? 3 : large], abs(value) - 1);
        if (size > 4095) exit(4);
        level[SCAN[i]] = code_sign(c, value < 0) ? -size : size;
        near = near * 3 / 4 + 2;
        if (size > 1) large++;
    }
}

static int code_component(codec_t *s, int axis, int value) {
    coder_t *c = &s->coder;
    model_t(*m)[32] = s->models.vector[axis];
    int size = code_number(c, m[0], abs(value));
    return size && code_sign(c, value < 0) ? -size : size;
}

static int median(int a, int b, int c) { return a > b ? (b > c ? b : a > c ? c : a) : (a > c ? a : b > c ? c : b); }

static vector_t predicted_vector(const codec_t *s, int column, int row) {
    const vector_t *at = s->vectors + row * s->columns + column;
    vector_t zero = {0, 0}, left = column ? at[-1] : zero, above = row ? at[-s->columns] : left;
    vector_t corner = row && column + 1 < s->columns ? at[1 - s->columns] : row && column ? at[-1 - s->columns] : zero;
    vector_t middle = {median(left.x, above.x, corner.x), median(left.y, above.y, corner.y)};
    return row ? middle : left;
}

static void code_macroblock(codec_t *s, int column, int row) {
    int at = row * s->columns + column;
    vector_t predicted = predicted_vector(s, column, row), vector = {0, 0};
    int inter = s->frame > 0 && choose_inter(s, column, row, predicted, &vector);
    int near = (column ? s->is_inter[at - 1] : 1) + (row ? s->is_inter[at - s->columns] : 1);
    if (s->frame > 0) inter = code_bit(&s->coder, &s->models.inter[near], inter);
    s->is_inter[at] = inter;
    if (inter) {
        vector.x = predicted.x + code_component(s, 0, vector.x - predicted.x);
        vector.y = predicted.y + code_component(s, 1, vector.y - predicted.y);
        if (abs(vector.x) > 1 << 16 || abs(vector.y) > 1 << 16) exit(4);
        for (int p = 0; p < 3; p++) {
            int size = p ? 8 : 16, x = column * size, y = row * size, stride = s->now[p].width;
            uint8_t *to = s->now[p].sample + (size_t)y * stride + x;
            if (p) predict_chroma(&s->before[p], x * 8 + vector.x, y * 8 + vector.y, size, to, stride);
            else predict_luma(&s->before[p], x * 4 + vector.x, y * 4 + vector.y, size, to, stride);
        }
    }
    s->vectors[at] = inter ? vector : (vector_t){0, 0};
    int coded = 1;
    for (int block = 0; block < 6; block++) {
        int p = block < 4 ? 0 : block - 3, x = p ? column * 8 : column * 16 + block % 2 * 8, y = p ? row * 8 : row * 16 + block / 2 * 8;
        uint8_t *sample = s->now[p].sample + (size_t)y * s->now[p].width + x;
        if (!inter) {
            int mode = choose_mode(s, p, x, y), kind = p ? 1 : 0;
            mode = code_bit(&s->coder, &s->models.mode[kind][0], mode > 1) << 1 | (mode & 1);
            mode = (mode & 2) | code_bit(&s->coder, &s->models.mode[kind][1 + (mode >> 1)], mode & 1);
            predict_intra(&s->now[p], x, y, mode, sample, s->now[p].width);
        }
        int16_t level[64] = {0};
        choose_levels(s, p, x, y, inter, level);
        code_levels(s, p > 0, inter, coded, level);
        coded = 0;
        for (int i = 0; i < 64; i++) coded |= level[i] != 0;
        if (coded) add_residual(level, s->step, sample, s->now[p].width);
        coded *= 2;
    }
}

static void code_frame(codec_t *s) {
    s->step = s->frame ? STEP[s->quality] : STEP[s->quality] / 2; /* the first frame is what all others are predicted from */
    for (int row = 0; row < s->rows; row++)
        for (int column = 0; column < s->columns; column++) code_macroblock(s, column, row);
    for (int p = 0; p < 3; p++) {
        plane_t swap = s->now[p];
        s->now[p] = s->before[p];
        s->before[p] = swap;
    }
    vector_t *swap = s->vectors;
    s->vectors = s->vectors_before;
    s->vectors_before = swap;
    s->frame++;
}
