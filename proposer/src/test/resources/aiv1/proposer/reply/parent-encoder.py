import struct
import zlib


def encode(clip, quality):
    head = struct.pack("<HHHB", clip.width, clip.height, clip.frame_count, quality)
    return head + zlib.compress(clip.y.tobytes() + clip.u.tobytes() + clip.v.tobytes(), 9)
