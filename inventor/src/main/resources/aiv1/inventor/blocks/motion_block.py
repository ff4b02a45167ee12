#: common
from aiv1 import c

MARGIN = 24  # samples around a reference picture that vectors may reach; further out all is the same
TAPS = {0: [0, 0, 0, 64, 0, 0, 0, 0], 1: [-1, 4, -10, 58, 17, -5, 1, 0], 2: [-1, 4, -11, 40, 40, -11, 4, -1]}
TAPS[3] = TAPS[1][::-1]  # quarter-sample interpolation of HEVC, in 1/64
FILTERS = np.array([TAPS[at * 4 // PEL] for at in range(PEL)], np.float32) / 64


def interpolate(plane):
    """A plane at all fractions of a sample: (fractions down, fractions across, rows, columns)."""
    height, width = plane.shape
    phases = np.empty((PEL, PEL, height - 7, width - 7), np.uint8)
    rows, line = np.empty((height, width), np.float32), np.empty(width, np.float32)
    c.interpolate(plane, height, width, FILTERS, PEL, rows, line, phases)
    return phases


class Picture:
    """A decoded frame that others are predicted from, interpolated when first needed."""

    def __init__(self, planes):
        self.planes, self.phases = planes, []

    def interpolated(self):
        """For each plane what there is of fractions of a sample; chroma has whole samples only."""
        if not self.phases:
            luma, *chroma = self.planes
            self.phases = [interpolate(np.pad(luma, (MARGIN + 3, MARGIN + 4), "edge"))]
            self.phases += [np.pad(plane, MARGIN, "edge")[None, None] for plane in chroma]
        return self.phases


def compensate(first, second, direction, vectors, window, size, unit):
    """A plane predicted in squares of a size, which fade into each other by a window that may be larger."""
    rows, columns = direction.shape
    reach = len(window)
    total, weight = np.zeros((2, rows * size + reach - size, columns * size + reach - size), int)
    plane = np.empty((rows * size, columns * size), int)
    c.compensate(
        first, second, len(first), *first.shape[2:], direction, vectors[0], vectors[-1], rows, columns, window, reach, size, unit, total, weight, plane
    )
    return plane


def predict(refs, field):
    """The prediction of all three planes; field holds for each 8x8 block a direction (0 first, 1 second reference,
    2 their mean) and a vector into each reference."""
    planes = []
    for plane, (first, second) in enumerate(zip(refs[0].interpolated(), refs[-1].interpolated())):
        planes.append(compensate(first, second, *field, HALF_WINDOW if plane else WINDOW, *((4, 2 * PEL) if plane else (8, PEL))))
    return planes


def code_field(io, shape, count, field):
    """Codes directions and vectors, macroblock by macroblock, whole or in four, each against its neighbours."""
    rows, columns = shape[0] // 8, shape[1] // 8
    direction, vectors = field or (np.zeros((rows, columns), int), np.zeros((count, rows, columns, 2), int))
    moved = np.zeros((rows, columns), int)
    c.code_field(*io.numbers("field", 23, 7 * rows * columns), field is None, rows, columns, count, direction, vectors, moved)
    return direction, vectors


#: encoder
RATES = np.where(np.arange(4096) > 0, 2.5, 0.5) + 2 * np.log2(1 + np.arange(4096))  # bits of a vector's component, estimated


def block_sums(values, size):
    rows, columns = values.shape[0] // size, values.shape[1] // size
    return values.reshape(rows, size, columns, size).sum((1, 3))


def full_search(source, picture):
    """Whole-sample vectors of 8x8 blocks by exhaustive search at half resolution."""
    small = [block_sums(plane.astype(np.int32), 2).astype(np.int16) for plane in (source, picture.planes[0])]
    reach = RANGE // 2
    shifts = sorted(((y, x) for y in range(-reach, reach + 1) for x in range(-reach, reach + 1)), key=lambda v: (v[0] ** 2 + v[1] ** 2, v))
    height, width = small[0].shape
    best = np.empty((height // 4, width // 4, 2), int)
    c.best_shifts(small[0], height, width, np.pad(small[1], reach, "edge"), reach, np.array(shifts), len(shifts), best)
    return 2 * PEL * best


def guess_of(vectors, size):
    """What the decoder will expect: the median of the blocks to the left, above, and above to the right."""
    guesses = np.empty_like(vectors)
    c.guess_of(vectors, *vectors.shape[:2], size, guesses)
    return guesses


def refine(phases, luma, size, start, price):
    """Improves vectors, twice: by those of the neighbours, then by small steps down to 1/PEL. Vectors and costs."""
    vectors, old, guesses = (start.copy() for _ in range(3))
    costs = np.empty(start.shape[:2])
    c.refine(phases, *phases.shape[2:], luma, luma.shape[1], size, *costs.shape, price, RATES, vectors, old, guesses, costs)
    return vectors, costs


def settle(first, second, luma, size, direction, vectors, costs, price):
    """Lets blocks join their neighbours' motion where that is cheaper than a motion of their own."""
    old, guesses, others = direction.copy(), vectors[0].copy(), vectors[0].copy()
    c.settle(
        first, second, *first.shape[2:], luma, luma.shape[1], size, *old.shape, price, direction, vectors[0], vectors[-1], costs, old, guesses, others
    )
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
            both = compensate(*phases, np.full(costs[0].shape, 2), vectors, np.ones((size, size), int), size, PEL)
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
