#: common
def dct(size):
    """The orthonormal DCT-II with entries rounded to multiples of 2**-12: sums of such products are exact."""
    k, x = np.mgrid[0:size, 0:size]
    basis = np.cos((2 * x + 1) * k * np.pi / (2 * size)) * np.where(k, 1, 0.5**0.5) * (2 / size) ** 0.5
    return np.round(basis * 4096) / 4096


SCAN = sorted(range(64), key=lambda at: (at // 8 + at % 8, at))  # by diagonals, low frequencies first


def transform_matrix(size):
    """All of one area's 2-D transforms as one matrix. Its columns give groups of 64 coefficients in scan order:
    a 16x16 transform is dealt out to four groups, four 4x4 transforms are gathered into one."""
    area = max(size, 8)
    one = np.kron(np.eye(area // size), dct(size))
    if size < 8:
        one = one.reshape(2, 4, 8).transpose(1, 0, 2).reshape(8, 8)
    both = np.kron(one, one).reshape(8, area // 8, 8, area // 8, area * area)
    return both.transpose(1, 3, 0, 2, 4).reshape(-1, 64, area * area)[:, SCAN].reshape(area * area, -1).T.copy()


def join(blocks, size):
    rows, columns = blocks.shape[:2]
    return blocks.reshape(rows, columns, size, size).swapaxes(1, 2).reshape(rows * size, columns * size)


def deal(coefficients, size):
    """Coefficients of whole transforms as an 8x8 grid of groups of 64."""
    rows, columns, many = coefficients.shape[0], coefficients.shape[1], size // 8
    grid = coefficients.reshape(rows, columns, many, many, 64).swapaxes(1, 2)
    return grid.reshape(rows * many, columns * many, 64)


def gather(grid, size):
    many = size // 8
    rows, columns = grid.shape[0] // many, grid.shape[1] // many
    return grid.reshape(rows, many, columns, many, 64).swapaxes(1, 2).reshape(rows, columns, -1)


#: encoder
def transform(plane, matrix, size):
    return deal(cut(plane, size) @ matrix, size)
