#: common
GROUPS = [[0], [1, 2], [3, 4, 5], [6, 7, 8, 9], list(range(10, 15)), list(range(15, 21)), list(range(21, 28)), list(range(28, 36)), list(range(36, 49)), list(range(49, 64))]
STOPS = 0, 1, 2, 3, 4, 6, 8  # before these groups a block says whether anything follows
PLACES = np.array([(at // 8 + 2) * 10 + at % 8 + 2 for at in SCAN])  # on a 10 x 10 board with an empty border
UNARY = 14  # larger magnitudes continue with an exponential-Golomb code


def code_levels(io, grid, kind, plane, hint, levels=None):
    """Codes a grid of groups of 64 coefficients, frequency band by frequency band over the whole plane.

    The contexts of a coefficient are therefore: lower frequencies of its own block, lower frequencies of the blocks
    on all four sides, and the same place in the frame coded before."""
    rows, columns = grid
    width = columns + 2
    inside = (np.arange(1, rows + 1)[:, None] * width + np.arange(1, columns + 1)).ravel()
    row, column = np.divmod(np.arange(rows * columns), columns)
    phase = np.array([0, 2, 3, 1])[row % 2 * 2 + column % 2]
    total = (rows + 2) * width
    size = np.zeros((100, total), np.int32)  # magnitudes by place on the board, so that every one has neighbours
    out = np.zeros((total, 64), np.int32)
    wanted = None
    if levels is not None:
        wanted = np.zeros((total, 64), np.int32)
        wanted[inside] = levels.reshape(-1, 64)
    before = io.memory.get((plane, kind[0] > 0), np.zeros((64, total), np.int32))
    other = np.zeros((64, total), np.int32)
    if hint is not None:
        other[:, inside] = np.abs(hint.reshape(-1, 64).T)
    energy = np.zeros(total, np.int32)
    alive = np.zeros(total, np.int32)
    alive[inside] = 1
    busy = other.sum(0)
    for number, group in enumerate(GROUPS):
        if number in STOPS:
            code_stops(io, kind, number, group, inside, phase, width, alive, energy, busy, wanted, before)
        active = np.flatnonzero(alive)
        if not active.size:
            break
        contexts = coefficient_contexts(number, np.array(group), active, width, size, energy, before, other, busy)
        goal = None if wanted is None else wanted[active][:, group].T.ravel()
        found = code_values(io, kind, contexts, goal)
        found = found.reshape(len(group), -1)
        out[active[:, None], group] = found.T
        size[PLACES[group][:, None], active] = np.abs(found)
        energy[active] += np.minimum(np.abs(found), 15).sum(0)
    io.memory[plane, kind[0] > 0] = np.abs(out.T).copy()
    return out[inside].reshape(rows, columns, 64)


def code_stops(io, kind, number, group, inside, phase, width, alive, energy, busy, wanted, before):
    """For each live block: is there anything at or after this group? In four passes of a 2x2 raster, so that late ones
    see all their neighbours."""
    rest = before[group[0]:].sum(0, dtype=np.int32)
    known = np.zeros_like(alive)
    for turn in range(4):
        chosen = inside[(phase == turn) & (alive[inside] > 0)]
        if not chosen.size:
            continue
        contexts = stop_contexts(min(turn, 2) + 3 * number, chosen, width, known, energy, rest, busy)
        bits = np.full(chosen.size, -1) if wanted is None else (wanted[chosen, group[0]:] != 0).any(1).astype(int)
        bits = io.model(("stop", kind), (1024, 2048, 2048, 16384, 16384)).code(io, contexts, bits)
        alive[chosen] = bits
        known[chosen] = bits


def stop_contexts(turns, cells, width, known, energy, rest, busy):
    contexts = np.empty((len(cells), 5), int)
    c.stop_contexts(turns, cells, len(cells), width, known, energy, rest, busy, contexts)
    return contexts


def coefficient_contexts(number, group, cells, width, size, energy, before, other, busy):
    contexts = np.empty((len(group) * len(cells), 6), int)
    c.coefficient_contexts(
        number, group, PLACES[group], len(group), cells, len(cells), width, energy.size, size, energy, before, other, busy, contexts
    )
    return contexts


SIGNIFICANT_SIZES = (4096, 4096, 4096, 8192, 8192, 8192)


def code_values(io, kind, contexts, goal):
    """Zero or not, then more or not up to UNARY, then the rest, then signs; goal is None when reading."""
    left = np.arange(len(contexts))
    found = np.zeros(len(contexts), int)
    for count in range(UNARY):
        if not left.size:
            break
        model = io.model(("more", kind, min(count, 3)), SIGNIFICANT_SIZES)
        bits = np.full(left.size, -1) if goal is None else (np.abs(goal[left]) > count).astype(int)
        left = left[model.code(io, contexts[left], bits) > 0]
        found[left] += 1
    for at in left.tolist():
        found[at] += abs(io.number("large", None if goal is None else int(abs(goal[at])) - UNARY))
    nonzero = np.flatnonzero(found)
    signs = io.many(np.full(nonzero.size, 32768), np.full(nonzero.size, -1) if goal is None else (goal[nonzero] < 0).astype(int))
    found[nonzero] *= 1 - 2 * signs
    return found
