"""Still pictures: every frame by itself, 8x8 DCT, uniform quantiser, zlib. A starting point, not a good codec."""
import struct
import zlib

import numpy as np

from common import BASIS, STEPS, blocks_of


def encode(clip, quality):
    step = STEPS[quality]
    parts = [struct.pack("<HHHB", clip.width, clip.height, clip.frame_count, quality)]
    for planes in clip:
        levels = []
        for plane in planes:
            blocks = blocks_of(plane.astype(np.float64) - 128)
            levels.append(np.rint(BASIS @ blocks @ BASIS.T / step).astype(np.int16).ravel())
        # Coefficients of one frequency lie side by side, so that zlib sees long runs of zeros.
        ordered = np.concatenate([plane.reshape(-1, 64).T.ravel() for plane in levels])
        packed = zlib.compress(ordered.tobytes(), 9)
        parts.append(struct.pack("<I", len(packed)) + packed)
    return b"".join(parts)
