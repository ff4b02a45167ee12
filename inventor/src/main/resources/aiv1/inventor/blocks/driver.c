//: common
long code_number(long *state, uint8_t *data, long (*contexts)[21][22][2], long context, long value, long limit, long reading);
