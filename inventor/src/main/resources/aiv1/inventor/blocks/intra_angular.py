#: common
from aiv1 import c


def mode_matrix(size):
    """One matrix per mode that takes a border to its block: size samples to the left from below upwards, the corner,
    then 2 * size above. Entries are multiples of 1/32, so that predictions are exact."""
    y, x = (part.ravel() for part in np.mgrid[0:size, 0:size])
    rows = np.arange(size * size)
    border = 3 * size + 1
    flat, planar = np.zeros((2, size * size, border))
    flat[:, :size] = flat[:, size + 1 : 2 * size + 1] = 0.5 / size
    for at, part in ((size - 1 - y, size - 1 - x), (np.full(size * size, 2 * size), x + 1), (size + 1 + x, size - 1 - y), (0 * y, y + 1)):
        planar[rows, at] += part / (2 * size)
    modes = [flat, planar]
    for angle in np.arange(ANGLES) * (np.pi * 1.0 / ANGLES) - np.pi / 4 + np.pi / ANGLES:
        # from 45 degrees above to the right, by vertical, to 45 degrees below to the left
        dy, dx = np.cos(angle), -np.sin(angle)
        across = x + dx * (y + 1) / dy if dy > 1e-9 else np.full(y.size, -2.0)
        down = y - dy * (x + 1) / -dx if dx < -1e-9 else y
        place = np.where(across >= -1, size + 1 + across, size - 1 - down)
        place = np.clip(place, 0, border - 1)
        low = np.minimum(np.floor(place).astype(int), border - 2)
        share = np.round((place - low) * 32) / 32
        one = np.zeros((size * size, border))
        one[rows, low] = 1 - share
        one[rows, low + 1] += share
        modes.append(one)
    return np.round(np.stack(modes) * 32).swapaxes(1, 2).copy() / 32


MODES = {size: mode_matrix(size) for size in (8, 16)}


def blocks_in_order(shape, sizes, unit):
    """Rows of y, x, size and how many samples above are decoded before: macroblocks, whole or in four."""
    blocks = []
    for y in range(0, shape[0], unit):
        for x in range(0, shape[1], unit):
            if unit == 8 or sizes[y // 16, x // 16]:
                blocks.append((y, x, unit, 2 * unit))
            else:
                blocks += [(y, x, 8, 16), (y, x + 8, 8, 16), (y + 8, x, 8, 16), (y + 8, x + 8, 8, 8)]
    return np.array(blocks)


def rebuild(blocks, modes, small, large, residual):
    """A plane, block by block: prediction and residual."""
    height, width = residual.shape
    canvas = np.full((height + 1, width + 17), 128.0)
    c.rebuild(blocks, len(blocks), modes, small, large, residual, width, canvas)
    return canvas[1:, 1 : width + 1].astype(np.uint8)


def code_modes(io, modes, sizes, shape, name):
    """Directions of 8x8 blocks, each first as 'that of the left' or 'that above'; one for all four where a size says so."""
    rows, columns = shape[0] // 8, shape[1] // 8
    found = np.zeros((rows + 1, columns + 1), int)
    if modes is not None:
        found[1:, 1:] = modes
    wide = np.zeros_like(found) if sizes is None else sizes
    c.code_modes(*io.numbers(name, 38, 7 * rows * columns), modes is None, rows, columns, wide, found)
    return found[1:, 1:].copy()


def code_intra(io, shape, steps, plan):
    """Key frames predicted from decoded neighbours in many directions; chroma shares one direction for both planes."""
    half = shape[0] // 2, shape[1] // 2
    drawn = None if plan is None else plan.draw(steps)
    sizes = code_sizes(io, shape, drawn and drawn[0][0])
    planes, grids = [], []
    for number, (area, many) in enumerate(((shape, 1), (half, 2))):
        wide = sizes if sizes is not None and number == 0 else np.zeros((shape[0] // 16, shape[1] // 16), int) if number == 0 else None
        modes = code_modes(io, drawn and drawn[number][1], wide, area, "mode%d" % number)
        grid = area[0] // 8, area[1] // 8
        levels = []
        for plane in range(many):
            hint = levels[0] if plane else None
            levels.append(code_levels(io, grid, (0, number), number + plane, hint, drawn and drawn[number][2][plane]))
            residual = inverse(levels[-1] * (steps[number] * WEIGHTS), wide)
            planes.append(rebuild(blocks_in_order(area, wide, 8 * (3 - many)), modes, MODES[8], MODES[16], residual))
    return loop_filter(planes, steps)


#: encoder
def border_of(canvas, y, x, size, reach):
    """The decoded samples around blocks at y, x; above they reach a given number of samples to the right."""
    left = canvas[:, y[:, None] + np.arange(size - 1, -1, -1), x[:, None] - 1]
    above = canvas[:, y[:, None] - 1, x[:, None] + np.minimum(np.arange(-1, 2 * size), reach - 1)]
    return np.concatenate([left, above], axis=2)


def best_modes(planes, size, step):
    """For each block the mode that leaves least, judged on source samples: modes and costs."""
    border = np.pad(np.stack(planes), ((0, 0), (1, 0), (1, size)), "edge")
    height, width = planes[0].shape
    y, x = (part.ravel() * size + 1 for part in np.mgrid[0 : height // size, 0 : width // size])
    around = border_of(border, y, x, size, 2 * size)
    blocks = np.stack([cut(plane, size).reshape(-1, size * size) for plane in planes])
    costs = np.empty((ANGLES + 2, len(y)))
    for mode in range(ANGLES + 2):
        missed = blocks - around @ MODES[size][mode]
        costs[mode] = np.log2(1 + (missed @ MATRIX[size] / step) ** 2).sum((0, 2)) + (2 if mode < 2 else 4)
    rows = height // size
    return costs.argmin(0).reshape(rows, -1), costs.min(0).reshape(rows, -1)


def draw_plane(source, blocks, modes, small, large, small_basis, large_basis, step):
    """The levels of a plane, each block predicted from what the decoder will have."""
    height, width = source.shape
    canvas = np.full((height + 1, width + 17), 128.0)
    levels = np.zeros((height // 8, width // 8, 64), int)
    c.draw_plane(source, blocks, len(blocks), modes, small, large, small_basis, large_basis, step, width, canvas, levels)
    return levels


def draw(self, steps):
    """Chooses sizes and modes, then codes the frame as the decoder will see it: per component sizes, modes, levels."""
    result = []
    for number, planes in enumerate((self.source[:1], self.source[1:])):
        modes, cost = best_modes(planes, 8, steps[number])
        sizes = None
        shape = planes[0].shape
        if number == 0:
            sizes = np.zeros((shape[0] // 16, shape[1] // 16), int)
            if 16 in MATRIX:
                large, price = best_modes(planes, 16, steps[0])
                sizes = (price < block_sum(cost)).astype(int)
                spread = np.ones((2, 2), int)
                modes = np.where(np.kron(sizes, spread) > 0, np.kron(large, spread), modes)
        blocks = blocks_in_order(shape, sizes, 8 if number else 16)
        bases = MATRIX[8], MATRIX[max(MATRIX)]
        levels = [draw_plane(plane, blocks, modes, MODES[8], MODES[16], *bases, steps[number] * WEIGHTS) for plane in planes]
        result.append((sizes, modes, levels))
    return result


def block_sum(costs):
    rows, columns = costs.shape[0] // 2, costs.shape[1] // 2
    return costs.reshape(rows, 2, columns, 2).sum((1, 3))


Plan.draw = draw
