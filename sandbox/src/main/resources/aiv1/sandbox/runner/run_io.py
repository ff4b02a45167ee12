"""Reading from a descriptor in whole pieces."""
import os


def read_exactly(fd: int, size: int) -> bytes:
    buffer = bytearray(size)
    view, done = memoryview(buffer), 0
    while done < size:
        piece = os.read(fd, min(size - done, 1 << 20))
        if not piece:
            raise EOFError("the lab closed the clip early")
        view[done : done + len(piece)] = piece
        done += len(piece)
    return bytes(buffer)
