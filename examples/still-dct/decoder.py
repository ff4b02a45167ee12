"""Decodes still-dct: nothing but the bitstream is needed."""
import struct
import zlib

import numpy as np

from common import BASIS, STEPS, plane_of


def decode(bitstream):
    width, height, frame_count, quality = struct.unpack_from("<HHHB", bitstream)
    position = struct.calcsize("<HHHB")
    step = STEPS[quality]
    sizes = [(height, width), (height // 2, width // 2), (height // 2, width // 2)]
    counts = [-(-h // 8) * -(-w // 8) for h, w in sizes]
    for _ in range(frame_count):
        (length,) = struct.unpack_from("<I", bitstream, position)
        position += 4
        ordered = np.frombuffer(zlib.decompress(bitstream[position : position + length]), np.int16)
        position += length
        planes, start = [], 0
        for (h, w), count in zip(sizes, counts):
            levels = ordered[start : start + 64 * count].reshape(64, count).T.reshape(count, 8, 8)
            start += 64 * count
            planes.append(plane_of(BASIS.T @ (levels * float(step)) @ BASIS + 128, h, w))
        yield tuple(planes)
