#: common
from aiv1 import c


class Coder:
    """An adaptive range coder that writes, or reads what it is given."""

    def __init__(self, data=b""):
        self.data = np.frombuffer(data + bytes(8), np.uint8).copy()
        # low, high, code, place in data, size of data
        self.state = np.array([0, 0xFFFFFFFF, int.from_bytes(self.data[:4].tobytes(), "big"), 0, self.data.size])
        self.chances, self.models, self.memory = {}, {}, {}

    def room(self, count):
        """State and data; a writer's data has space for so many more bits."""
        return self.state, self.data

    def numbers(self, name, contexts, most):
        """State, data and chances for the functions in C that code at most so many numbers."""
        if name not in self.chances:
            self.chances[name] = np.full((contexts, 21, 22, 2), 32768)
        return *self.room(42 * most), self.chances[name]

    def number(self, key, value=None, limit=None):
        """A number by the name of its context."""
        return c.code_number(*self.numbers(key, 1, 1), 0, value or 0, limit or 0, value is None)


#: encoder
class Writer(Coder):
    def room(self, count):
        """A bit takes at most 4 bytes. Pages that are not reached are never touched."""
        place, size = self.state[3:].tolist()
        needed = place + 4 * count + 8
        if needed > size:
            grown = np.zeros(2 * needed, np.uint8)
            grown[:place] = self.data[:place]
            self.data, self.state[4] = grown, grown.size
        return self.state, self.data

    def finish(self):
        low, _, _, at, _ = self.state.tolist()
        return self.data[:at].tobytes() + bytes([(low >> 24) + 1])


#: decoder
Reader = Coder
