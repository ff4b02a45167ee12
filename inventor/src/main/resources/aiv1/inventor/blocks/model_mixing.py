#: common
STRETCH = np.array([round(256 * np.log((p + 0.5) / (4095.5 - p))) for p in range(4096)], float)  # logit, in 1/256
SQUASH = np.array([round(65536 / (1 + 2.718281828459045 ** (-x / 256))) for x in range(-2047, 2048)])


@njit("(int64[::1], uint8[::1], int64[:, ::1], int64[::1], float64[:, ::1], float64[::1])", cache=True)
def code_mixed(state, data, contexts, bits, table, weights):
    """Codes bits; gives the slope and the curvature of their cost over the weights."""
    number, many = contexts.shape
    inputs = np.full(many + 1, 256.0)
    slope, curve = np.zeros(many + 1), np.zeros((many + 1, many + 1))
    for i in range(number):
        mixed = 256 * weights[many]
        for k in range(many):
            inputs[k] = STRETCH[int(table[contexts[i, k], 0] * 4095)]
            mixed += weights[k] * inputs[k]
        chance = min(max(SQUASH[int(min(max(mixed // 65536, -2047), 2047)) + 2047], 24), 65512)
        bits[i] = code_bit(state, data, chance, bits[i])
        missed, sure = bits[i] * 65536 - chance, chance >> 4
        for k in range(many + 1):
            slope[k] += inputs[k] * missed
            for j in range(many + 1):
                curve[k, j] += inputs[k] * inputs[j] * (sure * (4096 - sure) >> 8)
    learn(table, contexts, bits)
    return slope, curve


class Model:
    """Chances from several contexts at once, mixed in the logistic domain.

    All numbers that enter a sum are whole, so encoder and decoder agree to the bit. The weights follow the exact
    second-order step of logistic regression on all that was seen, slowly forgetting."""

    def __init__(self, sizes):
        sizes = sizes[:INPUTS]
        self.base = np.cumsum(sizes) - sizes
        self.table = new_table(sum(sizes), 0.8)
        self.weights = np.append(np.full(len(sizes), round(65536 * 1.2 / len(sizes))), 0.0)
        self.curve = np.eye(len(sizes) + 1) * 40.0

    def code(self, io, contexts, bits):
        slope, curve = code_mixed(*io.room(bits.size), contexts[:, :INPUTS] + self.base, bits, self.table, self.weights)
        self.curve = self.curve * (1 - min(0.2, bits.size / 200000)) + curve / (65536.0 * 65536)
        self.weights = self.weights + np.round(65536 * np.linalg.solve(self.curve, slope / (256 * 65536)))
        return bits
