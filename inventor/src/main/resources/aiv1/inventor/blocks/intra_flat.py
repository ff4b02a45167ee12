#: common
def code_intra(io, shape, steps, plan):
    """Key frames without prediction: the transform of the samples around mid-grey."""
    half = shape[0] // 2, shape[1] // 2
    return residual_planes(io, [np.full(size, 128.0) for size in (shape, half, half)], steps, 0, plan)
