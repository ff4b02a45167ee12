"""The parts of JPEG (ITU-T T.81) that both sides need: colour, blocks, DCT, the luminance quantiser of its Annex K."""
import numpy as np

QUANTISER = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ]
)
_k = np.arange(8)
BASIS = np.sqrt(2 / 8) * np.cos(np.pi * (2 * _k[None, :] + 1) * _k[:, None] / 16)
BASIS[0] /= np.sqrt(2)


def scale_of(quality):
    return (3.2, 1.8, 1.0, 0.55, 0.3)[quality]


def ycc_of_bgr(frame):
    b, g, r = (frame[..., i].astype(np.float64) for i in range(3))
    y = 0.299 * r + 0.587 * g + 0.114 * b
    halved = [
        (c[0::2, 0::2] + c[1::2, 0::2] + c[0::2, 1::2] + c[1::2, 1::2]) / 4
        for c in (128 + (b - y) / 1.772, 128 + (r - y) / 1.402)
    ]
    return [y, *halved]


def bgr_of_ycc(y, cb, cr):
    cb, cr = (c.repeat(2, 0).repeat(2, 1) - 128 for c in (cb, cr))
    r, b = y + 1.402 * cr, y + 1.772 * cb
    g = (y - 0.299 * r - 0.114 * b) / 0.587
    return np.clip(np.rint(np.stack([b, g, r], -1)), 0, 255).astype(np.uint8)


def blocks_of(plane):
    h, w = plane.shape
    padded = np.pad(plane, ((0, -h % 8), (0, -w % 8)), mode="edge")
    rows, columns = padded.shape[0] // 8, padded.shape[1] // 8
    return padded.reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 8, 8)


def plane_of(blocks, h, w):
    rows, columns = -(-h // 8), -(-w // 8)
    return blocks.reshape(rows, columns, 8, 8).swapaxes(1, 2).reshape(rows * 8, columns * 8)[:h, :w]
