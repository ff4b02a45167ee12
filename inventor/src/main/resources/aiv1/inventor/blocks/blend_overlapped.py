#: common
def window(reach):
    """How much each block has to say inside of itself and, less and less, in its neighbours."""
    ramp = np.minimum(np.arange(reach) * 2 + 1, (reach - np.arange(reach)) * 2 - 1)
    return ramp[:, None] * ramp


WINDOW, HALF_WINDOW = window(16), window(8)
