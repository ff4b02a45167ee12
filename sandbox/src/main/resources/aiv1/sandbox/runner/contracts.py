"""How a candidate's functions are called: the native contract, and one small adapter for each earlier system."""
import inspect
import os
import struct
import sys
import types
from fractions import Fraction

import numpy as np

import packing
from clip import Clip, send_frames
from run_io import read_exactly
from refusal import Refused

WORK = "/tmp/work"
FUNCTIONS = {
    "native": (("encode",), ("decode",)),
    "c3": (("run_encoding_agent",), ("run_decoding_agent",)),
    "c5": (("run_encoding_agent", "encode"), ("run_decoding_agent", "decode")),
    "c6": (("encode", "run_encoding_agent"), ("decode",)),
}
FRAME_KEYS = ("frames", "reconstructed_frames", "decoded_frames", "reconstruction", "video", "return_value")
COMMON_ARGUMENTS = {"device": "cpu", "seed": 0}
_source: list = []


def prepare(job: dict) -> None:
    """Offers `aiv1.source()` to those that are called without a clip, and `aiv1.c` to those that bring C along."""
    module = sys.modules["aiv1"] = types.ModuleType("aiv1")
    if any(b"C_SOURCE" in source for source in job.values()):
        from aiv1_c import Functions

        module.c = Functions("/build/functions.so" + ("-checked" if "checked" in job else ""))

    def source() -> Clip:
        if not _source:
            raise Refused("contract", "aiv1.source(): only an encoder has a source")
        return _source[0]

    module.source = source


def encode(job: dict, fd: int, part: types.ModuleType, results) -> None:
    contract = job["contract"].decode()
    clip = Clip(fd, int(job["width"]), int(job["height"]), Fraction(job["fps"].decode()), int(job["frame_count"]))
    _source.append(clip)
    offered = COMMON_ARGUMENTS | {"quality": int(job["quality"])}
    offered |= {"width": clip.width, "height": clip.height, "fps": clip.fps, "frame_count": clip.frame_count}
    function = find(part, FUNCTIONS[contract][0])
    if contract == "native":
        stream = call(function, offered | {"clip": clip}, ("clip", "quality"))
    elif contract == "c3":
        stream = packing.pack(call(function, offered, ("device",)))
    elif contract == "c5":
        path = WORK + "/encoded.bin"
        frames = [frame for frame in clip.rgb()[..., ::-1].copy()]
        call(function, offered | {"frames": frames, "output_path": path}, ("frames", "output_path"))
        stream = written(path)
    else:
        frames = [frame for frame in clip.rgb()[..., ::-1].copy()]
        stream = call(function, offered | {"frames": frames}, ("frames",))
    if isinstance(stream, (bytearray, memoryview)):
        stream = bytes(stream)
    if not isinstance(stream, bytes):
        raise Refused("contract", f"expected bytes from {function.__name__}, got {type(stream).__name__}")
    if not stream:
        raise Refused("no_output", f"expected bytes from {function.__name__}, got none")
    if not clip.was_read:
        results.send(b"L", b"did not read the source")
    results.send(b"B", stream)


def decode(job: dict, fd: int, part: types.ModuleType, results) -> None:
    contract = job["contract"].decode()
    (size,) = struct.unpack(">Q", read_exactly(fd, 8))
    stream = read_exactly(fd, size)
    offered = dict(COMMON_ARGUMENTS)
    function = find(part, FUNCTIONS[contract][1])
    count = int(job["frame_count"])
    if contract == "native":
        send_frames(call(function, offered | {"bitstream": stream}, ("bitstream",)), job, results)
    elif contract == "c3":
        data = packing.unpack(stream)
        decoded = call(function, offered | {"encoding_data": data}, ("device", "encoding_data"))
        send_frames(frames_in(decoded), job, results)
    elif contract == "c5":
        source, target = WORK + "/encoded.bin", WORK + "/decoded"
        with open(source, "wb") as file:
            file.write(stream)
        paths = {"input_path": source, "output_path": target, "frame_count": count}
        call(function, offered | paths, tuple(paths))
        send_frames(video_of(target, job), job, results, is_bgr=True)
    else:
        decoded = call(function, offered | {"data": stream, "num_frames": count}, ("data", "num_frames"))
        send_frames(frames_in(decoded), job, results, is_bgr=True)


def find(part: types.ModuleType, names: tuple):
    for name in names:
        function = getattr(part, name, None)
        if callable(function):
            return function
    defined = [n for n, v in vars(part).items() if inspect.isfunction(v)]
    raise Refused("contract", f"{part.__name__}: expected a function {' or '.join(names)}, got {', '.join(defined) or 'none'}")


def call(function, offered: dict, order: tuple):
    """Binds by parameter name first, then what is left by position."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return function(*(offered[name] for name in order))
    names = {p.name for p in parameters}
    left = [name for name in order if name not in names]
    positional, named = [], {}
    for p in parameters:
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            continue
        if p.name in offered:
            value = offered[p.name]
        elif left and p.default is p.empty:
            value = offered[left.pop(0)]
        elif p.default is not p.empty:
            continue
        else:
            has = f"{function.__name__}{inspect.signature(function)}"
            raise Refused("contract", f"{has}: expected parameters among {', '.join(offered)}; '{p.name}' cannot be bound")
        if p.kind is p.POSITIONAL_ONLY:
            positional.append(value)
        else:
            named[p.name] = value
    return function(*positional, **named)


def frames_in(decoded):
    if isinstance(decoded, dict):
        for key in FRAME_KEYS:
            if decoded.get(key) is not None:
                return decoded[key]
        raise Refused("no_output", f"expected frames under one of {', '.join(FRAME_KEYS)}, got keys {sorted(map(str, decoded))}")
    return decoded


def written(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Refused("no_output", f"expected the encoder to write {path}, got no file") from None


def video_of(path: str, job: dict):
    """What a file decoder wrote: .npy of (N, H, W, 3) BGR, Y4M, raw planar 4:2:0, or raw BGR, told by its content."""
    width, height, count = (int(job[k]) for k in ("width", "height", "frame_count"))
    path = path if os.path.exists(path) else path + ".npy"
    data = written(path)
    luma, chroma = width * height, width * height // 4
    if data.startswith(b"\x93NUMPY"):
        return np.load(path, allow_pickle=False)
    if data.startswith(b"YUV4MPEG2"):
        data = b"".join(chunk for chunk in y4m_frames(data, luma + 2 * chroma))
    if len(data) == count * luma * 3 and len(data) != count * (luma + 2 * chroma):
        return np.frombuffer(data, np.uint8).reshape(count, height, width, 3)
    if len(data) != count * (luma + 2 * chroma):
        raise Refused("dimension_mismatch", f"expected {count} frames of {width}x{height}, got a file of {len(data)} bytes")
    half = (count, height // 2, width // 2)
    raw = np.frombuffer(data, np.uint8).reshape(count, -1)
    return (
        raw[:, :luma].reshape(count, height, width),
        raw[:, luma : luma + chroma].reshape(half),
        raw[:, luma + chroma :].reshape(half),
    )


def y4m_frames(data: bytes, size: int):
    position = data.index(b"\n") + 1
    while position < len(data):
        position = data.index(b"\n", position) + 1
        yield data[position : position + size]
        position += size
