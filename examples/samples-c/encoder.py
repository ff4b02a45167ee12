"""Samples one by one, each predicted from its neighbours."""
import struct

import numpy as np
from common import code


def encode(clip, quality):
    out = [struct.pack(">HHHB", clip.width, clip.height, clip.frame_count, quality)]
    for frame in clip:
        data, at = np.zeros(sum(64 * plane.size for plane in frame), np.uint8), 0  # a number has 518 bits at the most
        for plane in frame:
            at = code(data, at, plane.copy(), quality, False)
        out.append(struct.pack(">I", (at + 8) // 8) + data[: (at + 8) // 8].tobytes())
    return b"".join(out)
