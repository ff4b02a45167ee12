#: common
from aiv1 import c


class Coder:
    """An adaptive range coder that writes, or reads what it is given."""

    def __init__(self, data=b""):
        self.data = np.frombuffer(data + bytes(8), np.uint8).copy()
        self.state = np.array([0, 0xFFFFFFFF, int.from_bytes(self.data[:4].tobytes(), "big"), 0])  # low, high, code, place in data
        self.chances = {}

    def room(self, count):
        """State and data, with space for so many more bits of at most 4 bytes."""
        missing = self.state[3] + 4 * count + 8 - self.data.size
        if missing > 0:
            self.data = np.concatenate([self.data, np.zeros(missing + self.data.size, np.uint8)])
        return self.state, self.data

    def many(self, chances, bits):
        """Bits, and the chances of each being one, in 1/65536; negative bits are read."""
        c.code_bits(*self.room(bits.size), chances, bits, bits.size)
        return bits

    def numbers(self, name, contexts, most):
        """State, data and chances for the functions in C that code at most so many numbers."""
        if name not in self.chances:
            self.chances[name] = np.full((contexts, 21, 22, 2), 32768)
        return *self.room(42 * most), self.chances[name]

    def number(self, key, value=None, limit=None):
        """A number by the name of its context."""
        return c.code_number(*self.numbers(key, 1, 1), 0, value or 0, limit or 0, value is None)
