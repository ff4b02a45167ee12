//: common
/* Chances by one context, from counts. */
typedef struct { memory table[CONTEXTS]; } model;

/* Of all that reached a count: is it more? Tells how many are. */
static long code_batch(long *state, uint8_t *data, model *of, item *items, long size, long many, long count) {
    long ones = 0;
    for (item *one = items; one < items + size; one++)
        if (one->found == count) {
            memory *at = recall(of->table + one->contexts[CONTEXT % many], 1);
            double chance = at->chance * 65536;
            long bit = code_bit(state, data, chance < 64 ? 64 : chance > 65472 ? 65472 : (long)chance, one->goal < 0 ? -1 : one->goal > count);
            note(at, bit);
            one->found += bit, ones += bit;
        }
    for (item *one = items; one < items + size; one++)
        if (one->found >= count) learn(of->table + one->contexts[CONTEXT % many]);
    return ones;
}
