#: common
from numba import njit


@njit
def code_bit(state, data, chance, bit):
    """Writes a bit, or reads one if bit is negative, given its chance of being 1 in 1/65536.

    A reader writes, too: the very bytes that are there already."""
    low, high, code, at = state[0], state[1], state[2], state[3]
    middle = low + (high - low >> 16) * chance + ((high - low & 65535) * chance >> 16)
    if bit < 0:
        bit = int(code <= middle)
    if bit:
        high = middle
    else:
        low = middle + 1
    while not (low ^ high) >> 24:
        data[at] = high >> 24
        low = (low & 0xFFFFFF) << 8
        high = (high & 0xFFFFFF) << 8 | 255
        code = (code & 0xFFFFFF) << 8 | data[at + 4]
        at += 1
    state[:] = low, high, code, at
    return bit


@njit("(int64[::1], uint8[::1], int64[::1], int64[::1])", cache=True)
def code_bits(state, data, chances, bits):
    """Bits, each with its chance of being 1; negative ones are found."""
    for i in range(len(bits)):
        bits[i] = code_bit(state, data, chances[i], bits[i])


@njit
def adapt(state, data, chances, bit):
    """A bit whose chance is the mean of a fast and a slow estimate."""
    fast, slow = chances[0], chances[1]
    bit = code_bit(state, data, min(65280, max(256, fast + slow >> 1)), bit)
    goal = 65535 if bit else 0
    chances[:] = fast + (goal - fast >> 4), slow + (goal - slow >> 6)
    return bit


@njit("(int64[::1], uint8[::1], int64[:, :, ::1], int64, int64, boolean)", cache=True)
def code_number(state, data, chances, value, limit, reading):
    """A number in adaptive bits: at most limit, or signed and exponential-Golomb where the limit is 0."""
    count, found = 0, 1
    most = limit or 20
    rest = value if limit else abs(value) + 1
    while count < most and adapt(state, data, chances[0, count], -1 if reading else int(rest > count if limit else rest >> count + 1 > 0)):
        count += 1
    if limit:
        return count
    for place in range(count - 1, -1, -1):
        found = found * 2 + adapt(state, data, chances[count, place if place < count - 1 else 1], -1 if reading else rest >> place & 1)
    found -= 1
    return -found if found and adapt(state, data, chances[0, 21], -1 if reading else int(value < 0)) else found


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
        code_bits(*self.room(bits.size), chances, bits)
        return bits

    def number(self, key, value=None, limit=None):
        """A number by the name of its context."""
        if key not in self.chances:
            self.chances[key] = np.full((21, 22, 2), 32768)
        return code_number(*self.room(64), self.chances[key], value or 0, limit or 0, value is None)
