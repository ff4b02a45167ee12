#: common
GROUPS = [[0], [1, 2], [3, 4, 5], [6, 7, 8, 9], list(range(10, 15)), list(range(15, 21)), list(range(21, 28)), list(range(28, 36)), list(range(36, 49)), list(range(49, 64))]
STOPS = 0, 1, 2, 3, 4, 6, 8  # before these groups a block says whether anything follows
UNARY = 14  # larger magnitudes continue with an exponential-Golomb code
CLASS = np.array([0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6] + [7] * 1000)


def classes(values):
    return CLASS.take(values, mode="clip")


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
    size = np.zeros((100, total), np.int32)  # magnitudes on a 10 x 10 board with an empty border, so that every place has neighbours
    out = np.zeros((total, 64), np.int32)
    wanted = None
    if levels is not None:
        wanted = np.zeros((total, 64), np.int32)
        wanted[inside] = levels.reshape(-1, 64)
    before = io.memory.get((plane, kind[0] > 0), np.zeros((64, total), np.int32))
    other = np.zeros((64, total), np.int32)
    if hint is not None:
        other[:, inside] = np.abs(hint.reshape(-1, 64).T)
    place = np.array([(at // 8 + 2) * 10 + at % 8 + 2 for at in SCAN])
    energy = np.zeros(total, np.int32)
    alive = np.zeros(total, np.int32)
    alive[inside] = 1
    around = -width, width, -1, 1
    past = before.sum(0)
    busy = other.sum(0)
    for number, group in enumerate(GROUPS):
        if number in STOPS:
            code_stops(io, kind, number, group, inside, phase, around, alive, energy, past, busy, wanted, before)
        active = np.flatnonzero(alive)
        if not active.size:
            break
        at = place[group]
        near = size[at - 1] + size[at - 10]
        far = size[at - 11] + size[at - 2] + size[at - 20]
        sides = sum(near[:, active + step] for step in around)
        near, far = near[:, active], far[:, active]
        own, beside = energy[active], sum(energy[active + step] for step in around)
        old = 2 * before[group][:, active] + sum(before[group][:, active + step] for step in around) // 2
        hints = 2 * other[group][:, active] + classes(busy[active])
        contexts = coefficient_contexts(number, np.array(group)[:, None], near, far, sides, own, beside, old, hints)
        goal = None if wanted is None else wanted[active][:, group].T.ravel()
        found = code_values(io, kind, contexts, goal)
        found = found.reshape(len(group), -1)
        out[active[:, None], group] = found.T
        size[at[:, None], active] = np.abs(found)
        energy[active] += np.minimum(np.abs(found), 15).sum(0)
    io.memory[plane, kind[0] > 0] = np.abs(out.T)
    return out[inside].reshape(rows, columns, 64)


def code_stops(io, kind, number, group, inside, phase, around, alive, energy, past, busy, wanted, before):
    """For each live block: is there anything at or after this group? In four passes of a 2x2 raster, so that late ones
    see all their neighbours."""
    rest = before[group[0]:].sum(0)
    known = np.zeros_like(alive)
    own, spread = classes(energy), energy
    for turn in range(4):
        chosen = inside[(phase == turn) & (alive[inside] > 0)]
        if not chosen.size:
            continue
        votes = sum(known[chosen + step] for step in around)
        beside = classes(sum(spread[chosen + step] for step in around))
        corners = sum(known[chosen + step + side] for step in around[:2] for side in around[2:])
        old = classes(rest[chosen] * 2)
        olds = classes(sum(rest[chosen + step] for step in around))
        turns = min(turn, 2) + 3 * number
        contexts = np.stack([
            (turns * 5 + votes) * 5 + corners,
            (turns * 8 + own[chosen]) * 8 + beside,
            (turns * 8 + old) * 8 + olds,
            ((turns * 5 + votes) * 8 + own[chosen]) * 8 + old,
            ((turns * 8 + classes(busy[chosen])) * 8 + own[chosen]) * 5 + votes,
        ])
        bits = None if wanted is None else (wanted[chosen, group[0]:] != 0).any(1).astype(int)
        bits = io.model(("stop", kind), (1024, 2048, 2048, 16384, 16384)).code(io, contexts, bits)
        alive[chosen] = bits
        known[chosen] = bits


def coefficient_contexts(number, where, near, far, sides, own, beside, old, hints):
    one, two, three, four = classes(near), classes(far), classes(sides), classes(old)
    five, six, wide = classes(own // 2), classes(beside // 4), classes(near * 2 + far + sides // 2)
    return np.stack([part.ravel() for part in (
        (where * 8 + one) * 8 + two,
        (where * 8 + three) * 8 + classes(near + far),
        (where * 8 + four) * 8 + six,
        ((number * 8 + wide) * 8 + five) * 8 + six,
        ((number * 8 + wide) * 8 + four) * 8 + three,
        ((number * 8 + wide) * 8 + classes(hints)) * 8 + two + np.zeros_like(hints),
    )])


SIGNIFICANT_SIZES = (4096, 4096, 4096, 8192, 8192, 8192)


def code_values(io, kind, contexts, goal):
    """Zero or not, then more or not up to UNARY, then the rest, then signs."""
    model = io.model(("zero", kind), SIGNIFICANT_SIZES)
    bits = model.code(io, contexts, None if goal is None else (goal != 0).astype(int))
    left = np.flatnonzero(bits)
    found = bits.astype(int)
    for count in range(1, UNARY):
        if not left.size:
            break
        model = io.model(("more", kind, min(count, 3)), SIGNIFICANT_SIZES if count < 3 else SIGNIFICANT_SIZES)
        more = model.code(io, contexts[:, left], None if goal is None else (np.abs(goal[left]) > count).astype(int))
        left = left[more > 0]
        found[left] += 1
    if left.size:
        for at in left.tolist():
            found[at] += abs(io.number("large", None if goal is None else int(abs(goal[at])) - UNARY))
    nonzero = np.flatnonzero(found)
    signs = io.many(np.full(nonzero.size, 32768), None if goal is None else (goal[nonzero] < 0).astype(int))
    found[nonzero] *= 1 - 2 * signs
    return found
