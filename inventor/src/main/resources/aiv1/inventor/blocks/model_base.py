#: common
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
