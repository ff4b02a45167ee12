from common import HEADER, unpacked


def decode(bitstream):
    width, height, frame_count, quality = HEADER.unpack_from(bitstream)
    at = HEADER.size
    for _ in range(frame_count):
        frame = []
        for rows, columns in ((height, width), (height // 2, width // 2), (height // 2, width // 2)):
            size = rows * columns // 2
            frame.append(unpacked(bitstream[at : at + size], rows, columns))
            at += size
        yield tuple(frame)
