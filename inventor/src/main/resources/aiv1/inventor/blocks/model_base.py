#: common
@njit
def learn(table, contexts, bits):
    """Moves the chances of the contexts that were met towards what was seen there."""
    for i in range(len(bits)):
        for at in contexts[i]:
            table[at, 2] += 1
            table[at, 3] += bits[i]
    for i in range(len(bits)):
        for at in contexts[i]:
            chance, count, met, ones = table[at, 0], table[at, 1], table[at, 2], table[at, 3]
            if met:
                table[at] = (chance * count + ones) / (count + met), min(count + met, MEMORY), 0.0, 0.0


def new_table(size, count):
    """For each context the chance of a one, the observations behind it, and what was met in the batch at hand."""
    return np.tile([0.5, count, 0, 0], (size, 1))


class Models(Coder):
    """The adaptive state that writer and reader share: models by name, and the magnitudes of the frame before."""

    def __init__(self, data=b""):
        super().__init__(data)
        self.models, self.memory = {}, {}

    def model(self, key, sizes):
        if key not in self.models:
            self.models[key] = Model(sizes)
        return self.models[key]


#: encoder
class Writer(Models):
    def finish(self):
        low, _, _, at = self.state.tolist()
        return self.data[:at].tobytes() + bytes([(low >> 24) + 1])


#: decoder
Reader = Models
