//: common
/* Which macroblocks use the large transform, each by those to the left and above. */
void code_sizes(long *state, uint8_t *data, long (*contexts)[21][22][2], long reading, long rows, long columns, long *sizes) {
    for (long at = 0; at < rows * columns; at++) {
        long near = (at < columns ? 0 : sizes[at - columns]) + (at % columns ? sizes[at - 1] : 0);
        sizes[at] = code_number(state, data, contexts, near, sizes[at], 1, reading) != 0;
    }
}
