"""Decodes the JPEG-like codec: reads a file, writes all frames as one .npy array of BGR."""
import struct
import zlib

import numpy as np

from common import BASIS, QUANTISER, bgr_of_ycc, plane_of, scale_of


def run_decoding_agent(input_path, output_path, frame_count):
    with open(input_path, "rb") as file:
        width, height, count, quality = struct.unpack("<HHHB", file.read(7))
        table = QUANTISER * scale_of(quality)
        sizes = [(height, width)] + 2 * [(height // 2, width // 2)]
        frames = []
        for _ in range(count):
            (length,) = struct.unpack("<I", file.read(4))
            levels = np.frombuffer(zlib.decompress(file.read(length)), np.int16)
            planes, start = [], 0
            for h, w in sizes:
                blocks = -(-h // 8) * -(-w // 8)
                part = levels[start : start + 64 * blocks].reshape(64, blocks).T.reshape(-1, 8, 8)
                start += 64 * blocks
                planes.append(plane_of(BASIS.T @ (part * table) @ BASIS + 128, h, w))
            frames.append(bgr_of_ycc(*planes))
    np.save(output_path, np.stack(frames))
