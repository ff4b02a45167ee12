#: common
class Bits:
    """Adaptive probabilities of single bits, by the name of their context."""

    def __init__(self):
        self.chances = {}

    def bit(self, key, bit=None):
        fast, slow = self.chances.get(key, (32768, 32768))
        bit = self.one(min(65280, max(256, fast + slow >> 1)), bit)
        goal = 65535 if bit else 0
        self.chances[key] = fast + (goal - fast >> 4), slow + (goal - slow >> 6)
        return bit

    def number(self, key, value=None, limit=None):
        """A number in adaptive bits: at most limit, or signed and exponential-Golomb where there is no limit."""
        reading = value is None
        if limit is not None:
            count = 0
            while count < limit and self.bit((key, count), None if reading else int(value > count)):
                count += 1
            return count
        rest = None if reading else abs(value) + 1
        size = 0
        while self.bit((key, size), None if reading else int(rest >> size + 1 > 0)):
            size += 1
        found = 1
        for place in range(size - 1, -1, -1):
            found = found * 2 + self.bit((key, size, place if place < size - 1 else found), None if reading else rest >> place & 1)
        found -= 1
        return -found if found and self.bit((key, "sign"), None if reading else int(value < 0)) else found


#: encoder
class RangeWriter(Bits):
    """Collects bits with their chances, and codes them all at the end."""

    def __init__(self):
        super().__init__()
        self.chance_list, self.bit_list = [], []

    def one(self, chance, bit):
        self.chance_list.append(chance)
        self.bit_list.append(bit)
        return bit

    def many(self, chances, bits):
        """Bits, and the chances of each being one, in 1/65536."""
        self.chance_list += chances.tolist()
        self.bit_list += bits.tolist()
        return bits

    def finish(self):
        low, high, out = 0, 0xFFFFFFFF, bytearray()
        for chance, bit in zip(self.chance_list, self.bit_list):
            middle = low + (high - low >> 16) * chance + ((high - low & 65535) * chance >> 16)
            if bit:
                high = middle
            else:
                low = middle + 1
            while not (low ^ high) >> 24:
                out.append(high >> 24)
                low = (low & 0xFFFFFF) << 8
                high = (high & 0xFFFFFF) << 8 | 255
        return bytes(out) + bytes([(low >> 24) + 1])


#: decoder
class RangeReader(Bits):
    """Finds the bits again, given the same chances."""

    def __init__(self, data):
        super().__init__()
        self.data, self.at = data + bytes(8), 4
        self.low, self.high, self.code = 0, 0xFFFFFFFF, int.from_bytes(self.data[:4], "big")

    def one(self, chance, bit=None):
        return self.decode([chance])[0]

    def many(self, chances, bits=None):
        return np.array(self.decode(chances.tolist()), int)

    def decode(self, chances):
        low, high, code, at, data, found = self.low, self.high, self.code, self.at, self.data, []
        for chance in chances:
            middle = low + (high - low >> 16) * chance + ((high - low & 65535) * chance >> 16)
            if code <= middle:
                high = middle
                found.append(1)
            else:
                low = middle + 1
                found.append(0)
            while not (low ^ high) >> 24:
                low = (low & 0xFFFFFF) << 8
                high = (high & 0xFFFFFF) << 8 | 255
                code = (code & 0xFFFFFF) << 8 | (data[at] if at < len(data) else 0)
                at += 1
        self.low, self.high, self.code, self.at = low, high, code, at
        return found
