//: common
/* Chances from several contexts at once, mixed in the logistic domain.

   All numbers that enter a sum are whole, so encoder and decoder agree to the bit. The weights follow the exact
   second-order step of logistic regression on all that was seen, slowly forgetting. */
typedef struct {
    double weights[INPUTS + 1], curve[INPUTS + 1][INPUTS + 1];
    memory table[INPUTS][CONTEXTS];
} model;

/* The step that slope and curvature call for; none where nothing is known. */
static void adjust(model *of, double *slope, double (*curve)[INPUTS + 1], long count) {
    double kept = 1 - (count < 40000 ? count / 200000.0 : 0.2);
    for (int k = 0; k <= INPUTS; k++)
        for (int j = 0; j <= INPUTS; j++) curve[k][j] = of->curve[k][j] = of->curve[k][j] * kept + curve[k][j] / 4294967296;
    for (int k = 0; k <= INPUTS; k++) {
        if (curve[k][k] < 1e-9) curve[k][k] = INFINITY;
        for (int i = 0; i <= INPUTS; i++) {
            double share = curve[i][k] / curve[k][k];
            if (i == k) continue;
            for (int j = k + 1; j <= INPUTS; j++) curve[i][j] -= share * curve[k][j];
            slope[i] -= share * slope[k];
        }
    }
    for (int k = 0; k <= INPUTS; k++) of->weights[k] += rint(slope[k] / curve[k][k] / 256);
}

/* Of all that reached a count: is it more? Tells how many are. */
static long code_batch(long *state, uint8_t *data, model *of, item *items, long size, long many, long count) {
    static double stretch[4096]; /* logit, in 1/256 */
    static long squash[4095];
    double inputs[INPUTS + 1] = {0}, slope[INPUTS + 1] = {0}, curve[INPUTS + 1][INPUTS + 1] = {{0}};
    long met = 0, ones = 0;
    if (many > INPUTS) many = INPUTS;
    for (int p = 0; p < 4096 && !squash[4094]; p++) stretch[p] = rint(256 * log((p + 0.5) / (4095.5 - p)));
    for (int x = 0; x < 4095 && !squash[4094]; x++) squash[x] = lrint(65536 / (1 + exp((2047 - x) / 256.0)));
    for (int k = 0; k <= INPUTS && !of->curve[k][k]; k++) of->curve[k][k] = 40, of->weights[k] = k < many ? rint(65536 * 1.2 / many) : 0;
    inputs[INPUTS] = 256;
    for (item *one = items; one < items + size; one++)
        if (one->found == count) {
            double mixed = 256 * of->weights[INPUTS];
            for (int k = 0; k < many; k++) {
                inputs[k] = stretch[(long)(recall(of->table[k] + one->contexts[k], 0.8)->chance * 4095)];
                mixed += of->weights[k] * inputs[k];
            }
            mixed = floor(mixed / 65536);
            long chance = squash[(long)(mixed < -2047 ? -2047 : mixed > 2047 ? 2047 : mixed) + 2047];
            chance = chance < 24 ? 24 : chance > 65512 ? 65512 : chance;
            long bit = code_bit(state, data, chance, one->goal < 0 ? -1 : one->goal > count);
            double missed = bit * 65536 - chance, spread = (chance >> 4) * (4096 - (chance >> 4)) >> 8;
            for (int k = 0; k < many; k++) note(of->table[k] + one->contexts[k], bit);
            for (int k = 0; k <= INPUTS; k++) {
                slope[k] += inputs[k] * missed;
                for (int j = 0; j <= INPUTS; j++) curve[k][j] += inputs[k] * inputs[j] * spread;
            }
            one->found += bit, ones += bit, met++;
        }
    for (item *one = items; one < items + size; one++)
        for (int k = 0; k < many && one->found >= count; k++) learn(of->table[k] + one->contexts[k]);
    adjust(of, slope, curve, met);
    return ones;
}
