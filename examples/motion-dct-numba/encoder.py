"""Decides, and codes with what it shares with the decoder."""
import struct

import numpy as np
from numba import njit

from common import (
    BASIS,
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
    predict_luma,
    predicted_vector,
    shift_low,
    step_of,
)

VECTOR_MAX = 4 * 48
AROUND = np.array([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]], np.int64)
FAR = 1 << 30


@njit
def difference(a, b):
    total = 0
    for j in range(a.shape[0]):
        for i in range(a.shape[1]):
            total += abs(a[j, i] - b[j, i])
    return total


@njit
def bits(v):
    n, v = 1, abs(v)
    while v:
        v >>= 1
        n += 2
    return n


@njit
def vector_cost(wanted, before, column, row, x, y, px, py, step, block, work):
    if abs(x) > VECTOR_MAX or abs(y) > VECTOR_MAX:
        return FAR
    predict_luma(before, column * 64 + x, row * 64 + y, block, work)
    return difference(wanted, block) + step * (bits(x - px) + bits(y - py)) // 8


@njit
def choose_inter(wanted, before, vectors, vectors_before, column, row, px, py, step, block, work):
    """The best of a few candidates, then steps that halve, down to a quarter of a sample. Gives whether to predict, and from where."""
    start = np.zeros((5, 2), np.int64)
    start[0, 0], start[0, 1] = px, py
    start[2] = vectors_before[row, column]
    if column:
        start[3] = vectors[row, column - 1]
    if row:
        start[4] = vectors[row - 1, column]
    best, x, y = FAR, 0, 0
    for i in range(5):
        cost = vector_cost(wanted, before, column, row, start[i, 0], start[i, 1], px, py, step, block, work)
        if cost < best:
            best, x, y = cost, start[i, 0], start[i, 1]
    reach = 32
    while reach:
        moved, rounds = True, 0
        while moved and rounds < 16:
            cx, cy = x, y
            moved = False
            rounds += 1
            for i in range(8):
                vx, vy = cx + AROUND[i, 0] * reach, cy + AROUND[i, 1] * reach
                cost = vector_cost(wanted, before, column, row, vx, vy, px, py, step, block, work)
                if cost < best:
                    best, x, y, moved = cost, vx, vy, True
        reach //= 2
    mean, spread = 0, 0
    for j in range(16):
        for i in range(16):
            mean += np.int64(wanted[j, i])
    for j in range(16):
        for i in range(16):
            spread += abs(wanted[j, i] - mean // 256)
    return (1 if best < spread + step * 4 else 0), x, y


@njit
def choose_mode(wanted, plane, x, y, block):
    best, chosen = FAR, 0
    for mode in range(4):
        predict_intra(plane, x, y, mode, block)
        cost = difference(wanted, block)
        if cost < best:
            best, chosen = cost, mode
    return chosen


@njit
def choose_levels(wanted, predicted, inter, step):
    level, half = np.zeros(64, np.int64), np.zeros((8, 8), np.int64)
    for k in range(8):
        for i in range(8):
            total = 0
            for j in range(8):
                total += BASIS[k, j] * (wanted[j, i] - predicted[j, i])
            half[k, i] = total
    unit = step << 15
    for k in range(8):
        for n in range(8):
            total = 0
            for i in range(8):
                total += BASIS[n, i] * half[k, i]
            size = (4 * abs(total) + unit // (6 if inter else 4)) // unit
            level[k * 8 + n] = -size if total < 0 else size
    return level


@njit
def encode_macroblock(coder, data, models, source, now, before, vectors, vectors_before, is_inter, frame, step, column, row, block, work):
    inter, vx, vy = 0, 0, 0
    if frame:
        px, py = predicted_vector(vectors, column, row)
        wanted = source[0][row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
        inter, vx, vy = choose_inter(wanted, before[0], vectors, vectors_before, column, row, px, py, step, block, work)
        code_bit(coder, data, models, INTER + near_inter(is_inter, column, row), inter)
        if inter:
            code_component(coder, data, models, 0, vx - px)
            code_component(coder, data, models, 1, vy - py)
            predict_inter(now[0], now[1], now[2], before[0], before[1], before[2], column, row, vx, vy, work)
    is_inter[row, column] = inter
    vectors[row, column, 0], vectors[row, column, 1] = vx * inter, vy * inter
    coded = 1
    for number in range(6):
        chroma = 1 if number > 3 else 0
        p = 0 if number < 4 else number - 3
        plane = now[p]
        x = column * 8 if chroma else column * 16 + number % 2 * 8
        y = row * 8 if chroma else row * 16 + number // 2 * 8
        to, wanted = plane[y : y + 8, x : x + 8], source[p][y : y + 8, x : x + 8]
        if not inter:
            mode = choose_mode(wanted, plane, x, y, block[:8, :8])
            code_mode(coder, data, models, chroma, mode)
            predict_intra(plane, x, y, mode, to)
        level = choose_levels(wanted, to, inter, step)
        coded = code_levels(coder, data, models, chroma, inter, coded, level)
        if coded:
            add_residual(level, step, to)
        coded *= 2


@njit
def encode_frame(coder, data, models, source, now, before, vectors, vectors_before, is_inter, frame, quality, block, work):
    step = step_of(quality, frame)
    for row in range(vectors.shape[0]):
        for column in range(vectors.shape[1]):
            encode_macroblock(coder, data, models, source, now, before, vectors, vectors_before, is_inter, frame, step, column, row, block, work)


def padded(plane, like):
    """What hangs over repeats the edge."""
    rows, columns = like.shape
    return np.pad(plane, ((0, rows - plane.shape[0]), (0, columns - plane.shape[1])), "edge").astype(np.int32)


def encode(clip, quality):
    head = struct.pack("<HHHB", clip.width, clip.height, clip.frame_count, quality)
    return head + encoded(clip.width, clip.height, clip, quality)


def encoded(width, height, frames, quality):
    coder, models = new_coder(1), new_models()
    now, before = new_planes(width, height), new_planes(width, height)
    shape = now[1].shape[0] // 8, now[1].shape[1] // 8
    vectors, vectors_before, is_inter = np.zeros((*shape, 2), np.int64), np.zeros((*shape, 2), np.int64), np.zeros(shape, np.int64)
    block, work = np.zeros((16, 16), np.int32), np.zeros((2, 23, 23), np.int64)
    data, parts = np.zeros(now[0].size * 16 + 4096, np.uint8), []
    for frame, planes in enumerate(frames):
        source = tuple(padded(plane, like) for plane, like in zip(planes, now))
        encode_frame(coder, data, models, source, now, before, vectors, vectors_before, is_inter, frame, quality, block, work)
        parts.append(data[: coder[PLACE]].tobytes())
        coder[PLACE] = 0
        now, before, vectors, vectors_before = before, now, vectors_before, vectors
    for _ in range(5):
        shift_low(coder, data)
    return b"".join(parts) + data[: coder[PLACE]].tobytes()


def warm_up():
    plane = np.zeros((16, 16), np.uint8)
    encoded(16, 16, [(plane, plane[:8, :8], plane[:8, :8])] * 2, 0)
