#: common
def code_levels(io, grid, kind, plane, hint, levels=None):
    """Codes a grid of groups of 64 coefficients, frequency band by frequency band over the whole plane.

    The contexts of a coefficient are therefore: lower frequencies of its own block, lower frequencies of the blocks
    on all four sides, and the same place in the frame coded before. A hint says that the plane before is alike."""
    rows, columns = grid
    shape = rows + 2, columns + 2
    board, empty = (np.zeros((100, *shape), np.uint8) for _ in range(2))
    before = io.memory.get((plane, kind[0] > 0), empty)
    other = empty if hint is None else io.memory[plane - 1, kind[0] > 0]
    io.memory[plane, kind[0] > 0] = board
    if kind not in io.models:
        io.models[kind] = np.zeros(c.size_of_models(), np.uint8)
    out = np.zeros((*shape, 64), np.int32)
    most = 0
    if levels is not None:
        out[1:-1, 1:-1] = levels
        most = int(np.abs(out).sum() + out.size) // 21 + 1  # a level of size n takes at most 2 (n + 1) bits, a number has 42
    blocks, items = np.zeros((*shape, 4), np.int32), np.empty((15 * rows * columns, 10), np.int32)
    c.code_levels(*io.numbers("large", 1, most), levels is None, rows, columns, io.models[kind], before, other, board, out, blocks, items)
    return out[1:-1, 1:-1]
