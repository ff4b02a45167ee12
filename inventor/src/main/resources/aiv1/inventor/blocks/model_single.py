#: common
class Model:
    """Chances by one context, from counts."""

    def __init__(self, sizes):
        self.table = new_table(sizes[CONTEXT % len(sizes)], 1)

    def code(self, io, contexts, bits):
        c.code_single(*io.room(bits.size), contexts[:, CONTEXT % contexts.shape[1]].copy(), bits, bits.size, self.table)
        return bits
