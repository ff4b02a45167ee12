"""Decodes what the encoding agent's dict holds."""
import zlib

import numpy as np


def run_decoding_agent(device: str = "cpu", encoding_data: dict = None) -> dict:
    if encoding_data.get("status") != "success":
        return {"status": "failed", "frames": None}
    planes = []
    for name in "yuv":
        part = encoding_data["planes"][name]
        levels = np.frombuffer(zlib.decompress(part["data"]), "<i2").reshape(part["shape"]).astype(np.int32)
        levels[0] = np.cumsum(levels[0], axis=1)
        levels = np.cumsum(levels, axis=0)
        planes.append(np.clip(levels * encoding_data["step"], 0, 255).astype(np.uint8))
    return {"status": "success", "frames": tuple(planes)}
