//: common
enum { UNARY = 14 }; /* larger magnitudes continue with an exponential-Golomb code */

/* A block: does it hold anything more (2: not known yet), how much so far, how much the frame before from here on, and a plane beside. */
typedef struct { int alive, energy, rest, busy; } block;

/* A plane with a border of empty blocks. The boards hold magnitudes by place in the block, 10 x 10 with an empty border, then by block. */
typedef struct {
    long *state, reading, rows, columns, places[64];
    uint8_t *data, *board;
    const uint8_t *before, *other;
    model *models;
    int (*levels)[64];
    block *blocks;
    item *items;
} plane;

static int class_of(long value) {
    static const char classes[] = {0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7};
    return classes[value < 24 ? value : 24];
}

/* For each live block: is there anything at or after a place? In four passes of a 2x2 raster, so that late ones see all their neighbours. */
static void code_stops(const plane *of, long number, long first) {
    const long width = of->columns + 2, sides[] = {-width, width, -1, 1}, diagonals[] = {-width - 1, -width + 1, width - 1, width + 1};
    for (long at = 0; at < (of->rows + 2) * width; at++) of->blocks[at].alive *= 2;
    for (long turn = 0; turn < 4; turn++) {
        item *one = of->items;
        for (long y = turn & 1; y < of->rows; y += 2)
            for (long x = turn % 3 > 0; x < of->columns; x += 2) {
                long at = (y + 1) * width + x + 1, turns = number * 3 + (turn < 2 ? turn : 2), votes = 0, corners = 0, beside = 0, olds = 0;
                const block *here = of->blocks + at;
                if (!here->alive) continue;
                for (int side = 0; side < 4; side++) {
                    const block *next = here + sides[side];
                    votes += next->alive & 1, beside += next->energy, olds += next->rest;
                    corners += here[diagonals[side]].alive & 1;
                }
                long own = class_of(here->energy), old = class_of(2 * here->rest), any = 0;
                for (long where = first; where < 64; where++) any |= of->levels[at][where] != 0;
                *one++ = (item){
                    {(turns * 5 + votes) * 5 + corners, (turns * 8 + own) * 8 + class_of(beside), (turns * 8 + old) * 8 + class_of(olds),
                     ((turns * 5 + votes) * 8 + own) * 8 + old, ((turns * 8 + class_of(here->busy)) * 8 + own) * 5 + votes},
                    of->reading ? -1 : any, 0, at, 0};
            }
        code_batch(of->state, of->data, of->models, of->items, one - of->items, 5, 0);
        while (one-- > of->items) of->blocks[one->at].alive = one->found;
    }
}

/* A group of places in all live blocks: zero or not, then more or not up to UNARY, then the rest, then signs. */
static void code_group(const plane *of, long (*large)[21][22][2], long number, long first, long last) {
    const long width = of->columns + 2, total = (of->rows + 2) * width, steps[] = {-width, width, -1, 1};
    item *end = of->items;
    for (long where = first; where < last; where++)
        for (long at = width + 1; at < total - width - 1; at++) {
            long place = of->places[where] * total + at, left = place - total, above = place - 10 * total, sides = 0, beside = 0, olds = 0;
            block *here = of->blocks + at;
            const uint8_t *size = of->board, *old = of->before + place;
            here->rest -= *old;
            if (!here->alive) continue;
            long near = size[left] + size[above], far = size[above - total] + size[left - total] + size[above - 10 * total];
            for (int side = 0; side < 4; side++) {
                long step = steps[side];
                sides += size[left + step] + size[above + step], beside += here[step].energy, olds += old[step];
            }
            long two = class_of(far), three = class_of(sides), four = class_of(2 * *old + olds / 2);
            long five = class_of(here->energy / 2), six = class_of(beside / 4), wide = number * 8 + class_of(near * 2 + far + sides / 2);
            *end++ = (item){
                {(where * 8 + class_of(near)) * 8 + two, (where * 8 + three) * 8 + class_of(near + far), (where * 8 + four) * 8 + six,
                 (wide * 8 + five) * 8 + six, (wide * 8 + four) * 8 + three,
                 (wide * 8 + class_of(2 * of->other[place] + class_of(here->busy))) * 8 + two},
                of->reading ? -1 : abs(of->levels[at][where]), 0, at, where};
        }
    for (long count = 0, left = 1; left && count < UNARY; count++)
        left = code_batch(of->state, of->data, of->models + (count < 3 ? count : 3) + 1, of->items, end - of->items, 6, count);
    for (item *one = of->items; one < end; one++)
        if (one->found == UNARY) one->found += labs(code_number(of->state, of->data, large, 0, one->goal - UNARY, 0, of->reading));
    for (item *one = of->items; one < end; one++)
        if (one->found) {
            int *level = of->levels[one->at] + one->where;
            *level = code_bit(of->state, of->data, 32768, of->reading ? -1 : *level < 0) ? -one->found : one->found;
            of->board[of->places[one->where] * total + one->at] = one->found < 255 ? one->found : 255;
            of->blocks[one->at].energy += one->found < 15 ? one->found : 15;
        }
}

void code_levels(long *state, uint8_t *data, long (*large)[21][22][2], long reading, long rows, long columns, model *models,
                 const uint8_t *before, const uint8_t *other, uint8_t *board, int (*levels)[64], block *blocks, item *items) {
    static const char starts[] = {0, 1, 3, 6, 10, 15, 21, 28, 36, 49, 64};
    plane of = {state, reading, rows, columns, {0}, data, board, before, other, models, levels, blocks, items};
    long total = (rows + 2) * (columns + 2);
    for (long diagonal = 0, where = 0; diagonal < 15; diagonal++)
        for (long row = 0; row < 8; row++)
            if (diagonal - row >= 0 && diagonal - row < 8) of.places[where++] = 22 + 9 * row + diagonal;
    for (long place = 0; place < 100; place++)
        for (long at = 0; at < total; at++) blocks[at].rest += *before++, blocks[at].busy += *other++;
    for (long at = 0; at < rows * columns; at++) blocks[(at / columns + 1) * (columns + 2) + at % columns + 1].alive = 1;
    for (int number = 0; number < 10; number++) {
        if (number < 4 || number % 2 == 0) code_stops(&of, number, starts[number]);
        code_group(&of, large, number, starts[number], starts[number + 1]);
    }
}

long size_of_models(void) { return 5 * sizeof(model); }
