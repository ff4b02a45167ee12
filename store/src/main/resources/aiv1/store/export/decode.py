"""Decodes one bitstream of experiment %1$s: python3 decode.py IN.bin OUT.yuv

Writes planar 4:2:0, 8 bit: Y, U, V of each frame, frames in order. Needs python and numpy, or a C compiler for a decoder in C; runs the decoder without a sandbox.
"""
import json
import os
import subprocess
import sys
import tempfile

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
        compiler = [os.environ.get("CC", "cc"), "-O2", "-ffp-contract=off", "-I", HERE, *sources, "-lm", "-o", program]
        status = subprocess.run(compiler).returncode
        sys.exit(status or subprocess.run([program, bitstream, video, *size_of(bitstream)]).returncode)


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
    import decoder
    import numpy as np

    with open(sys.argv[1], "rb") as file:
        bitstream = file.read()
    with open(sys.argv[2], "wb") as out:
        for planes in frames_of(decoder.decode(bitstream)):
            for plane in planes:
                out.write(np.ascontiguousarray(plane).tobytes())


if __name__ == "__main__":
    main()
