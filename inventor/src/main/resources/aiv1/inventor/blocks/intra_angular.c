//: common
static void times(const double *vector, const double *matrix, long rows, long columns, double *result) {
    for (long i = 0; i < columns; i++) result[i] = 0;
    for (long row = 0; row < rows; row++, matrix += columns)
        if (vector[row])
            for (long i = 0; i < columns; i++) result[i] += vector[row] * matrix[i];
}

/* A block from the decoded samples around it; canvas starts one row above and one column to the left. */
static void predict_block(const double *canvas, long stride, const long *place, const double *modes, long mode, double *block) {
    long size = place[2], reach = place[3], many = 3 * size + 1;
    const double *above = canvas + place[0] * stride + place[1];
    double border[49];
    for (long i = 0; i < size; i++) border[i] = above[(size - i) * stride];
    for (long i = 0; i <= 2 * size; i++) border[size + i] = above[i < reach ? i : reach];
    times(border, modes + mode * many * size * size, many, size * size, block);
    for (long i = 0; i < size * size; i++) block[i] = floor(block[i] + 0.5);
}

static void show(double *canvas, long stride, const long *place, const double *block, const double *missed, long missed_stride) {
    for (long i = 0; i < place[2]; i++)
        for (long j = 0; j < place[2]; j++) {
            double value = floor(block[i * place[2] + j] + missed[i * missed_stride + j] + 0.5);
            canvas[(place[0] + 1 + i) * stride + place[1] + 1 + j] = value < 0 ? 0 : value > 255 ? 255 : value;
        }
}

/* A plane, block by block: prediction and residual. A place is y, x, size and how many samples above are there. */
void rebuild(const long (*places)[4], long count, const long *modes, const double *small, const double *large, const double *residual,
             long width, double *canvas) {
    double block[256];
    for (long i = 0; i < count; i++) {
        const long *place = places[i];
        long mode = modes[place[0] / 8 * (width / 8) + place[1] / 8];
        predict_block(canvas, width + 17, place, place[2] > 8 ? large : small, mode, block);
        show(canvas, width + 17, place, block, residual + place[0] * width + place[1], width);
    }
}

/* The directions of a plane in 38 contexts: 4 for the left one, 2 for the one above, 32 for the nodes of a tree. */
void code_modes(long *state, uint8_t *data, long (*contexts)[21][22][2], long reading, long rows, long columns, const long *sizes,
                long *modes) {
    for (long at = 0; at < rows * columns; at++) {
        long y = at / columns, x = at % columns, found = 0, *mode = modes + (y + 1) * (columns + 1) + x + 1;
        long wanted = *mode, left = mode[-1], above = mode[-columns - 1];
        if (sizes[y / 2 * (columns / 2) + x / 2] && (y | x) & 1) found = mode[-(y & 1) * (columns + 1) - (x & 1)];
        else if (code_number(state, data, contexts, 2 * (left == above) + (left < 2), wanted == left, 1, reading)) found = left;
        else if (above != left && code_number(state, data, contexts, 4 + (above < 2), wanted == above, 1, reading)) found = above;
        else {
            for (long place = 4; place >= 0; place--)
                found = 2 * found + code_number(state, data, contexts, 6 + (16 >> place) + found, wanted >> place & 1, 1, reading);
            found = found < 0 ? 0 : found > ANGLES + 1 ? ANGLES + 1 : found;
        }
        *mode = found;
    }
}
//: encoder
/* The levels of a plane, each block predicted from what the decoder will have. */
void draw_plane(const double *source, const long (*places)[4], long count, const long *modes, const double *small, const double *large,
                const double *small_basis, const double *large_basis, const double *step, long width, double *canvas, long *levels) {
    double block[256], missed[256], found[256];
    for (long i = 0; i < count; i++) {
        const long *place = places[i];
        long y = place[0], x = place[1], size = place[2], many = size * size, across = width / 8;
        const double *basis = size > 8 ? large_basis : small_basis;
        predict_block(canvas, width + 17, place, size > 8 ? large : small, modes[y / 8 * across + x / 8], block);
        for (long at = 0; at < many; at++) missed[at] = source[(y + at / size) * width + x + at % size] - block[at];
        times(missed, basis, many, many, found);
        for (long at = 0; at < many; at++) {
            double scaled = found[at] / step[at % 64], level = floor(fabs(scaled) + ROUND_KEY);
            if (scaled < 0) level = -level;
            levels[((y / 8 + at / 128) * across + x / 8 + at / 64 % 2) * 64 + at % 64] = (long)level;
            found[at] = level * step[at % 64];
        }
        for (long at = 0; at < many; at++) missed[at] = 0;
        for (long at = 0; at < many; at++)
            if (found[at])
                for (long k = 0; k < many; k++) missed[k] += found[at] * basis[k * many + at];
        show(canvas, width + 17, place, block, missed, size);
    }
}
