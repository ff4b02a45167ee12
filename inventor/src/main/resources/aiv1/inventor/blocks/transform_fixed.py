#: common
AREA = max(SIZE, 8)
MATRIX = {8: transform_matrix(min(SIZE, 8)), AREA: transform_matrix(SIZE)}


def code_sizes(io, shape, sizes):
    return None


def inverse(grid, sizes):
    """Samples from an 8x8 grid of coefficient groups."""
    size = AREA if grid.shape[0] * 8 % AREA == 0 and grid.shape[1] * 8 % AREA == 0 else 8
    return join(gather(grid, size) @ MATRIX[size].T, size)


#: encoder
def forward(plane, step, is_luma):
    size = AREA if plane.shape[0] % AREA == 0 and plane.shape[1] % AREA == 0 else 8
    return transform(plane, MATRIX[size], size), None
