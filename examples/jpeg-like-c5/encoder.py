"""A JPEG-like codec in the form of earlier systems (contract c5): frames come as BGR arrays, the result is a file."""
import struct
import zlib

import numpy as np

from common import BASIS, QUANTISER, blocks_of, scale_of, ycc_of_bgr


def run_encoding_agent(frames, output_path, quality=2):
    height, width, _ = frames[0].shape
    table = QUANTISER * scale_of(quality)
    with open(output_path, "wb") as file:
        file.write(struct.pack("<HHHB", width, height, len(frames), quality))
        for frame in frames:
            levels = []
            for plane in ycc_of_bgr(frame):
                blocks = blocks_of(plane - 128)
                coefficients = BASIS @ blocks @ BASIS.T
                levels.append(np.rint(coefficients / table).astype(np.int16).reshape(-1, 64).T.ravel())
            packed = zlib.compress(np.concatenate(levels).tobytes(), 9)
            file.write(struct.pack("<I", len(packed)) + packed)
