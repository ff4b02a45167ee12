#: common
import numpy as np


def extend(plane, unit):
    """Repeats the last row and column until both sides are multiples of unit."""
    height, width = plane.shape
    return np.pad(plane, ((0, -height % unit), (0, -width % unit)), "edge")


def to_pixels(plane):
    return np.clip(np.floor(plane + 0.5), 0, 255).astype(np.uint8)


def step_of(quality, layer, plane):
    """Quantiser step, a multiple of 1/16 so that all later sums are exact in binary floating point."""
    qp = QP[quality] + layer_qp(layer) + (QP_CHROMA if plane else 0)
    return max(1, round(16 * 2 ** ((qp - 4) / 6))) / 16


def code_frame(io, shape, refs, quality, layer, plan=None):
    """Codes or reads one frame and returns its planes; plan is the encoder's frame plan, None when reading."""
    steps = [step_of(quality, layer, plane) for plane in range(3)]
    if refs:
        field = code_field(io, shape, len(refs), plan and plan.field)
        planes = residual_planes(io, predict(refs, field), steps, 1 if layer < 2 else 2, plan)
    else:
        planes = code_intra(io, shape, steps, plan)
    return loop_filter(planes, steps)


def residual_planes(io, prediction, steps, kind, plan):
    """Codes what prediction missed, adds it, and rounds."""
    targets = [None] * 3 if plan is None else plan.residual(prediction, steps)
    sizes = code_sizes(io, prediction[0].shape, plan and plan.sizes)
    planes, hint = [], None
    for plane, base in enumerate(prediction):
        unit = 8 * (CHROMA_SCALE if plane else 1)
        grid = base.shape[0] // unit, base.shape[1] // unit
        levels = code_levels(io, grid, (kind, min(plane, 1)), plane, hint, targets[plane])
        hint = levels if plane == 1 else None
        wanted = sizes if plane == 0 else None
        missed = widen(inverse(levels * (steps[plane] * WEIGHTS), wanted), plane) if levels.any() else 0
        planes.append(to_pixels(base + missed))
    return planes


#: encoder
import struct
from common import *


def cut(plane, size):
    """A plane as (rows, columns, size * size) blocks."""
    height, width = plane.shape
    return plane.reshape(height // size, size, width // size, size).swapaxes(1, 2).reshape(height // size, width // size, -1)


class Plan:
    """What the encoder knows and decides about one frame."""

    def __init__(self, source, refs, quality, layer):
        self.source, self.refs = source, refs
        self.field = self.sizes = None
        self.layer, self.kind = layer, 0 if not refs else 1 if layer < 2 else 2
        self.step = step_of(quality, layer, 0)
        if refs:
            self.field = search(source, refs, self.step)

    def residual(self, prediction, steps):
        """The residual's coefficients in quantiser steps."""
        targets = []
        for plane, base in enumerate(prediction):
            missed = narrow(self.source[plane] - base.astype(float), plane)
            coefficients, sizes = forward(missed, steps[plane], plane == 0)
            targets.append(quantise(coefficients / (steps[plane] * WEIGHTS), self.kind))
            if plane == 0:
                self.sizes = sizes
        return targets


def encode(clip, quality):
    io = Writer()
    shape = clip.height, clip.width
    pictures = {}
    for index, refs, layer, done in coding_order(clip.frame_count):
        source = [extend(np.asarray(plane[index]), PAD >> (number > 0)) for number, plane in enumerate((clip.y, clip.u, clip.v))]
        near = [pictures[ref] for ref in refs]
        plan = Plan([plane.astype(float) for plane in source], near, quality, layer)
        pictures[index] = Picture(code_frame(io, source[0].shape, near, quality, layer, plan))
        for old in done:
            pictures.pop(old, None)
    return struct.pack(">HHHB", *shape, clip.frame_count, quality) + io.finish()


#: decoder
import struct
from common import *


def decode(bitstream):
    height, width, count, quality = struct.unpack(">HHHB", bitstream[:7])
    io = Reader(bitstream[7:])
    shape = height + -height % PAD, width + -width % PAD
    pictures, ready, shown = {}, {}, 0
    for index, refs, layer, done in coding_order(count):
        planes = code_frame(io, shape, [pictures[ref] for ref in refs], quality, layer)
        pictures[index] = Picture(planes)
        y, u, v = planes
        ready[index] = y[:height, :width], u[: height // 2, : width // 2], v[: height // 2, : width // 2]
        for old in done:
            pictures.pop(old, None)
        while shown in ready:
            yield ready.pop(shown)
            shown += 1
