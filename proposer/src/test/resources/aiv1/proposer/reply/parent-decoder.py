import struct
import zlib

import numpy as np


def decode(bitstream):
    width, height, count, quality = struct.unpack_from("<HHHB", bitstream)
    data = np.frombuffer(zlib.decompress(bitstream[7:]), np.uint8)
    luma = count * width * height
    half = (count, height // 2, width // 2)
    y = data[:luma].reshape(count, height, width)
    u = data[luma : luma + luma // 4].reshape(half)
    return y, u, data[luma + luma // 4 :].reshape(half)
