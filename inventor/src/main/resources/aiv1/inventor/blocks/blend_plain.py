#: common
REACH, OUTSIDE = 8, 0  # each block predicts exactly its own samples


def blend(patches, size):
    rows, columns = patches.shape[:2]
    return patches.swapaxes(1, 2).reshape(rows * size, columns * size)
