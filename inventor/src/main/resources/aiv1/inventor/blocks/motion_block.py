#: common
from numba import njit

MARGIN = 24  # samples around a reference picture that vectors may reach; further out all is the same
TAPS = {0: [0, 0, 0, 64, 0, 0, 0, 0], 1: [-1, 4, -10, 58, 17, -5, 1, 0], 2: [-1, 4, -11, 40, 40, -11, 4, -1]}
TAPS[3] = TAPS[1][::-1]  # quarter-sample interpolation of HEVC, in 1/64
FILTERS = np.array([TAPS[at * 4 // PEL] for at in range(PEL)], np.float32) / 64


@njit("(uint8[:, ::1], float32[:, ::1])", cache=True)
def interpolate(plane, filters):
    """A plane at all fractions of a sample: (fractions down, fractions across, rows, columns)."""
    many, reach = filters.shape
    height, width = plane.shape[0] - reach + 1, plane.shape[1] - reach + 1
    phases = np.empty((many, many, height, width), np.uint8)
    for right in range(many):
        rows = np.zeros((plane.shape[0], width), np.float32)
        for y in range(plane.shape[0]):
            for i in range(reach):
                if filters[right, i]:
                    rows[y] += filters[right, i] * plane[y, i : i + width]
        for down in range(many):
            for y in range(height):
                line = np.full(width, np.float32(0.5), np.float32)
                for i in range(reach):
                    if filters[down, i]:
                        line += filters[down, i] * rows[y + i]
                for x in range(width):
                    phases[down, right, y, x] = np.uint8(min(max(line[x], np.float32(0)), np.float32(255)))
    return phases


class Picture:
    """A decoded frame that others are predicted from, interpolated when first needed."""

    def __init__(self, planes):
        self.planes, self.phases = planes, []

    def interpolated(self):
        """For each plane what there is of fractions of a sample; chroma has whole samples only."""
        if not self.phases:
            luma, *chroma = self.planes
            self.phases = [interpolate(np.pad(luma, (MARGIN + 3, MARGIN + 4), "edge"), FILTERS)]
            self.phases += [np.pad(plane, MARGIN, "edge")[None, None] for plane in chroma]
        return self.phases


@njit
def patch(phases, y, x, down, right, size, unit):
    """The square that a vector (in 1/unit) points at from y, x, bilinear between the fractions that there are."""
    row = min(max(y + MARGIN + down // unit, 0), phases.shape[2] - size - 1)
    column = min(max(x + MARGIN + right // unit, 0), phases.shape[3] - size - 1)
    step = unit // phases.shape[0]
    near = phases[down % unit // step, right % unit // step, row : row + size + 1, column : column + size + 1]
    down, right = down % step, right % step
    out = np.empty((size, size), np.int64)
    for i in range(size):
        for j in range(size):
            above = near[i, j] * (step - right) + near[i, j + 1] * right
            below = near[i + 1, j] * (step - right) + near[i + 1, j + 1] * right
            out[i, j] = (above * (step - down) + below * down + step * step // 2) // (step * step)
    return out


@njit("(uint8[:, :, :, ::1], uint8[:, :, :, ::1], int64[:, ::1], int64[:, :, :, ::1], int64[:, ::1], int64, int64)", cache=True)
def compensate(first, second, direction, vectors, window, size, unit):
    """A plane predicted in squares of a size, which fade into each other by a window that may be larger."""
    rows, columns = direction.shape
    reach, outside = len(window), (len(window) - size) // 2
    total = np.zeros((2, rows * size + 2 * outside, columns * size + 2 * outside), np.int64)
    for row in range(rows):
        for column in range(columns):
            y, x, way = row * size, column * size, direction[row, column]
            one, two = vectors[0, row, column], vectors[-1, row, column]
            if way == 1:
                one = two
            block = patch(second if way == 1 else first, y - outside, x - outside, one[0], one[1], reach, unit)
            other = patch(second, y - outside, x - outside, two[0], two[1], reach, unit) if way == 2 else block
            for i in range(reach):
                for j in range(reach):
                    total[0, y + i, x + j] += window[i, j] * ((block[i, j] + other[i, j] + 1) // 2)
                    total[1, y + i, x + j] += window[i, j]
    return total[:, outside : outside + rows * size, outside : outside + columns * size]


def predict(refs, field):
    """The prediction of all three planes; field holds for each 8x8 block a direction (0 first, 1 second reference,
    2 their mean) and a vector into each reference."""
    planes = []
    for plane, (first, second) in enumerate(zip(refs[0].interpolated(), refs[-1].interpolated())):
        total, weight = compensate(first, second, *field, HALF_WINDOW if plane else WINDOW, *((4, 2 * PEL) if plane else (8, PEL)))
        planes.append((total + weight // 2) // weight)
    return planes


def median3(a, b, c):
    return sorted((a, b, c))[1]


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
                guesses = [tuple(map(median3, v[y + 1][x], v[y][x + 1], v[y][corner])) for v in vectors]
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
RATES = np.where(np.arange(4096) > 0, 2.5, 0.5) + 2 * np.log2(1 + np.arange(4096))  # bits of a vector's component, estimated


def block_sums(values, size):
    rows, columns = values.shape[0] // size, values.shape[1] // size
    return values.reshape(rows, size, columns, size).sum((1, 3))


@njit("(int16[:, ::1], int16[:, ::1], int64[:, ::1])", cache=True)
def best_shifts(small, wide, shifts):
    """For each 4x4 block the shift into a wider plane that changes it least, short ones preferred."""
    reach = (wide.shape[0] - small.shape[0]) // 2
    best = np.zeros((small.shape[0] // 4, small.shape[1] // 4, 2), np.int64)
    for y in range(0, small.shape[0], 4):
        for x in range(0, small.shape[1], 4):
            cost = 1 << 30
            for dy, dx in shifts:
                away = 2 * (abs(dy) + abs(dx))
                for i in range(y, y + 4):
                    for j in range(x, x + 4):
                        away += abs(small[i, j] - wide[reach + dy + i, reach + dx + j])
                    if away >= cost:
                        break
                if away < cost:
                    cost = away
                    best[y // 4, x // 4] = dy, dx
    return best


def full_search(source, picture):
    """Whole-sample vectors of 8x8 blocks by exhaustive search at half resolution."""
    small = [block_sums(plane.astype(np.int32), 2).astype(np.int16) for plane in (source, picture.planes[0])]
    reach = RANGE // 2
    shifts = sorted(((y, x) for y in range(-reach, reach + 1) for x in range(-reach, reach + 1)), key=lambda v: (v[0] ** 2 + v[1] ** 2, v))
    return 2 * PEL * best_shifts(small[0], np.pad(small[1], reach, "edge"), np.array(shifts))


@njit("(int64[:, :, ::1], int64)", cache=True)
def guess_of(vectors, size):
    """What the decoder will expect: the median of the blocks to the left, above, and above to the right."""
    wide = np.zeros((vectors.shape[0] + 1, vectors.shape[1] + 2, 2), np.int64)
    wide[1:, 1:-1] = vectors
    guesses = np.empty_like(vectors)
    for row in range(vectors.shape[0]):
        for column in range(vectors.shape[1]):
            corner = column if size == 8 and row & column & 1 else column + 2  # what lies to the right comes later
            for i in range(2):
                a, b, c = wide[row + 1, column, i], wide[row, column + 1, i], wide[row, corner, i]
                guesses[row, column, i] = max(min(a, b), min(max(a, b), c))
    return guesses


@njit
def cost_of(phases, luma, size, y, x, down, right, guess, price, limit):
    """Squared differences and the price of a vector (in 1/PEL); stops at the limit."""
    row = min(max(y + MARGIN + down // PEL, 0), phases.shape[2] - size)
    column = min(max(x + MARGIN + right // PEL, 0), phases.shape[3] - size)
    rate = price * (RATES[abs(down - guess[0])] + RATES[abs(right - guess[1])])
    energy = 0
    for i in range(size):
        for j in range(0, size, 8):
            wanted, near = luma[y + i, x + j :], phases[down % PEL, right % PEL, row + i, column + j :]
            for k in range(8):
                missed = wanted[k] - near[k]
                energy += missed * missed
        if energy + rate >= limit:
            break
    return energy + rate


@njit("(uint8[:, :, :, ::1], int16[:, ::1], int64, int64[:, :, ::1], float64)", cache=True)
def refine(phases, luma, size, vectors, price):
    """Improves vectors, twice: by those of the neighbours, then by small steps down to 1/PEL. Vectors and costs."""
    rows, columns = vectors.shape[:2]
    costs = np.empty((rows, columns))
    zero = np.zeros(2, np.int64)
    for stride in (PEL if size > 8 else max(1, PEL // 2), 1):
        old, guesses = vectors, guess_of(vectors, size)
        vectors = old.copy()
        for row in range(rows):
            for column in range(columns):
                y, x, guess, best = row * size, column * size, guesses[row, column], vectors[row, column]
                cost = cost_of(phases, luma, size, y, x, best[0], best[1], guess, price, np.inf)
                above, below = old[max(row - 1, 0), column], old[min(row + 1, rows - 1), column]
                left, right = old[row, max(column - 1, 0)], old[row, min(column + 1, columns - 1)]
                for trial in (guess, zero, above, below, left, right):
                    if trial[0] != best[0] or trial[1] != best[1]:
                        new = cost_of(phases, luma, size, y, x, trial[0], trial[1], guess, price, cost)
                        if new < cost:
                            best[:], cost = trial, new
                step = stride
                while step:
                    centre_y, centre_x = best[0], best[1]
                    for dy in (centre_y - step, centre_y, centre_y + step):
                        for dx in (centre_x - step, centre_x, centre_x + step):
                            if dy != centre_y or dx != centre_x:
                                new = cost_of(phases, luma, size, y, x, dy, dx, guess, price, cost)
                                if new < cost:
                                    best[:], cost = (dy, dx), new
                    step //= 2
                costs[row, column] = cost
    return vectors, costs


@njit("(uint8[:, :, :, ::1], uint8[:, :, :, ::1], int16[:, ::1], int64, int64[:, ::1], int64[:, :, :, ::1], float64[:, ::1], float64)", cache=True)
def settle(first, second, luma, size, direction, vectors, costs, price):
    """Lets blocks join their neighbours' motion where that is cheaper than a motion of their own."""
    rows, columns = direction.shape
    direction, vectors, costs = direction.copy(), vectors.copy(), costs.copy()
    for turn in range(4):
        old = direction.copy()
        guesses = guess_of(vectors[0], size), guess_of(vectors[-1], size)
        for row in range(rows):
            for column in range((row + turn) % 2, columns, 2):
                y, x = row * size, column * size
                way = old[row, column - 1] if column else old[row - 1, 0] if row else 0
                one, two = guesses[0][row, column], guesses[1][row, column]
                block = patch(second, y, x, two[0], two[1], size, PEL) if way else patch(first, y, x, one[0], one[1], size, PEL)
                other = patch(first, y, x, one[0], one[1], size, PEL) if way == 2 else block
                energy = 0
                for i in range(size):
                    for j in range(size):
                        energy += (luma[y + i, x + j] - (block[i, j] + other[i, j] + 1) // 2) ** 2
                joined = np.float32(energy) + np.float32(0.4 * price)
                if joined < costs[row, column]:
                    direction[row, column], costs[row, column] = way, joined
                    vectors[0, row, column], vectors[-1, row, column] = one, two
    return direction, vectors, costs


def search(source, refs, step):
    """Vectors and directions for all blocks, by squared differences and the price of their description."""
    luma = source[0].astype(np.int16)
    price = PRICE * step * step
    phases = [picture.interpolated()[0] for picture in refs]
    starts = [np.median(gather_cells(full_search(luma, picture)), axis=2).astype(int) // PEL * PEL for picture in refs]
    options = []
    for size in (16, 8):
        found = [refine(near, luma, size, start, price) for near, start in zip(phases, starts)]
        starts = [np.kron(vectors, np.ones((2, 2, 1), int)) for vectors, _ in found]
        costs = [cost + 2 * price for _, cost in found]
        guesses = [guess_of(vectors, size) for vectors, _ in found]
        vectors = np.stack([vectors for vectors, _ in found])
        if len(refs) == 2:
            both = compensate(*phases, np.full(costs[0].shape, 2), vectors, np.ones((size, size), int), size, PEL)[0]
            rates = 2 + sum(RATES[np.abs(near - guess)].sum(-1) for near, guess in zip(vectors, guesses))
            costs.append(block_sums((both - luma) ** 2, size) + price * rates)
        direction = np.argmin(costs, axis=0)
        for number, guess in enumerate(guesses):
            vectors[number] = np.where((direction == 1 - number)[:, :, None], guess, vectors[number])
        options.append(settle(phases[0], phases[-1], luma, size, direction, vectors, np.min(costs, axis=0), price))
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
