"""A dict as bytes and back: deterministic, binary-safe, and never by pickle.

Each value is a letter, then what it needs; dicts keep their order. Arrays keep dtype and shape; only plain dtypes are taken.
"""
import struct

import numpy as np

from refusal import Refused

DEPTH_MAX = 50


def pack(value, depth: int = 0) -> bytes:
    if depth > DEPTH_MAX:
        raise Refused("contract", f"expected a result nested at most {DEPTH_MAX} deep")
    if value is None:
        return b"N"
    if isinstance(value, (bool, np.bool_)):
        return b"T" if value else b"F"
    if isinstance(value, (int, np.integer)):
        text = str(int(value)).encode()
        return b"i" + sized(text)
    if isinstance(value, (float, np.floating)):
        return b"d" + struct.pack(">d", float(value))
    if isinstance(value, str):
        return b"s" + sized(value.encode("utf-8", "surrogatepass"))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return b"b" + sized(bytes(value))
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            raise Refused("contract", f"expected arrays of numbers, got dtype {value.dtype}")
        shape = struct.pack(">B", value.ndim) + b"".join(struct.pack(">Q", n) for n in value.shape)
        return b"a" + sized(value.dtype.str.encode()) + shape + sized(np.ascontiguousarray(value).tobytes())
    if isinstance(value, (list, tuple)):
        letter = b"l" if isinstance(value, list) else b"t"
        return letter + struct.pack(">Q", len(value)) + b"".join(pack(item, depth + 1) for item in value)
    if isinstance(value, dict):
        pairs = b"".join(pack(k, depth + 1) + pack(v, depth + 1) for k, v in value.items())
        return b"m" + struct.pack(">Q", len(value)) + pairs
    raise Refused("contract", f"expected numbers, texts, bytes, arrays, lists and dicts in the result, got {type(value).__name__}")


def unpack(data: bytes):
    try:
        value, end = _unpack(data, 0, 0)
        if end == len(data):
            return value
    except (struct.error, IndexError, ValueError, TypeError, UnicodeDecodeError) as error:
        raise Refused("contract", f"the bitstream is damaged: {error}") from None
    raise Refused("contract", f"the bitstream is damaged: {len(data) - end} bytes too many")


def sized(data: bytes) -> bytes:
    return struct.pack(">Q", len(data)) + data


def _take(data: bytes, at: int):
    (size,) = struct.unpack_from(">Q", data, at)
    at += 8
    if size > len(data) - at:
        raise ValueError("a size reaches over the end")
    return data[at : at + size], at + size


def _unpack(data: bytes, at: int, depth: int):
    if depth > DEPTH_MAX:
        raise ValueError("nested too deep")
    letter, at = data[at : at + 1], at + 1
    if letter in (b"N", b"T", b"F"):
        return {b"N": None, b"T": True, b"F": False}[letter], at
    if letter == b"d":
        return struct.unpack_from(">d", data, at)[0], at + 8
    if letter in (b"i", b"s", b"b"):
        raw, at = _take(data, at)
        return {b"i": lambda: int(raw), b"s": lambda: raw.decode("utf-8", "surrogatepass"), b"b": lambda: raw}[letter](), at
    if letter == b"a":
        dtype, at = _take(data, at)
        count = data[at]
        shape = struct.unpack_from(f">{count}Q", data, at + 1)
        raw, at = _take(data, at + 1 + 8 * count)
        return np.frombuffer(raw, np.dtype(dtype.decode())).reshape(shape).copy(), at
    if letter in (b"l", b"t", b"m"):
        (count,) = struct.unpack_from(">Q", data, at)
        at += 8
        items = []
        for _ in range(count * (2 if letter == b"m" else 1)):
            item, at = _unpack(data, at, depth + 1)
            items.append(item)
        if letter == b"m":
            return dict(zip(items[::2], items[1::2])), at
        return (items if letter == b"l" else tuple(items)), at
    raise ValueError(f"unknown letter {letter!r}")
