"""Decodes one bitstream of experiment %1$s: python3 decode.py IN.bin OUT.yuv

Writes planar 4:2:0, 8 bit: Y, U, V of each frame, frames in order. Needs python and numpy, and a C compiler for a decoder that is in C or holds some; runs the decoder without a sandbox.
"""
import json
import os
import subprocess
import sys
import tempfile
import types

HERE = os.path.dirname(os.path.abspath(__file__))


def yuv_of_rgb(rgb):
    """BT.709, limited range; chroma is the mean of 2x2."""
    import numpy as np

    r, g, b = (rgb[..., i].astype(np.float64) / 255 for i in range(3))
    luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    y = 16 + 219 * luma
    u = 128 + 224 * (b - luma) / 1.8556
    v = 128 + 224 * (r - luma) / 1.5748
    halved = [(p[0::2, 0::2] + p[1::2, 0::2] + p[0::2, 1::2] + p[1::2, 1::2]) / 4 for p in (u, v)]
    return [np.clip(np.rint(p), 0, 255).astype(np.uint8) for p in (y, *halved)]


def frames_of(decoded):
    if isinstance(decoded, tuple) and len(decoded) == 3 and getattr(decoded[0], "ndim", 0) == 3:
        yield from zip(*decoded)
        return
    for frame in decoded:
        yield yuv_of_rgb(frame) if getattr(frame, "ndim", 0) == 3 else frame


def size_of(bitstream):
    """Width and height of the clip that the file is named after."""
    clip = os.path.basename(bitstream).rpartition(".q")[0]
    with open(os.path.join(HERE, "clips.json"), encoding="utf-8") as file:
        clips = json.load(file)["clips"]
    sizes = [(str(known["width"]), str(known["height"])) for known in clips if known["name"] == clip]
    if not sizes:
        sys.exit(bitstream + ": expected the name CLIP.qN.bin of a clip in clips.json")
    return sizes[0]


def decode_in_c(bitstream, video):
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "decode")
        sources = [os.path.join(HERE, name) for name in ("decode.c", "decoder.c")]
        compile_c(["-I", HERE, *sources], program)
        sys.exit(subprocess.run([program, bitstream, video, *size_of(bitstream)]).returncode)


def compile_c(arguments, target):
    compiler = [os.environ.get("CC", "cc"), "-O2", "-ffp-contract=off", *arguments, "-lm", "-o", target]
    status = subprocess.run(compiler).returncode
    if status:
        sys.exit(status)


def offer_functions(folder):
    """The module `aiv1` that a decoder in Python calls its functions in C by."""
    parts = {}
    for name in ("common.py", "decoder.py"):
        if os.path.exists(os.path.join(HERE, name)):
            with open(os.path.join(HERE, name), encoding="utf-8") as file:
                parts[name] = file.read()
    if not any("C_SOURCE" in text for text in parts.values()):
        return
    import aiv1_c

    source, library = os.path.join(folder, "functions.c"), os.path.join(folder, "functions.so")
    with open(source, "w", encoding="utf-8") as file:
        file.write(aiv1_c.source_of(parts))
    compile_c(["-std=c11", "-shared", "-fPIC", source], library)
    module = sys.modules["aiv1"] = types.ModuleType("aiv1")
    module.c = aiv1_c.Functions(library)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(os.path.join(HERE, "result.json"), encoding="utf-8") as file:
        contract = json.load(file)["contract"]
    if contract != "native":
        sys.exit("this codec is called by the contract '" + contract + "': use 'aiv1 verify'")
    if not os.path.exists(os.path.join(HERE, "decoder.py")):
        decode_in_c(*sys.argv[1:])
    sys.path.insert(0, HERE)
    with tempfile.TemporaryDirectory() as folder:
        offer_functions(folder)
        decode_in_python(*sys.argv[1:])


def decode_in_python(source, target):
    import decoder
    import numpy as np

    with open(source, "rb") as file:
        bitstream = file.read()
    with open(target, "wb") as out:
        for planes in frames_of(decoder.decode(bitstream)):
            for plane in planes:
                out.write(np.ascontiguousarray(plane).tobytes())


if __name__ == "__main__":
    main()
