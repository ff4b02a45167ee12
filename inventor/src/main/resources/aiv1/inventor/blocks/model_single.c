//: common
void code_single(long *state, uint8_t *data, const long *contexts, long *bits, long count, double (*table)[4]) {
    for (long i = 0; i < count; i++) {
        double chance = table[contexts[i]][0] * 65536;
        bits[i] = code_bit(state, data, chance < 64 ? 64 : chance > 65472 ? 65472 : (long)chance, bits[i]);
    }
    learn(table, contexts, bits, count, 1);
}
