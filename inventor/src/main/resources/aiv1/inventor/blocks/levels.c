//: common
static long class_of(long value) {
    static const char classes[] = {0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7};
    return classes[value < 24 ? value : 24];
}

void stop_contexts(long turns, const long *cells, long count, long width, const int *known, const int *energy, const int *rest,
                   const long *busy, long (*contexts)[5]) {
    const long sides[] = {-width, width, -1, 1}, diagonals[] = {-width - 1, -width + 1, width - 1, width + 1};
    for (long i = 0; i < count; i++) {
        long at = cells[i], votes = 0, corners = 0, beside = 0, olds = 0;
        for (int side = 0; side < 4; side++) {
            long next = at + sides[side];
            votes += known[next], beside += energy[next], olds += rest[next];
            corners += known[at + diagonals[side]];
        }
        long own = class_of(energy[at]), old = class_of(2 * rest[at]), *one = contexts[i];
        one[0] = (turns * 5 + votes) * 5 + corners;
        one[1] = (turns * 8 + own) * 8 + class_of(beside);
        one[2] = (turns * 8 + old) * 8 + class_of(olds);
        one[3] = ((turns * 5 + votes) * 8 + own) * 8 + old;
        one[4] = ((turns * 8 + class_of(busy[at])) * 8 + own) * 5 + votes;
    }
}

/* For each place of a group, then for each cell; size, before and other have `total` cells in a row. */
void coefficient_contexts(long number, const long *group, const long *places, long places_count, const long *cells, long count, long width,
                          long total, const int *size, const int *energy, const int *before, const int *other, const long *busy,
                          long (*contexts)[6]) {
    const long steps[] = {-width, width, -1, 1};
    for (long g = 0; g < places_count; g++) {
        long where = group[g];
        const int *left = size + (places[g] - 1) * total, *above = size + (places[g] - 10) * total, *old = before + where * total;
        for (long i = 0; i < count; i++) {
            long at = cells[i], near = left[at] + above[at], sides = 0, beside = 0, olds = 0;
            long far = size[(places[g] - 11) * total + at] + size[(places[g] - 2) * total + at] + size[(places[g] - 20) * total + at];
            for (int side = 0; side < 4; side++) {
                long next = at + steps[side];
                sides += left[next] + above[next], beside += energy[next], olds += old[next];
            }
            long two = class_of(far), three = class_of(sides), four = class_of(2 * old[at] + olds / 2);
            long five = class_of(energy[at] / 2), six = class_of(beside / 4), wide = number * 8 + class_of(near * 2 + far + sides / 2);
            long *one = *contexts++;
            one[0] = (where * 8 + class_of(near)) * 8 + two;
            one[1] = (where * 8 + three) * 8 + class_of(near + far);
            one[2] = (where * 8 + four) * 8 + six;
            one[3] = (wide * 8 + five) * 8 + six;
            one[4] = (wide * 8 + four) * 8 + three;
            one[5] = (wide * 8 + class_of(2 * other[where * total + at] + class_of(busy[at]))) * 8 + two;
        }
    }
}
