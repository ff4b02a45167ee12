from common import HEADER, packed


def encode(clip, quality):
    header = HEADER.pack(clip.width, clip.height, clip.frame_count, quality)
    return header + b"".join(packed(plane) for frame in clip for plane in frame)
