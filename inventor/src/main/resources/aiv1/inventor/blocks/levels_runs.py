#: common
END = 64  # stands where a run would: nothing but zeros follows in this block


def code_levels(io, grid, kind, plane, hint, levels=None):
    """Block by block in scan order: how many zeros come before each level, the level in two bytes, END after the last."""
    blocks = grid[0] * grid[1]
    runs = low = high = None
    if levels is not None:
        block, place = np.nonzero(levels.reshape(blocks, 64))
        values = levels.reshape(blocks, 64)[block, place].astype(np.int16).view(np.uint16)
        before = np.where(np.diff(block, prepend=-1) > 0, -1, np.concatenate([[-1], place[:-1]]))
        ends = np.searchsorted(block, np.arange(blocks), "right")
        runs, low, high = np.insert(place - before - 1, ends, END), values & 255, values >> 8
    count = sum(
        byte << 8 * at
        for at, byte in enumerate(io.raw(("count",), 4, None if runs is None else runs.size >> np.array([0, 8, 16, 24]) & 255).tolist())
    )
    runs = io.raw(("run", kind), count, runs).astype(int)
    low = io.raw(("low", kind), count - blocks, low)
    high = io.raw(("high", kind), count - blocks, high)
    out = np.zeros((blocks, 64), int)
    ended = runs == END
    passed = np.cumsum(np.where(ended, 0, runs + 1))  # places passed so far, over all blocks
    block = np.cumsum(ended) - ended
    at_end = np.concatenate([[0], passed[ended]])
    place = passed - at_end[block] - 1
    out[block[~ended], place[~ended]] = (low.astype(np.uint16) | high.astype(np.uint16) << 8).view(np.int16)
    return out.reshape(*grid, 64)
