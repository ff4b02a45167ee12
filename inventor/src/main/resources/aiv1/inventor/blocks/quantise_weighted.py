#: common
WEIGHTS = np.array([round(16 + SLOPE * (at // 8 + at % 8)) / 16 for at in SCAN])  # coarser steps for high frequencies


#: encoder
def quantise(scaled, kind):
    """Rounds towards zero from a little below the half."""
    return np.sign(scaled) * np.floor(np.abs(scaled) + (ROUND_KEY if kind == 0 else ROUND_INTER))
