//: common
/* Moves the chances of the contexts that were met towards what was seen there. */
static void learn(double (*table)[4], const long *contexts, const long *bits, long count, long many) {
    for (long i = 0; i < count * many; i++) {
        table[contexts[i]][2] += 1;
        table[contexts[i]][3] += bits[i / many];
    }
    for (long i = 0; i < count * many; i++) {
        double *at = table[contexts[i]], sum = at[1] + at[2];
        if (!at[2]) continue;
        at[0] = (at[0] * at[1] + at[3]) / sum;
        at[1] = sum < MEMORY ? sum : MEMORY;
        at[2] = at[3] = 0;
    }
}
