"""Reads samples back, each from its neighbours and what was missed."""
import struct

import numpy as np
from common import code


def decode(bitstream):
    width, height, count, quality = struct.unpack_from(">HHHB", bitstream)
    place = 7
    for _ in range(count):
        (size,) = struct.unpack_from(">I", bitstream, place)
        data, at = np.frombuffer(bitstream, np.uint8, size, place + 4).copy(), 0
        place += 4 + size
        planes = [np.zeros(shape, np.uint8) for shape in ((height, width), (height // 2, width // 2), (height // 2, width // 2))]
        for plane in planes:
            at = code(data, at, plane, quality, True)
        yield tuple(planes)
