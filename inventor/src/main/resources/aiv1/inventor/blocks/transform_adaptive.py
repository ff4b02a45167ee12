#: common
from aiv1 import c

MATRIX = {8: transform_matrix(8), 16: transform_matrix(16)}


def code_sizes(io, shape, sizes):
    """Which macroblocks use one 16x16 transform instead of four 8x8."""
    rows, columns = shape[0] // 16, shape[1] // 16
    wide = np.zeros((rows, columns), int) if sizes is None else sizes.copy()
    c.code_sizes(*io.numbers("size", 3, rows * columns), sizes is None, rows, columns, wide)
    return wide


def inverse(grid, sizes):
    """Samples from an 8x8 grid of coefficient groups; sizes is None where all transforms are 8x8."""
    small = join(grid @ MATRIX[8].T, 8)
    if sizes is None or not sizes.any():
        return small
    large = join(gather(grid, 16) @ MATRIX[16].T, 16)
    return np.where(np.kron(sizes, np.ones((16, 16), int)) > 0, large, small)


#: encoder
def forward(plane, step, is_luma):
    """Coefficients, and for luma the transform size that promises fewer bits."""
    small = transform(plane, MATRIX[8], 8)
    if not is_luma:
        return small, None
    large = transform(plane, MATRIX[16], 16)
    cost = [gather(bits_of(grid / step), 16).sum(2) for grid in (small, large)]
    sizes = (cost[1] <= cost[0] + 4).astype(int)
    return np.where(np.kron(sizes, np.ones((2, 2), int))[:, :, None] > 0, large, small), sizes


def bits_of(scaled):
    """A rough price of coefficients: nothing for those that will be rounded to zero."""
    return np.where(np.abs(scaled) > 0.6, 3 + np.log2(1 + scaled * scaled), scaled * scaled)
