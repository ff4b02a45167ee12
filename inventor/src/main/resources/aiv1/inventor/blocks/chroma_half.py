#: common
PAD = 32  # planes are extended to whole multiples of this size (half of it in chroma)
CHROMA_SCALE = 2


def widen(missed, plane):
    """A chroma residual back at its full size: each sample from its nearest four, weighted 9, 3, 3 and 1."""
    if plane == 0:
        return missed
    for axis in (0, 1):
        part = np.moveaxis(missed, axis, 0)
        before, after = np.concatenate([part[:1], part[:-1]]), np.concatenate([part[1:], part[-1:]])
        both = np.stack([3 * part + before, 3 * part + after], 1) / 4
        missed = np.moveaxis(both.reshape(-1, part.shape[1]), 0, axis)
    return missed


#: encoder
def narrow(missed, plane):
    """The mean of each 2x2 square of a chroma residual."""
    if plane == 0:
        return missed
    height, width = missed.shape
    return missed.reshape(height // 2, 2, width // 2, 2).mean((1, 3))
