//: common
/* A number in two bytes; contexts are for coders that adapt. */
long code_number(long *place, uint8_t *data, long (*contexts)[21][22][2], long context, long value, long limit, long reading) {
    (void)contexts, (void)context, (void)limit;
    if (place[0] + 2 > place[1]) return 0;
    uint8_t *at = data + place[0];
    place[0] += 2;
    if (!reading) at[0] = value, at[1] = value >> 8;
    return (int16_t)(at[0] | at[1] << 8);
}
