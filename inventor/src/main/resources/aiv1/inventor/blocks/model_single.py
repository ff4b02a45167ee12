#: common
class Model:
    """Chances by one context, from counts."""

    def __init__(self, sizes):
        self.chance = np.full(sizes[CONTEXT % len(sizes)], 0.5)
        self.count = np.full(sizes[CONTEXT % len(sizes)], 1.0)

    def code(self, io, contexts, bits):
        at = contexts[CONTEXT % len(contexts)]
        bits = io.many(np.clip(self.chance[at] * 65536, 64, 65472).astype(int), bits)
        learn(self.chance, self.count, at, bits)
        return bits
