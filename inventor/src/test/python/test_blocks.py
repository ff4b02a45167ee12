"""Properties of single building blocks, on seeded chance. First argument: the folder of the blocks."""

import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

from checked_c import compile_checked

FOLDER = Path(sys.argv.pop(1))


def load(*names, **constants):
    """All sections of blocks in one module, with the functions in C that they call."""
    lines = ["import numpy as np"] + ["%s = %r" % pair for pair in {"PAD": 16, **constants}.items()]
    functions = ["#define %s %r" % pair for pair in constants.items()]
    for name in names:
        for suffix, texts in ((".py", lines), (".c", functions)):
            if (FOLDER / (name + suffix)).exists():
                texts += (FOLDER / (name + suffix)).read_text().splitlines()
    space = {}
    with tempfile.TemporaryDirectory() as folder:
        compile_checked({"common.py": "C_SOURCE = r\"\"\"\n%s\n\"\"\"" % "\n".join(functions)}, folder)
        exec("\n".join(line for line in lines if not line.startswith(("#: ", "from common"))), space)
        if "c" in space:
            space["c"]._opened()  # before its file is gone
    return space


class TransformTest(unittest.TestCase):
    def check(self, space):
        plane = np.random.default_rng(1).integers(-255, 256, (48, 64)).astype(float)
        grid, sizes = space["forward"](plane.copy(), 8.0, True)
        self.assertEqual(grid.shape, (6, 8, 64))
        back = space["inverse"](grid, None if sizes is None else np.array(sizes))
        self.assertLess(np.abs(back - plane).max(), 0.6)

    def test_cosine_transforms_of_every_size_come_back(self):
        for size in (4, 8, 16):
            self.check(load("driver", "transform_dct", "transform_fixed", SIZE=size))

    def test_adaptive_transform_comes_back(self):
        self.check(load("driver", "transform_dct", "transform_adaptive", "entropy_range"))

    def test_wavelet_comes_back(self):
        self.check(load("driver", "transform_wavelet"))

    def test_a_flat_plane_has_only_its_mean(self):
        for names in (("transform_dct", "transform_fixed"), ("transform_wavelet",)):
            grid, _ = load("driver", *names, SIZE=16)["forward"](np.full((16, 32), 50.0), 8.0, True)
            self.assertLess(np.abs(np.sort(np.abs(grid.ravel()))[:-8]).max(), 1.0)


class ChromaTest(unittest.TestCase):
    def test_half_the_chroma_keeps_what_is_smooth_and_leaves_luma_alone(self):
        space = load("chroma_half")
        y, x = np.mgrid[0:32, 0:48]
        smooth = 0.5 * y - 0.25 * x
        back = space["widen"](space["narrow"](smooth, 1), 1)
        self.assertEqual(back.shape, smooth.shape)
        self.assertLess(np.abs(back - smooth)[1:-1, 1:-1].max(), 1e-9)
        self.assertIs(space["narrow"](smooth, 0), smooth)
        self.assertIs(space["widen"](smooth, 0), smooth)


class EntropyTest(unittest.TestCase):
    def check(self, *names, **constants):
        space = load("driver", "transform_dct", *names, **constants)
        random = np.random.default_rng(2)
        writer = space["Writer"]()
        grids = [np.round(random.laplace(0, scale, (4, 5, 64))).astype(int) for scale in (0.1, 1, 30, 0)]
        numbers = random.integers(-300, 300, 50).tolist()
        for at, grid in enumerate(grids):
            got = space["code_levels"](writer, (4, 5), (1, 0), 0, None, grid)
            self.assertTrue((got == grid).all())
        for number in numbers:
            writer.number(("n", 1), number)
            writer.number(("m", 1), abs(number) % 3, 2)
        data = writer.finish()
        reader = space["Reader"](data)
        for grid in grids:
            self.assertTrue((space["code_levels"](reader, (4, 5), (1, 0), 0, None) == grid).all())
        for number in numbers:
            self.assertEqual(reader.number(("n", 1)), number)
            self.assertEqual(reader.number(("m", 1), None, 2), abs(number) % 3)

    def test_deflated_levels_come_back(self):
        self.check("streams", "levels_plain", "pack_zlib")
        self.check("streams", "levels_plain", "pack_lzma")

    def test_runs_of_zeros_come_back(self):
        self.check("streams", "levels_runs", "pack_zlib")

    def test_levels_in_adaptive_bits_come_back(self):
        for name, knobs in (("single", {"CONTEXT": 2}), ("mixing", {"INPUTS": 6})):
            self.check("entropy_range", "model", name, "levels", MEMORY=250, **knobs)

    def test_any_bytes_are_levels(self):
        space = load("driver", "entropy_range", "model", "mixing", "levels", INPUTS=6, MEMORY=250)
        for data in (b"", bytes(50), b"\xff" * 50, np.random.default_rng(4).bytes(50)):
            reader = space["Reader"](data)
            for hint in (None, True):
                levels = space["code_levels"](reader, (5, 3), (1, 1), 1 if hint is None else 2, hint)
                self.assertEqual(levels.shape, (5, 3, 64))


class OrderTest(unittest.TestCase):
    def test_every_frame_comes_once_and_after_its_references(self):
        for name in ("gop_intra", "gop_previous", "gop_hierarchical"):
            for gop in (2, 4, 8, 16):
                order = load(name, GOP=gop, ANCHORS=2)["coding_order"]
                for count in (1, 2, 5, 17, 30, 31):
                    known = set()
                    for index, refs, _, done in order(count):
                        self.assertTrue(known.issuperset(refs), (name, gop, count))
                        known.add(index)
                        known -= set(done)
                    self.assertEqual(sorted(step[0] for step in order(count)), list(range(count)))


class MotionTest(unittest.TestCase):
    def test_a_shifted_picture_is_found(self):
        for blend in ("blend_plain", "blend_overlapped"):
            space = load("driver", "transform_dct", "motion_block", blend, "entropy_range", PEL=4, RANGE=16, PRICE=0.1)
            scene = np.kron(np.random.default_rng(3).integers(0, 256, (30, 30)), np.ones((4, 4), int)).astype(np.uint8)
            chroma = np.full((32, 32), 100, np.uint8)
            picture = space["Picture"]([scene[16:80, 16:80], chroma, chroma])
            source = [scene[18:82, 12:76].astype(float), chroma.astype(float), chroma.astype(float)]
            field = space["search"](source, [picture], 4.0)
            predicted = space["predict"]([picture], field)
            inner = np.s_[16:48, 16:48]
            self.assertLess(np.abs(predicted[0][inner] - source[0][inner]).mean(), 1.0)
            self.assertTrue((predicted[1] == 100).all())


if __name__ == "__main__":
    unittest.main()
