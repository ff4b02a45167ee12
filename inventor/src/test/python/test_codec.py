"""Round trips of a generated codec on a small synthetic clip. Argument: the folder of its three files.

Its functions in C stop at undefined behaviour."""

import sys
import types
from pathlib import Path

import numpy as np

from checked_c import compile_checked


def clip_of(width, height, count):
    """A moving texture with a little noise, seeded."""
    random = np.random.default_rng(7)
    y, x = np.mgrid[0 : height + 32, 0 : width + 32]
    scene = 128 + 60 * np.sin(x / 5.0) * np.cos(y / 7.0) + random.normal(0, 6, x.shape)
    frames = [scene[i : i + height, 2 * i : 2 * i + width] for i in range(count)]
    luma = np.clip(np.stack(frames), 0, 255).astype(np.uint8)
    chroma = np.clip(np.stack(frames)[:, ::2, ::2] / 2 + 64, 0, 255).astype(np.uint8)
    chroma = chroma[:, : height // 2, : width // 2]
    return types.SimpleNamespace(y=luma, u=chroma, v=255 - chroma, width=width, height=height, frame_count=count, fps=30)


def check(width, height, count):
    import decoder
    import encoder

    clip = clip_of(width, height, count)
    results = []
    for quality in (0, 4):
        stream = encoder.encode(clip, quality)
        frames = list(decoder.decode(stream))
        assert len(frames) == count, len(frames)
        for at, frame in enumerate(frames):
            for plane, source in zip(frame, (clip.y, clip.u, clip.v)):
                assert plane.shape == source[at].shape and plane.dtype == np.uint8, plane.shape
        error = np.mean([(frame[0].astype(float) - clip.y[at]) ** 2 for at, frame in enumerate(frames)])
        results.append((len(stream), error))
        assert encoder.encode(clip, quality) == stream, "encoding twice differs"
    (small, coarse), (large, fine) = results
    assert small < large < clip.y.size * 2 and fine < coarse < 600 and fine < 60, results


if __name__ == "__main__":
    folder = sys.argv[1]
    sys.path.insert(0, folder)
    compile_checked({name: Path(folder, name).read_text() for name in ("common.py", "encoder.py", "decoder.py")}, folder)
    check(70, 46, 6)
    print("ok")
