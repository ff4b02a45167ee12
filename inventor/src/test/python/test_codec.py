"""Round trips of a generated codec on a small synthetic clip. Arguments: `build` or `run`, and the folder of its three files.

`build` imports and warms up, which leaves numba's cache in the folder; `run`, in another process, must find there all it calls."""

import sys
import types

import numba.core.event
import numpy as np


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


class Compiling(numba.core.event.Listener):
    """Notes what is compiled."""

    def __init__(self):
        self.names = []

    def on_start(self, event):
        self.names.append(event.data["dispatcher"].py_func.__name__)

    def on_end(self, event):
        pass


def build():
    import decoder
    import encoder

    for part in (encoder, decoder):
        if hasattr(part, "warm_up"):
            part.warm_up()


def run():
    compiling = Compiling()
    numba.core.event.register("numba:compile", compiling)
    check(70, 46, 6)
    assert not compiling.names, "compiled after the build: %s" % compiling.names


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[2])
    build() if sys.argv[1] == "build" else run()
    print("ok")
