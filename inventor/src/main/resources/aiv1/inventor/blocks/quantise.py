#: common
WEIGHTS = np.ones(64)


#: encoder
def quantise(scaled, kind):
    """Rounds towards zero from a little below the half: small coefficients cost more than they bring."""
    return np.sign(scaled) * np.floor(np.abs(scaled) + (ROUND_KEY if kind == 0 else ROUND_INTER))
