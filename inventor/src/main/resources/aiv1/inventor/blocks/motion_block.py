#: common
MARGIN = 32  # samples around a reference picture that vectors may reach
TAPS = {0: [0, 0, 0, 64, 0, 0, 0, 0], 1: [-1, 4, -10, 58, 17, -5, 1, 0], 2: [-1, 4, -11, 40, 40, -11, 4, -1]}
TAPS[3] = TAPS[1][::-1]  # quarter-sample interpolation of HEVC, in 1/64


class Picture:
    """A decoded frame that others are predicted from, interpolated when first needed."""

    def __init__(self, planes):
        self.planes, self.phases = planes, None

    def interpolated(self):
        if self.phases is None:
            luma = np.pad(self.planes[0], MARGIN + 4, "edge").astype(np.float32)
            height, width = luma.shape[0] - 8, luma.shape[1] - 8
            phases = np.empty((PEL, PEL, height, width), np.uint8)
            for fx in range(PEL):
                rows = sum(tap * luma[:, 1 + i : 1 + i + width] for i, tap in enumerate(TAPS[fx * 4 // PEL]) if tap)
                for fy in range(PEL):
                    both = sum(tap * rows[1 + i : 1 + i + height] for i, tap in enumerate(TAPS[fy * 4 // PEL]) if tap)
                    phases[fy, fx] = np.clip((both + 2048) // 4096, 0, 255)
            self.phases = phases
            self.chroma = [np.pad(plane, MARGIN // 2 + 1, "edge").astype(np.int32) for plane in self.planes[1:]]
        return self.phases


def luma_patches(picture, y, x, vectors, size):
    """The samples that vectors (in 1/PEL) point at from blocks of a size at y, x: (blocks, size * size)."""
    phases = picture.interpolated()
    height, width = phases.shape[2:]
    row = np.clip(y + MARGIN + vectors[:, 0] // PEL, 0, height - size)
    column = np.clip(x + MARGIN + vectors[:, 1] // PEL, 0, width - size)
    start = ((vectors[:, 0] % PEL * PEL + vectors[:, 1] % PEL) * height + row) * width + column
    inside = (np.arange(size)[:, None] * width + np.arange(size)).ravel()
    return phases.ravel().take(start[:, None] + inside)


def chroma_patches(picture, number, y, x, vectors, size):
    """The same in a chroma plane of half the resolution, bilinear."""
    plane = picture.chroma[number]
    height, width = plane.shape
    unit = 2 * PEL
    row = np.clip(y + MARGIN // 2 + 1 + vectors[:, 0] // unit, 0, height - size - 1)
    column = np.clip(x + MARGIN // 2 + 1 + vectors[:, 1] // unit, 0, width - size - 1)
    inside = (np.arange(size)[:, None] * width + np.arange(size)).ravel()
    at = (row * width + column)[:, None] + inside
    flat, down, right = plane.ravel(), (vectors[:, 0] % unit)[:, None], (vectors[:, 1] % unit)[:, None]
    above = flat.take(at) * (unit - right) + flat.take(at + 1) * right
    below = flat.take(at + width) * (unit - right) + flat.take(at + width + 1) * right
    return (above * (unit - down) + below * down + unit * unit // 2) // (unit * unit)


def predict(refs, field):
    """The prediction of all three planes; field holds for each 8x8 block a direction (0 first, 1 second reference,
    2 their mean) and a vector into each reference."""
    direction, vectors = field
    rows, columns = direction.shape
    y, x = (part.ravel() * 8 for part in np.mgrid[0:rows, 0:columns])
    planes = []
    for plane in range(3):
        scale = 2 if plane else 1
        total, weight = 0, 0
        for number, picture in enumerate(refs):
            used = direction.ravel() != 1 - number
            patches = np.zeros((y.size, REACH // scale * (REACH // scale)), np.int32)
            where = y[used] // scale - OUTSIDE // scale, x[used] // scale - OUTSIDE // scale, vectors[number].reshape(-1, 2)[used], REACH // scale
            picture.interpolated()
            patches[used] = chroma_patches(picture, plane - 1, *where) if plane else luma_patches(picture, *where)
            total, weight = total + patches, weight + used
        mean = (total + weight[:, None] // 2) // weight[:, None]
        planes.append(blend(mean.reshape(rows, columns, REACH // scale, REACH // scale), 8 // scale))
    return planes


def median3(a, b, c):
    return a + b + c - min(a, b, c) - max(a, b, c)


def code_field(io, shape, count, field):
    """Codes directions and vectors, macroblock by macroblock, whole or in four, each against its neighbours."""
    rows, columns = shape[0] // 8, shape[1] // 8
    reading = field is None
    given = None if reading else [field[0].tolist(), field[1].tolist()]
    direction = [[0] * (columns + 3) for _ in range(rows + 1)]
    vectors = [[[(0, 0)] * (columns + 3) for _ in range(rows + 1)] for _ in range(count)]
    moved = [[0] * (columns + 3) for _ in range(rows + 1)]
    for top in range(0, rows, 2):
        for start in range(0, columns, 2):
            split = None
            if not reading:
                cells = [(given[0][y][x], [v[y][x] for v in given[1]]) for y in (top, top + 1) for x in (start, start + 1)]
                split = int(any(cell != cells[0] for cell in cells))
            split = io.number(("split", moved[top][start + 1] + moved[top + 1][start]), split, 1)
            for y, x, size in [(top + i, start + j, 1) for i in (0, 1) for j in (0, 1)] if split else [(top, start, 2)]:
                corner = x if size == 1 and y & 1 and x & 1 else x + 1 + size  # what lies to the right comes later
                near = [(v[y + 1][x], v[y][x + 1], v[y][corner]) for v in vectors]
                guesses = [tuple(median3(a[i], b[i], c[i]) for i in (0, 1)) for a, b, c in near]
                usual = direction[y + 1][x] if x else direction[y][x + 1]
                way = None if reading else given[0][y][x]
                calm = moved[y + 1][x] + moved[y][x + 1]
                merged = None if reading else int(way == usual and all(given[1][n][y][x] == list(guesses[n]) for n in range(count) if way != 1 - n))
                merged = io.number(("merged", calm, size), merged, 1)
                if merged:
                    way = usual
                elif count == 2:
                    way = io.number(("way", direction[y][x + 1], direction[y + 1][x]), way, 2)
                way = way or 0
                for number, guess in enumerate(guesses):
                    if way != 1 - number and not merged:
                        delta = [None if reading else given[1][number][y][x][i] - guess[i] for i in (0, 1)]
                        down = io.number(("down", size), delta[0])
                        right = io.number(("right", min(2, abs(down))), delta[1])
                        guesses[number] = guess[0] + down, guess[1] + right
                for i in range(y + 1, y + 1 + size):
                    for j in range(x + 1, x + 1 + size):
                        direction[i][j], moved[i][j] = way, 1 - merged
                        for number in range(count):
                            vectors[number][i][j] = guesses[number]
    inner = slice(1, columns + 1)
    return (
        np.array([line[inner] for line in direction[1:]]),
        np.array([[line[inner] for line in near[1:]] for near in vectors]),
    )


#: encoder
def block_sums(values, size):
    rows, columns = values.shape[0] // size, values.shape[1] // size
    return values.reshape(rows, size, columns, size).sum((1, 3))


def full_search(source, picture):
    """Whole-sample vectors of 8x8 blocks by exhaustive search at half resolution."""
    small = [block_sums(plane.astype(np.int32), 2).astype(np.int16) for plane in (source, picture.planes[0])]
    reach = RANGE // 2
    wide = np.pad(small[1], reach, "edge")
    height, width = small[0].shape
    best, vector = None, None
    for dy, dx in sorted(((y, x) for y in range(-reach, reach + 1) for x in range(-reach, reach + 1)), key=lambda v: (v[0] ** 2 + v[1] ** 2, v)):
        away = np.abs(small[0] - wide[reach + dy : reach + dy + height, reach + dx : reach + dx + width])
        fine = block_sums(away, 4) + 2.0 * (abs(dy) + abs(dx))
        # a block is judged with its neighbours, which keeps the field smooth
        cost = fine
        if best is None:
            best, vector = cost, np.zeros(cost.shape + (2,), int)
        else:
            better = cost < best
            best[better] = cost[better]
            vector[better] = 2 * dy, 2 * dx
    return vector * PEL


def energy(missed):
    """The sum of squares of each row."""
    exact = missed.astype(np.float32)
    return np.einsum("ij,ij->i", exact, exact)


def rate_of(vectors, guess):
    """Estimated bits for the difference from a guess."""
    away = np.abs(vectors - guess)
    return (np.where(away > 0, 2.5, 0.5) + 2 * np.log2(1 + away)).sum(-1)


def guess_of(vectors, size):
    """What the decoder will expect: the median of the blocks to the left, above, and above to the right."""
    wide = np.pad(vectors, ((1, 0), (1, 1), (0, 0)))
    corner = wide[:-1, 2:].copy()
    if size == 8:
        corner[1::2, 1::2] = wide[1:-1:2, 1:-2:2]
    return np.median(np.stack([wide[1:, :-2], wide[:-1, 1:-1], corner]), axis=0).astype(int)


def refine(picture, blocks, size, vectors, price):
    """Improves vectors, twice: by those of the neighbours, then by small steps down to 1/PEL."""
    rows, columns = vectors.shape[:2]
    y, x = (part.ravel() * size for part in np.mgrid[0:rows, 0:columns])
    for stride in (PEL if size > 8 else max(1, PEL // 2), 1):
        guess = guess_of(vectors, size).reshape(-1, 2)

        def cost_of(trial):
            return energy(luma_patches(picture, y, x, trial, size) - blocks) + price * rate_of(trial, guess)

        now = vectors.reshape(-1, 2).copy()
        cost = cost_of(now)

        def attempt(trial):
            new = cost_of(trial)
            better = new < cost
            now[better], cost[better] = trial[better], new[better]

        wide = np.pad(vectors, ((1, 1), (1, 1), (0, 0)), "edge")
        near = wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]
        for trial in (guess, np.zeros_like(now), *(part.reshape(-1, 2) for part in near)):
            attempt(trial)
        while stride:
            centre = now.copy()
            for dy in (-stride, 0, stride):
                for dx in (-stride, 0, stride):
                    if dy or dx:
                        attempt(centre + (dy, dx))
            stride //= 2
        vectors = now.reshape(rows, columns, 2)
    return vectors, cost.reshape(rows, columns)


def settle(refs, blocks, size, direction, vectors, cost, price):
    """Lets blocks join their neighbours' motion where that is cheaper than a motion of their own."""
    rows, columns = direction.shape
    y, x = (part.ravel() * size for part in np.mgrid[0:rows, 0:columns])
    parity = np.indices((rows, columns)).sum(0) % 2
    for turn in range(4):
        usual = np.pad(direction, ((0, 0), (1, 0)))[:, :-1]
        usual[1:, 0] = direction[:-1, 0]
        guess = np.stack([guess_of(near, size) for near in vectors])
        views = [luma_patches(p, y, x, g.reshape(-1, 2), size).astype(int) for p, g in zip(refs, guess)]
        ways = usual.reshape(-1, 1)
        trial = views[0] if len(refs) == 1 else np.where(ways == 2, (views[0] + views[1] + 1) // 2, np.where(ways == 1, views[1], views[0]))
        joined = energy(trial - blocks).reshape(rows, columns) + 0.4 * price
        better = (joined < cost) & (parity == turn % 2)
        direction, cost = np.where(better, usual, direction), np.where(better, joined, cost)
        vectors = np.where(better[:, :, None], guess, vectors)
    return direction, vectors, cost


def search(source, refs, step):
    """Vectors and directions for all blocks, by squared differences and the price of their description."""
    luma = source[0].astype(np.int16)
    price = PRICE * step * step
    starts = [np.median(gather_cells(full_search(luma, picture)), axis=2).astype(int) // PEL * PEL for picture in refs]
    options = []
    for size in (16, 8):
        blocks = cut(luma, size).reshape(-1, size * size)
        found = [refine(picture, blocks, size, start, price) for picture, start in zip(refs, starts)]
        starts = [np.kron(vectors, np.ones((2, 2, 1), int)) for vectors, _ in found]
        costs = [cost + 2 * price for _, cost in found]
        if len(refs) == 2:
            rows, columns = found[0][1].shape
            y, x = (part.ravel() * size for part in np.mgrid[0:rows, 0:columns])
            both = sum(luma_patches(p, y, x, f[0].reshape(-1, 2), size).astype(int) for p, f in zip(refs, found))
            rates = 2 + sum(rate_of(f[0], guess_of(f[0], size)) for f in found)
            costs.append(energy((both + 1) // 2 - blocks).reshape(rows, columns) + price * rates)
        direction = np.argmin(costs, axis=0)
        vectors = np.stack([np.where((direction == 1 - n)[:, :, None], guess_of(f[0], size), f[0]) for n, f in enumerate(found)])
        options.append(settle(refs, blocks, size, direction, vectors, np.min(costs, axis=0), price))
    (way16, vectors16, cost16), (way8, vectors8, cost8) = options
    four = np.ones((2, 2), int)
    whole = np.kron(cost16 <= block_sums(cost8, 2) + 2 * price, four) > 0
    direction = np.where(whole, np.kron(way16, four), way8)
    vectors = [np.where(whole[:, :, None], np.kron(v16, four[:, :, None]), v8) for v16, v8 in zip(vectors16, vectors8)]
    return direction, np.stack(vectors)


def gather_cells(cells):
    """The four 8x8 cells of each macroblock: (rows, columns, 4, 2)."""
    rows, columns = cells.shape[0] // 2, cells.shape[1] // 2
    return cells.reshape(rows, 2, columns, 2, 2).swapaxes(1, 2).reshape(rows, columns, 4, 2)
