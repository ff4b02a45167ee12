"""Reads what the encoder wrote; decides nothing."""
import struct

import numpy as np
from numba import njit

from common import (
    CODE,
    INTER,
    PLACE,
    add_residual,
    code_bit,
    code_component,
    code_levels,
    code_mode,
    near_inter,
    new_coder,
    new_models,
    new_planes,
    predict_inter,
    predict_intra,
    predicted_vector,
    step_of,
)


@njit
def decode_macroblock(coder, data, models, now, before, vectors, is_inter, frame, step, column, row, work):
    inter = 0
    vx, vy = 0, 0
    if frame:
        inter = code_bit(coder, data, models, INTER + near_inter(is_inter, column, row), 0)
    if inter:
        px, py = predicted_vector(vectors, column, row)
        vx = px + code_component(coder, data, models, 0, 0)
        vy = py + code_component(coder, data, models, 1, 0)
        predict_inter(now[0], now[1], now[2], before[0], before[1], before[2], column, row, vx, vy, work)
    is_inter[row, column] = inter
    vectors[row, column, 0], vectors[row, column, 1] = vx, vy
    coded = 1
    for block in range(6):
        chroma = 1 if block > 3 else 0
        plane = now[0] if block < 4 else now[1] if block == 4 else now[2]
        x = column * 8 if chroma else column * 16 + block % 2 * 8
        y = row * 8 if chroma else row * 16 + block // 2 * 8
        to = plane[y : y + 8, x : x + 8]
        if not inter:
            predict_intra(plane, x, y, code_mode(coder, data, models, chroma, 0), to)
        level = np.zeros(64, np.int64)
        coded = code_levels(coder, data, models, chroma, inter, coded, level)
        if coded:
            add_residual(level, step, to)
        coded *= 2


@njit
def decode_frame(coder, data, models, now, before, vectors, is_inter, frame, quality, work):
    for row in range(vectors.shape[0]):
        for column in range(vectors.shape[1]):
            decode_macroblock(coder, data, models, now, before, vectors, is_inter, frame, step_of(quality, frame), column, row, work)


def decode(bitstream):
    width, height, count, quality = struct.unpack_from("<HHHB", bitstream)
    data = np.frombuffer(bytearray(bitstream), np.uint8)
    coder, models = new_coder(0), new_models()
    coder[CODE], coder[PLACE] = int.from_bytes(bitstream[7:11], "big"), 11
    now, before = new_planes(width, height), new_planes(width, height)
    shape = now[1].shape[0] // 8, now[1].shape[1] // 8
    vectors, is_inter, work = np.zeros((*shape, 2), np.int64), np.zeros(shape, np.int64), np.zeros((2, 23, 23), np.int64)
    for frame in range(count):
        decode_frame(coder, data, models, now, before, vectors, is_inter, frame, quality, work)
        yield tuple(plane[: height // n, : width // n].astype(np.uint8) for plane, n in zip(now, (1, 2, 2)))
        now, before = before, now


def warm_up():
    for _ in decode(struct.pack("<HHHB", 16, 16, 2, 0) + bytes(8)):
        pass
