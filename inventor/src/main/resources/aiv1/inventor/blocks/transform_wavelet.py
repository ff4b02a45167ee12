#: common
SCAN = sorted(range(64), key=lambda at: (at // 8 + at % 8, at))
ORDER = np.array([0, 4, 2, 6, 1, 3, 5, 7])  # where lifting in place leaves the frequencies of an 8x8 area, low to high
GAIN = np.array([2.8, 1.4, 0.7, 0.7, 0.5, 0.5, 0.5, 0.5]) ** 1.0  # brings all bands near equal weight in squared error
GAINS = np.outer(GAIN, GAIN).ravel()[SCAN]


def lift(plane, sign):
    """The 5/3 wavelet in place, three levels (sign 1), or back (sign -1)."""
    for stride in (1, 2, 4) if sign > 0 else (4, 2, 1):
        for axis in (0, 1) if sign > 0 else (1, 0):
            part = np.moveaxis(plane[::stride, ::stride], axis, 0)
            even, odd = part[::2], part[1::2]
            for turn in (0, 1) if sign > 0 else (1, 0):
                if turn == 0:
                    odd -= sign * (even + np.concatenate([even[1:], even[-1:]])) / 2
                else:
                    even += sign * (odd + np.concatenate([odd[:1], odd[:-1]])) / 4
    return plane


def code_sizes(io, shape, sizes):
    return None


def inverse(grid, sizes):
    """Samples from an 8x8 grid of coefficient groups."""
    rows, columns = grid.shape[:2]
    area = np.empty((rows, columns, 64))
    area[:, :, SCAN] = grid / GAINS
    plane = np.empty((rows, 8, columns, 8))
    plane[:, ORDER[:, None], :, ORDER] = area.reshape(rows, columns, 8, 8).transpose(2, 3, 0, 1)
    return lift(plane.reshape(rows * 8, columns * 8), -1)


#: encoder
def forward(plane, step, is_luma):
    rows, columns = plane.shape[0] // 8, plane.shape[1] // 8
    area = lift(plane.copy(), 1).reshape(rows, 8, columns, 8)[:, ORDER[:, None], :, ORDER]
    return area.transpose(2, 3, 0, 1).reshape(rows, columns, 64)[:, :, SCAN] * GAINS, None
