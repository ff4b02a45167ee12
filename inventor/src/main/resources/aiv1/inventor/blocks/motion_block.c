//: common
#define MARGIN 24 /* samples around a reference picture that vectors may reach; further out all is the same */

static long limited(long value, long most) { return value < 0 ? 0 : value > most ? most : value; }

static long down_to(long value, long unit) { return (value < 0 ? value - unit + 1 : value) / unit; }

/* A plane at all fractions of a sample: (fractions down, fractions across, rows, columns). */
void interpolate(const uint8_t *plane, long height, long width, const float *filters, long many, float *rows, float *line, uint8_t *phases) {
    long inner_height = height - 7, inner_width = width - 7;
    for (long right = 0; right < many; right++) {
        memset(rows, 0, height * inner_width * sizeof(float));
        for (long y = 0; y < height; y++)
            for (long i = 0; i < 8; i++)
                if (filters[right * 8 + i])
                    for (long x = 0; x < inner_width; x++) rows[y * inner_width + x] += filters[right * 8 + i] * plane[y * width + i + x];
        for (long down = 0; down < many; down++)
            for (long y = 0; y < inner_height; y++) {
                uint8_t *out = phases + ((down * many + right) * inner_height + y) * inner_width;
                for (long x = 0; x < inner_width; x++) line[x] = 0.5f;
                for (long i = 0; i < 8; i++)
                    if (filters[down * 8 + i])
                        for (long x = 0; x < inner_width; x++) line[x] += filters[down * 8 + i] * rows[(y + i) * inner_width + x];
                for (long x = 0; x < inner_width; x++) out[x] = line[x] < 0 ? 0 : line[x] > 255 ? 255 : (uint8_t)line[x];
            }
    }
}

/* A reference plane: samples at `many` fractions of a sample in both directions. */
typedef struct { const uint8_t *phases; long many, height, width; } reference;

/* The square that a vector (in 1/unit) points at from y, x, bilinear between the fractions that there are. */
static void patch(const reference *from, long y, long x, const long *vector, long size, long unit, long *out) {
    long whole_down = down_to(vector[0], unit), whole_right = down_to(vector[1], unit), step = unit / from->many;
    long down = vector[0] - whole_down * unit, right = vector[1] - whole_right * unit;
    long row = limited(y + MARGIN + whole_down, from->height - size - 1), column = limited(x + MARGIN + whole_right, from->width - size - 1);
    const uint8_t *near = from->phases + ((down / step * from->many + right / step) * from->height + row) * from->width + column;
    down %= step, right %= step;
    for (long i = 0; i < size; i++, near += from->width)
        for (long j = 0; j < size; j++) {
            const uint8_t *next = near + from->width;
            long above = near[j] * (step - right) + near[j + 1] * right, below = next[j] * (step - right) + next[j + 1] * right;
            *out++ = (above * (step - down) + below * down + step * step / 2) / (step * step);
        }
}

/* A plane predicted in squares of a size, which fade into each other by a window that may be larger. */
void compensate(const uint8_t *first, const uint8_t *second, long many, long height, long width, const long *direction, const long (*one)[2],
                const long (*two)[2], long rows, long columns, const long *window, long reach, long size, long unit, long *total, long *weight,
                long *plane) {
    reference a = {first, many, height, width}, b = {second, many, height, width};
    long outside = (reach - size) / 2, across = columns * size + 2 * outside, block[256], other[256];
    for (long at = 0; at < rows * columns; at++) {
        long y = at / columns * size, x = at % columns * size, way = direction[at];
        patch(way == 1 ? &b : &a, y - outside, x - outside, way == 1 ? two[at] : one[at], reach, unit, block);
        if (way == 2) patch(&b, y - outside, x - outside, two[at], reach, unit, other);
        for (long k = 0; k < reach * reach; k++) {
            long place = (y + k / reach) * across + x + k % reach;
            total[place] += window[k] * (way == 2 ? (block[k] + other[k] + 1) / 2 : block[k]);
            weight[place] += window[k];
        }
    }
    for (long y = outside; y < rows * size + outside; y++)
        for (long x = outside; x < columns * size + outside; x++)
            *plane++ = (total[y * across + x] + weight[y * across + x] / 2) / weight[y * across + x];
}
static long median(long a, long b, long c) {
    long low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* What a vector is expected to be: the median of those to the left, above, and above at the corner, a column that is decoded before. */
static void expect(const long (*vectors)[2], long columns, long y, long x, long corner, long *guess) {
    static const long none[2];
    const long *left = x ? vectors[y * columns + x - 1] : none, *above = y ? vectors[(y - 1) * columns + x] : none;
    const long *beside = y && corner < columns ? vectors[(y - 1) * columns + corner] : none;
    for (int i = 0; i < 2; i++) guess[i] = median(left[i], above[i], beside[i]);
}

/* The field of directions and vectors, cell by cell, and who codes it. */
typedef struct {
    long *state, reading, rows, columns, count, *direction, *moved;
    uint8_t *data;
    long (*contexts)[21][22][2], (*vectors[2])[2];
} field;

static long code(const field *of, long context, long value, long limit) {
    return code_number(of->state, of->data, of->contexts, context, value, limit, of->reading);
}

static long is_split(const field *of, long at) {
    long split = 0;
    for (long cell = 1; cell < 4; cell++) {
        long next = at + cell / 2 * of->columns + cell % 2;
        split |= of->direction[next] != of->direction[at];
        for (long n = 0; n < of->count; n++) split |= memcmp(of->vectors[n][next], of->vectors[n][at], sizeof **of->vectors) != 0;
    }
    return split;
}

/* One block of size x size cells. Contexts: 3 merged, 9 direction, 18 down, 20 right. */
static void code_block(const field *of, long y, long x, long size) {
    long at = y * of->columns + x, guesses[2][2], *direction = of->direction + at;
    long left = x ? direction[-1] : 0, above = y ? direction[-of->columns] : 0, usual = x ? left : above, way = *direction, merged = way == usual;
    long calm = (x ? of->moved[at - 1] : 0) + (y ? of->moved[at - of->columns] : 0);
    for (long n = 0; n < of->count; n++) {
        long corner = size == 1 && (y & x & 1) ? x - 1 : x + size; /* what lies to the right comes later */
        expect((const long (*)[2])of->vectors[n], of->columns, y, x, corner, guesses[n]);
        if (way != 1 - n) merged &= memcmp(guesses[n], of->vectors[n][at], sizeof *guesses) == 0;
    }
    merged = code(of, 3 + calm * 2 + size - 1, merged, 1);
    if (merged) way = usual;
    else way = of->count == 2 ? limited(code(of, 9 + above * 3 + left, way, 2), 2) : 0;
    for (long n = 0; n < of->count && !merged; n++)
        if (way != 1 - n) {
            long *guess = guesses[n], *given = of->vectors[n][at];
            long down = code(of, 17 + size, given[0] - guess[0], 0), right = code(of, 20 + limited(labs(down), 2), given[1] - guess[1], 0);
            guess[0] += down, guess[1] += right;
        }
    for (long cell = 0; cell < size * size; cell++) {
        long place = at + cell / size * of->columns + cell % size;
        of->direction[place] = way, of->moved[place] = !merged;
        for (long n = 0; n < of->count; n++) memcpy(of->vectors[n][place], guesses[n], sizeof *guesses);
    }
}

/* Codes directions and vectors, macroblock by macroblock, whole or in four, each against its neighbours. What a reader finds takes the
   place of what is given: vectors that nothing is predicted by are as expected. */
void code_field(long *state, uint8_t *data, long (*contexts)[21][22][2], long reading, long rows, long columns, long count, long *direction,
                long (*vectors)[2], long *moved) {
    field of = {state, reading, rows, columns, count, direction, moved, data, contexts, {vectors, vectors + (count - 1) * rows * columns}};
    for (long y = 0; y < rows; y += 2)
        for (long x = 0; x < columns; x += 2) {
            long at = y * columns + x, near = (y ? moved[at - columns] : 0) + (x ? moved[at - 1] : 0);
            if (!code(&of, near, is_split(&of, at), 1)) code_block(&of, y, x, 2);
            else
                for (long part = 0; part < 4; part++) code_block(&of, y + part / 2, x + part % 2, 1);
        }
}
//: encoder
/* For each 4x4 block the shift into a wider plane that changes it least, short ones preferred. */
void best_shifts(const int16_t *small, long height, long width, const int16_t *wide, long reach, const long (*shifts)[2], long count,
                 long (*best)[2]) {
    long stride = width + 2 * reach;
    for (long y = 0; y < height; y += 4)
        for (long x = 0; x < width; x += 4, best++) {
            long cost = 1 << 30;
            for (long k = 0; k < count; k++) {
                long away = 2 * (labs(shifts[k][0]) + labs(shifts[k][1]));
                const int16_t *from = small + y * width + x, *to = wide + (reach + shifts[k][0] + y) * stride + reach + shifts[k][1] + x;
                for (int i = 0; i < 4 && away < cost; i++, from += width, to += stride)
                    away += abs(from[0] - to[0]) + abs(from[1] - to[1]) + abs(from[2] - to[2]) + abs(from[3] - to[3]);
                if (away < cost) cost = away, (*best)[0] = shifts[k][0], (*best)[1] = shifts[k][1];
            }
        }
}

/* What the decoder will expect of blocks of so many samples. */
void guess_of(const long (*vectors)[2], long rows, long columns, long size, long (*guesses)[2]) {
    for (long at = 0; at < rows * columns; at++) {
        long y = at / columns, x = at % columns;
        expect(vectors, columns, y, x, size == 8 && (y & x & 1) ? x - 1 : x + 1, guesses[at]);
    }
}

typedef struct { reference near; const int16_t *luma; long stride, size; double price; const double *rates; } goal;

/* Squared differences and the price of a vector (in 1/PEL); stops at the limit. */
static double cost_of(const goal *of, long y, long x, long down, long right, const long *guess, double limit) {
    long whole_down = down_to(down, PEL), whole_right = down_to(right, PEL), energy = 0, size = of->size;
    long row = limited(y + MARGIN + whole_down, of->near.height - size), column = limited(x + MARGIN + whole_right, of->near.width - size);
    double rate = of->price * (of->rates[limited(labs(down - guess[0]), 4095)] + of->rates[limited(labs(right - guess[1]), 4095)]);
    const uint8_t *near = of->near.phases + (((down - whole_down * PEL) * PEL + right - whole_right * PEL) * of->near.height + row) * of->near.width + column;
    const int16_t *wanted = of->luma + y * of->stride + x;
    for (long i = 0; i < size; i++, near += of->near.width, wanted += of->stride) {
        int sum = 0;
        for (long j = 0; j < size; j++) sum += (wanted[j] - near[j]) * (wanted[j] - near[j]);
        energy += sum;
        if (energy + rate >= limit) break;
    }
    return energy + rate;
}

static void attempt(const goal *of, long y, long x, long down, long right, const long *guess, long *best, double *cost) {
    if (down == best[0] && right == best[1]) return;
    double found = cost_of(of, y, x, down, right, guess, *cost);
    if (found < *cost) *cost = found, best[0] = down, best[1] = right;
}

/* Improves vectors, twice: by those of the neighbours, then by small steps down to 1/PEL. */
void refine(const uint8_t *phases, long height, long width, const int16_t *luma, long stride, long size, long rows, long columns, double price,
            const double *rates, long (*vectors)[2], long (*old)[2], long (*guesses)[2], double *costs) {
    goal of = {{phases, PEL, height, width}, luma, stride, size, price, rates};
    for (int turn = 0; turn < 2; turn++) {
        memcpy(old, vectors, rows * columns * sizeof *old);
        guess_of((const long (*)[2])old, rows, columns, size, guesses);
        for (long row = 0; row < rows; row++)
            for (long column = 0; column < columns; column++) {
                long at = row * columns + column, y = row * size, x = column * size, *best = vectors[at];
                const long *guess = guesses[at], *beside[] = {
                    old[row ? at - columns : at], old[row < rows - 1 ? at + columns : at], old[column ? at - 1 : at], old[column < columns - 1 ? at + 1 : at]};
                double cost = cost_of(&of, y, x, best[0], best[1], guess, INFINITY);
                attempt(&of, y, x, guess[0], guess[1], guess, best, &cost);
                attempt(&of, y, x, 0, 0, guess, best, &cost);
                for (int i = 0; i < 4; i++) attempt(&of, y, x, beside[i][0], beside[i][1], guess, best, &cost);
                for (long step = turn ? 1 : size > 8 ? PEL : PEL > 1 ? PEL / 2 : 1; step; step /= 2) {
                    long centre_y = best[0], centre_x = best[1];
                    for (long dy = centre_y - step; dy <= centre_y + step; dy += step)
                        for (long dx = centre_x - step; dx <= centre_x + step; dx += step)
                            if (dy != centre_y || dx != centre_x) {
                                double found = cost_of(&of, y, x, dy, dx, guess, cost);
                                if (found < cost) cost = found, best[0] = dy, best[1] = dx;
                            }
                }
                costs[at] = cost;
            }
    }
}

/* Lets blocks join their neighbours' motion where that is cheaper than a motion of their own. */
void settle(const uint8_t *first, const uint8_t *second, long height, long width, const int16_t *luma, long stride, long size, long rows, long columns,
            double price, long *direction, long (*one)[2], long (*two)[2], double *costs, long *old, long (*guesses)[2], long (*others)[2]) {
    reference a = {first, PEL, height, width}, b = {second, PEL, height, width};
    long block[256], other[256];
    for (long turn = 0; turn < 4; turn++) {
        memcpy(old, direction, rows * columns * sizeof *old);
        guess_of((const long (*)[2])one, rows, columns, size, guesses);
        guess_of((const long (*)[2])two, rows, columns, size, others);
        for (long row = 0; row < rows; row++)
            for (long column = (row + turn) % 2; column < columns; column += 2) {
                long at = row * columns + column, y = row * size, x = column * size, energy = 0;
                long way = column ? old[at - 1] : row ? old[at - columns] : 0;
                patch(way ? &b : &a, y, x, way ? others[at] : guesses[at], size, PEL, block);
                if (way == 2) patch(&a, y, x, guesses[at], size, PEL, other);
                for (long k = 0; k < size * size; k++) {
                    long missed = luma[(y + k / size) * stride + x + k % size] - (way == 2 ? (block[k] + other[k] + 1) / 2 : block[k]);
                    energy += missed * missed;
                }
                float joined = (float)energy + (float)(0.4 * price);
                if (joined >= costs[at]) continue;
                direction[at] = way, costs[at] = joined;
                memcpy(one[at], guesses[at], sizeof *one);
                memcpy(two[at], others[at], sizeof *two);
            }
    }
}
