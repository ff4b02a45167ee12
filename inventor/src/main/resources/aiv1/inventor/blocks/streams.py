#: encoder
class Writer:
    """Collects bytes in named streams and compresses each one."""

    def __init__(self):
        self.streams = {}

    def raw(self, key, size, values):
        self.streams.setdefault(key, []).append(values.astype(np.uint8).tobytes())
        return values

    def number(self, key, value, limit=None):
        value = int(value)
        self.raw(key[0], 2, np.array([value & 255, value >> 8 & 255]))
        return value

    def finish(self):
        packed = [compress(b"".join(parts)) for parts in self.streams.values()]
        return b"".join(len(part).to_bytes(4, "big") + part for part in packed)


#: decoder
class Reader:
    """Hands out the bytes of named streams; they lie in the order of their first use."""

    def __init__(self, data):
        self.rest, self.streams = data, {}

    def raw(self, key, size, values=None):
        if key not in self.streams:
            end = 4 + int.from_bytes(self.rest[:4], "big")
            self.streams[key] = [expand(self.rest[4:end]), 0]
            self.rest = self.rest[end:]
        data, at = self.streams[key]
        self.streams[key][1] = at + size
        return np.frombuffer(data, np.uint8, size, at)

    def number(self, key, value=None, limit=None):
        low, high = self.raw(key[0], 2).tolist()
        return (low | high << 8) - (high >> 7 << 16)
