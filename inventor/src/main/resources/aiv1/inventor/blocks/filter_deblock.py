#: common
def loop_filter(planes, steps):
    """Smooths the edges of the 8x8 grid where the jump is small enough to come from quantisation."""
    result = []
    for plane, step in zip(planes, steps):
        out = plane.astype(np.int32)
        for axis in (0, 1):
            part = np.moveaxis(out, axis, 0)
            edge = np.arange(8, part.shape[0], 8)
            a, b, c, d = (part[edge + at] for at in (-2, -1, 0, 1))
            flat = (np.abs(c - b) < DEBLOCK * step) & (np.abs(b - a) < DEBLOCK * step / 2) & (np.abs(d - c) < DEBLOCK * step / 2)
            limit = 1 + int(DEBLOCK * step / 4)
            change = np.where(flat, np.clip((4 * (c - b) + a - d + 4) >> 3, -limit, limit), 0)
            part[edge - 1], part[edge] = b + change, c - change
        result.append(np.clip(out, 0, 255).astype(np.uint8))
    return result
