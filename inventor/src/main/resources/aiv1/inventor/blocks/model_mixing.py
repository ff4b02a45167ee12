#: common
STRETCH = np.array([round(256 * np.log((p + 0.5) / (4095.5 - p))) for p in range(4096)], float)  # logit, in 1/256
SQUASH = np.array([round(65536 / (1 + 2.718281828459045 ** (-x / 256))) for x in range(-2047, 2048)])


class Model:
    """Chances from several contexts at once, mixed in the logistic domain.

    All numbers that enter a sum are whole, so encoder and decoder agree to the bit. The weights follow the exact
    second-order step of logistic regression on all that was seen, slowly forgetting."""

    def __init__(self, sizes):
        sizes = sizes[:INPUTS]
        self.base = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)[:, None]
        self.chance, self.count = np.full(sum(sizes), 0.5), np.full(sum(sizes), 0.8)
        self.weights = np.full(len(sizes) + 1, round(65536 * 1.2 / len(sizes)))
        self.weights[-1] = 0
        self.curve = np.eye(len(sizes) + 1) * 40.0

    def code(self, io, contexts, bits):
        at = contexts[:INPUTS] + self.base
        inputs = STRETCH[(self.chance[at] * 4095).astype(int)]
        inputs = np.concatenate([inputs, np.full((1, inputs.shape[1]), 256.0)])
        mixed = np.clip(self.weights @ inputs // 65536, -2047, 2047).astype(int)
        chances = np.clip(SQUASH[mixed + 2047], 24, 65512)
        bits = io.many(chances, bits)
        missed = bits * 65536 - chances
        unsure = (chances >> 4) * (4096 - (chances >> 4)) >> 8
        slope = inputs @ missed / (256 * 65536)
        self.curve = self.curve * (1 - min(0.2, at.shape[1] / 200000)) + (inputs * unsure) @ inputs.T / (65536.0 * 65536)
        self.weights = self.weights + np.round(65536 * np.linalg.solve(self.curve, slope))
        learn(self.chance, self.count, at.ravel(), np.tile(bits, at.shape[0]))
        return bits
