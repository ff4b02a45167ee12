"""What encoder and decoder of still-dct share."""
import numpy as np

STEPS = (60, 36, 22, 13, 8)  # quantiser step of each quality level

_k = np.arange(8)
BASIS = np.sqrt(2 / 8) * np.cos(np.pi * (2 * _k[None, :] + 1) * _k[:, None] / 16)
BASIS[0] /= np.sqrt(2)


def blocks_of(plane):
    """(H, W) to (count, 8, 8), the edges repeated where a block hangs over."""
    h, w = plane.shape
    padded = np.pad(plane, ((0, -h % 8), (0, -w % 8)), mode="edge")
    rows, columns = padded.shape[0] // 8, padded.shape[1] // 8
    return padded.reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 8, 8)


def plane_of(blocks, h, w):
    """The inverse of blocks_of, as uint8."""
    rows, columns = -(-h // 8), -(-w // 8)
    plane = blocks.reshape(rows, columns, 8, 8).swapaxes(1, 2).reshape(rows * 8, columns * 8)
    return np.clip(np.rint(plane[:h, :w]), 0, 255).astype(np.uint8)
