#: common
def warm_up():
    """Nothing is left to do: what has a signature was compiled when it was imported, the rest along with it."""
