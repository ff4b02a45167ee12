"""The clip as a candidate sees it, and frames as it may give them back."""
from fractions import Fraction

import numpy as np

from run_io import read_exactly
from refusal import Refused


class Clip:
    """Source video. Iterating gives (y, u, v) of one frame at a time, read as they come; `.y`, `.u`, `.v` wait for all frames.

    Each sample is held once, however the clip is looked at."""

    def __init__(self, fd: int, width: int, height: int, fps: Fraction, frame_count: int) -> None:
        self.width, self.height, self.fps, self.frame_count = width, height, fps, frame_count
        self._fd = fd
        self._count = 0
        self.was_read = False
        half = (frame_count, height // 2, width // 2)
        self._planes = np.empty((frame_count, height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8)

    def __len__(self) -> int:
        return self.frame_count

    def __iter__(self):
        self.was_read = True
        for index in range(self.frame_count):
            self._read(index + 1)
            yield tuple(plane[index] for plane in self._planes)

    @property
    def y(self):
        return self._all()[0]

    @property
    def u(self):
        return self._all()[1]

    @property
    def v(self):
        return self._all()[2]

    def rgb(self):
        """All frames as uint8 (N, H, W, 3), BT.709, limited range."""
        return np.stack([rgb_of_yuv(*frame) for frame in self])

    def _all(self):
        self.was_read = True
        self._read(self.frame_count)
        return self._planes

    def _read(self, count: int) -> None:
        """Reads on until so many frames are there."""
        while self._count < count:
            for plane in self._planes:
                target = plane[self._count]
                target[...] = np.frombuffer(read_exactly(self._fd, target.size), np.uint8).reshape(target.shape)
            self._count += 1


def rgb_of_yuv(y, u, v):
    luma = (y.astype(np.float64) - 16) / 219
    u, v = ((c.repeat(2, 0).repeat(2, 1).astype(np.float64) - 128) / 224 for c in (u, v))
    r, b = luma + 1.5748 * v, luma + 1.8556 * u
    g = (luma - 0.2126 * r - 0.0722 * b) / 0.7152
    return np.clip(np.rint(np.stack([r, g, b], -1) * 255), 0, 255).astype(np.uint8)


def yuv_of_rgb(rgb):
    r, g, b = (rgb[..., i].astype(np.float64) / 255 for i in range(3))
    luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    u, v = 128 + 224 * (b - luma) / 1.8556, 128 + 224 * (r - luma) / 1.5748
    halved = [(p[0::2, 0::2] + p[1::2, 0::2] + p[0::2, 1::2] + p[1::2, 1::2]) / 4 for p in (u, v)]
    return tuple(np.clip(np.rint(p), 0, 255).astype(np.uint8) for p in (16 + 219 * luma, *halved))


def send_frames(decoded, job: dict, results, is_bgr: bool = False) -> None:
    """Sends what a decoder gave, frame by frame; nothing is cast, padded or resized."""
    width, height, count = (int(job[k]) for k in ("width", "height", "frame_count"))
    sent = 0
    for frame in frames_of(decoded, count):
        if sent == count:
            raise Refused("frame_count", f"expected {count} frames, got more")
        planes = planes_of(frame, sent, width, height, is_bgr)
        results.send(b"F", b"".join(np.ascontiguousarray(plane).tobytes() for plane in planes))
        sent += 1
    if sent != count:
        raise Refused("frame_count", f"expected {count} frames, got {sent}")


def frames_of(decoded, count: int):
    if decoded is None:
        raise Refused("no_output", "expected frames, got None")
    if isinstance(decoded, (bytes, bytearray, str, dict)):
        raise Refused("contract", f"expected frames, got {type(decoded).__name__}")
    if isinstance(decoded, (tuple, list)) and len(decoded) == 3 and all(getattr(p, "ndim", 0) == 3 for p in decoded):
        # Three arrays of three dimensions are planes over all frames, unless each is an RGB picture.
        if not all(p.shape[2] == 3 for p in decoded) or count != 3:
            lengths = {len(p) for p in decoded}
            if len(lengths) != 1:
                raise Refused("frame_count", f"expected planes of {count} frames, got {sorted(lengths)}")
            return zip(*decoded)
    try:
        return iter(decoded)
    except TypeError:
        raise Refused("contract", f"expected frames, got {type(decoded).__name__}") from None


def planes_of(frame, index: int, width: int, height: int, is_bgr: bool):
    if getattr(frame, "ndim", 0) == 3:
        check(frame, f"frame {index}", (height, width, 3))
        return yuv_of_rgb(frame[..., ::-1] if is_bgr else frame)
    if not isinstance(frame, (tuple, list)) or len(frame) != 3:
        raise Refused("contract", f"frame {index}: expected (y, u, v) or an RGB array, got {describe(frame)}")
    half = (height // 2, width // 2)
    for name, plane, shape in zip("yuv", frame, ((height, width), half, half)):
        check(plane, f"frame {index}, plane {name}", shape)
    return frame


def check(array, where: str, shape: tuple) -> None:
    if not isinstance(array, np.ndarray):
        raise Refused("contract", f"{where}: expected an array, got {describe(array)}")
    if array.dtype != np.uint8:
        raise Refused("dtype", f"{where}: expected uint8, got {array.dtype}")
    if array.shape != shape:
        raise Refused("dimension_mismatch", f"{where}: expected shape {shape}, got {array.shape}")


def describe(value) -> str:
    shape = getattr(value, "shape", None)
    return type(value).__name__ + (f" of shape {shape}" if shape is not None else "")
