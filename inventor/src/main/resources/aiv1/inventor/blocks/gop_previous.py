#: common
def layer_qp(layer):
    return 0 if layer else QP_KEY


def coding_order(count):
    """Each frame from the one before: (index, references, layer, frames no longer needed)."""
    for index in range(count):
        yield index, [index - 1] if index else [], min(index, 1), [index - 1] if index else []
