//: common
/* Writes a bit, or reads one if bit is negative, given its chance of being 1 in 1/65536.
   A reader writes, too: the very bytes that are there already. Damaged data ends where it ends, over and over. */
static long code_bit(long *state, uint8_t *data, long chance, long bit) {
    long low = state[0], high = state[1], code = state[2], at = state[3];
    long middle = low + ((high - low) >> 16) * chance + (((high - low) & 65535) * chance >> 16);
    if (bit < 0) bit = code <= middle;
    if (bit) high = middle;
    else low = middle + 1;
    while (!((low ^ high) >> 24)) {
        data[at] = high >> 24;
        low = (low & 0xFFFFFF) << 8;
        high = (high & 0xFFFFFF) << 8 | 255;
        code = (code & 0xFFFFFF) << 8 | data[at + 4];
        at += at + 5 < state[4];
    }
    state[0] = low, state[1] = high, state[2] = code, state[3] = at;
    return bit;
}

/* A bit whose chance is the mean of a fast and a slow estimate. */
static long adapt(long *state, uint8_t *data, long *chances, long bit) {
    long fast = chances[0], slow = chances[1], chance = (fast + slow) >> 1;
    bit = code_bit(state, data, chance < 256 ? 256 : chance > 65280 ? 65280 : chance, bit);
    long goal = bit ? 65535 : 0;
    chances[0] = fast + ((goal - fast) >> 4), chances[1] = slow + ((goal - slow) >> 6);
    return bit;
}

/* A number in adaptive bits, by its context: at most limit, or signed and exponential-Golomb where the limit is 0. */
long code_number(long *state, uint8_t *data, long (*contexts)[21][22][2], long context, long value, long limit, long reading) {
    long (*chances)[22][2] = contexts[context];
    long count = 0, found = 1, most = limit ? limit : 20, rest = limit ? value : labs(value) + 1;
    while (count < most && adapt(state, data, chances[0][count], reading ? -1 : limit ? rest > count : rest >> (count + 1) > 0)) count++;
    if (limit) return count;
    for (long place = count - 1; place >= 0; place--)
        found = found * 2 + adapt(state, data, chances[count][place < count - 1 ? place : 1], reading ? -1 : rest >> place & 1);
    found--;
    return found && adapt(state, data, chances[0][21], reading ? -1 : value < 0) ? -found : found;
}
