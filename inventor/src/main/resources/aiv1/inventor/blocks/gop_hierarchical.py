#: common
def layer_qp(layer):
    return QP_KEY if layer == 0 else 0 if layer == 1 else QP_BETWEEN + QP_LAYER * (layer - 2)


def coding_order(count):
    """A pyramid of bidirectional frames: (index, references, layer, frames no longer needed)."""
    yield 0, [], 0, []
    for start in range(0, count - 1, GOP):
        end = min(start + GOP, count - 1)
        spans = [(start, end)]
        order = [(end, [start, start - GOP][: 1 + (start > 0 and ANCHORS > 1)], 1)]
        for left, right in spans:  # grows while it is walked: breadth first, so layers come in turn
            middle = (left + right) // 2
            if left < middle:
                layer = 2 + sum(right - left <= GOP >> depth for depth in (1, 2, 3))
                order.append((middle, [left, right], layer))
                spans += [(left, middle), (middle, right)]
        for number, (index, refs, layer) in enumerate(order):
            last = number == len(order) - 1
            yield index, refs, layer, [old for old in range(start - GOP, end) if last and old != start]
