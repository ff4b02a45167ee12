#: common
def learn(chance, count, at, bits):
    """Moves the chances of the contexts that were met towards what was seen there."""
    met = np.bincount(at, minlength=chance.size)
    seen = np.flatnonzero(met)
    ones = np.bincount(at[bits > 0], minlength=chance.size)
    met, ones, old = met[seen], ones[seen], count[seen]
    chance[seen] = (chance[seen] * old + ones) / (old + met)
    count[seen] = np.minimum(old + met, MEMORY)


class Models:
    """The adaptive state that writer and reader share: models by name, and the magnitudes of the frame before."""

    def __init__(self, *data):
        super().__init__(*data)
        self.models, self.memory = {}, {}

    def model(self, key, sizes):
        if key not in self.models:
            self.models[key] = Model(sizes)
        return self.models[key]


#: encoder
class Writer(Models, RangeWriter):
    pass


#: decoder
class Reader(Models, RangeReader):
    pass
