//: common
/* Codes bits by a mixture of chances; adds up the slope and the curvature of their cost over the weights. */
void code_mixed(long *state, uint8_t *data, const long *contexts, long *bits, long count, long many, double (*table)[4],
                const double *weights, const double *stretch, const long *squash, double *slope, double *curve) {
    double inputs[9];
    inputs[many] = 256;
    for (long i = 0; i < count; i++) {
        double mixed = 256 * weights[many];
        for (long k = 0; k < many; k++) {
            inputs[k] = stretch[(long)(table[contexts[i * many + k]][0] * 4095)];
            mixed += weights[k] * inputs[k];
        }
        mixed = floor(mixed / 65536);
        long chance = squash[(long)(mixed < -2047 ? -2047 : mixed > 2047 ? 2047 : mixed) + 2047];
        chance = chance < 24 ? 24 : chance > 65512 ? 65512 : chance;
        bits[i] = code_bit(state, data, chance, bits[i]);
        double missed = bits[i] * 65536 - chance, spread = (chance >> 4) * (4096 - (chance >> 4)) >> 8;
        for (long k = 0; k <= many; k++) {
            slope[k] += inputs[k] * missed;
            for (long j = 0; j <= many; j++) curve[k * (many + 1) + j] += inputs[k] * inputs[j] * spread;
        }
    }
    learn(table, contexts, bits, count, many);
}
