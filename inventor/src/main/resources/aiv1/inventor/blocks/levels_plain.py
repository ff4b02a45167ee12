#: common
def code_levels(io, grid, kind, plane, hint, levels=None):
    """All coefficients of one plane, frequency by frequency, as two bytes in separate streams."""
    if levels is not None:
        levels = np.moveaxis(levels.astype(np.int16), 2, 0).ravel().view(np.uint16)
    low = io.raw(("low", kind), grid[0] * grid[1] * 64, None if levels is None else levels & 255)
    high = io.raw(("high", kind), grid[0] * grid[1] * 64, None if levels is None else levels >> 8)
    both = (low.astype(np.uint16) | high.astype(np.uint16) << 8).view(np.int16).astype(int)
    return np.moveaxis(both.reshape(64, *grid), 0, 2)
