#: encoder
class Writer:
    """Collects bytes in named streams and compresses each one."""

    def __init__(self):
        self.streams, self.groups = {}, {}

    def raw(self, key, size, values):
        self.streams.setdefault(key, []).append(values.astype(np.uint8).tobytes())
        return values

    def numbers(self, name, contexts, most):
        """Place and data, twice, for the functions in C that write at most so many numbers."""
        self.streams.setdefault(name, [])
        place, data = self.groups.get(name, (np.zeros(2, int), np.zeros(0, np.uint8)))
        data = np.concatenate([data, np.zeros(max(0, place[0] + 2 * most - data.size), np.uint8)])
        place[1] = data.size
        self.groups[name] = place, data
        return place, data, data

    def number(self, key, value, limit=None):
        value = int(value)
        self.raw(key[0], 2, np.array([value & 255, value >> 8 & 255]))
        return value

    def finish(self):
        for name, (place, data) in self.groups.items():
            self.streams[name] = [data[: place[0]].tobytes()]
        packed = [compress(b"".join(parts)) for parts in self.streams.values()]
        return b"".join(len(part).to_bytes(4, "big") + part for part in packed)


#: decoder
class Reader:
    """Hands out the bytes of named streams; they lie in the order of their first use."""

    def __init__(self, data):
        self.rest, self.streams, self.groups = data, {}, {}

    def stream(self, key):
        if key not in self.streams:
            end = 4 + int.from_bytes(self.rest[:4], "big")
            self.streams[key] = [expand(self.rest[4:end]), 0]
            self.rest = self.rest[end:]
        return self.streams[key]

    def raw(self, key, size, values=None):
        data, at = self.stream(key)
        self.streams[key][1] = at + size
        return np.frombuffer(data, np.uint8, size, at)

    def numbers(self, name, contexts, most):
        if name not in self.groups:
            data = np.frombuffer(self.stream(name)[0], np.uint8).copy()
            self.groups[name] = np.array([0, data.size]), data
        place, data = self.groups[name]
        return place, data, data

    def number(self, key, value=None, limit=None):
        low, high = self.raw(key[0], 2).tolist()
        return (low | high << 8) - (high >> 7 << 16)
