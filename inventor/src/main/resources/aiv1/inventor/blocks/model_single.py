#: common
@njit("(int64[::1], uint8[::1], int64[:, ::1], int64[::1], float64[:, ::1])", cache=True)
def code_single(state, data, contexts, bits, table):
    for i in range(len(bits)):
        chance = min(max(table[contexts[i, 0], 0] * 65536, 64), 65472)
        bits[i] = code_bit(state, data, int(chance), bits[i])
    learn(table, contexts, bits)


class Model:
    """Chances by one context, from counts."""

    def __init__(self, sizes):
        self.table = new_table(sizes[CONTEXT % len(sizes)], 1)

    def code(self, io, contexts, bits):
        code_single(*io.room(bits.size), contexts[:, [CONTEXT % contexts.shape[1]]], bits, self.table)
        return bits
