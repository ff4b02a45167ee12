"""A codec in the form of the first system (contract c3): agents that take a device and give a dict."""
import zlib

import numpy as np

import aiv1


def run_encoding_agent(device: str = "cpu", quality: int = 2) -> dict:
    clip = aiv1.source()
    step = (28, 18, 12, 7, 4)[quality]
    planes = {}
    for name, plane in (("y", clip.y), ("u", clip.u), ("v", clip.v)):
        levels = np.rint(plane.astype(np.float32) / step).astype(np.int16)
        # Differences along time, then along rows: most are zero.
        levels[1:] -= levels[:-1].copy()
        levels[0, :, 1:] -= levels[0, :, :-1].copy()
        planes[name] = {"shape": list(levels.shape), "data": zlib.compress(levels.astype("<i2").tobytes(), 9)}
    return {"status": "success", "device": device, "step": step, "planes": planes}
