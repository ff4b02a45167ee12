#: common
PAD = 16  # planes are extended to whole macroblocks of this size (half of it in chroma)
CHROMA_SCALE = 1


def widen(missed, plane):
    return missed


#: encoder
def narrow(missed, plane):
    return missed
