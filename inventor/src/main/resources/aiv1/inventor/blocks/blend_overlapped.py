#: common
REACH, OUTSIDE = 16, 4  # each block also has a say in its neighbours


def blend(patches, size):
    """Overlapped block motion compensation: the predictions of neighbouring blocks fade into each other."""
    rows, columns, reach = patches.shape[:3]
    ramp = np.minimum(np.arange(reach) * 2 + 1, (reach - np.arange(reach)) * 2 - 1)
    weights = ramp[:, None] * ramp
    canvas = np.zeros(((rows + 1) * size, (columns + 1) * size), int)
    total = np.zeros_like(canvas)
    for i in (0, 1):
        for j in (0, 1):
            part = np.s_[i * size : (i + rows) * size, j * size : (j + columns) * size]
            corner = np.s_[i * size : (i + 1) * size, j * size : (j + 1) * size]
            piece = (patches * weights)[(slice(None), slice(None), *corner)]
            canvas[part] += piece.swapaxes(1, 2).reshape(rows * size, columns * size)
            total[part] += np.tile(weights[corner], (rows, columns))
    edge = size // 2
    inner = np.s_[edge : edge + rows * size, edge : edge + columns * size]
    return (canvas[inner] + total[inner] // 2) // total[inner]
