"""What encoder and decoder of motion-dct-numba share: the syntax of motion-dct-c. code_bit() writes in the encoder and reads in the decoder."""
import numpy as np
from numba import njit

BASIS = np.array(
    [
        [64, 64, 64, 64, 64, 64, 64, 64],
        [89, 75, 50, 18, -18, -50, -75, -89],
        [83, 36, -36, -83, -83, -36, 36, 83],
        [75, -18, -89, -50, 50, 89, 18, -75],
        [64, -64, -64, 64, 64, -64, -64, 64],
        [50, -89, 18, 75, -75, -18, 89, -50],
        [36, -83, 83, -36, -36, 83, -83, 36],
        [18, -50, 75, -89, 89, -75, 50, -18],
    ],
    np.int64,
)
SCAN = np.array(
    [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28]
    + [35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
    np.int64,
)
TAPS = np.array([[0, 0, 0, 64, 0, 0, 0, 0], [-1, 4, -10, 58, 17, -5, 1, 0], [-1, 4, -11, 40, 40, -11, 4, -1], [0, 1, -5, 17, 58, -10, 4, -1]], np.int64)
STEP = np.array([240, 136, 76, 48, 30], np.int64)  # quarters of a quantiser step, by quality

# Fields of the coder, an array of int64. PLACE is the next byte, WRITING is 1 in the encoder.
LOW, RANGE, CODE, PENDING, CACHE, STARTED, PLACE, WRITING = range(8)
# Where the models of each kind begin; two estimates of each probability, a fast and a slow one.
INTER, MODE, VECTOR, CODED, LAST, SIGNIFICANT, LARGER, EVEN, MODEL_COUNT = 0, 3, 15, 207, 219, 475, 731, 1243, 1244


def new_models():
    return np.full((MODEL_COUNT, 2), 32768, np.int64)


def new_coder(writing):
    coder = np.zeros(8, np.int64)
    coder[RANGE], coder[WRITING] = 0xFFFFFFFF, writing
    return coder


def new_planes(width, height):
    columns, rows = (width + 15) // 16, (height + 15) // 16
    return np.zeros((rows * 16, columns * 16), np.int32), np.zeros((rows * 8, columns * 8), np.int32), np.zeros((rows * 8, columns * 8), np.int32)


# ---- binary arithmetic coder ----
@njit
def shift_low(coder, data):
    """Carries are held back until they are settled."""
    low = coder[LOW]
    if (low & 0xFFFFFFFF) < 0xFF000000 or low >> 32:
        carry = low >> 32
        if coder[STARTED]:
            data[coder[PLACE]] = (coder[CACHE] + carry) & 255
            coder[PLACE] += 1
        for _ in range(coder[PENDING]):
            data[coder[PLACE]] = (255 + carry) & 255
            coder[PLACE] += 1
        coder[STARTED] = 1
        coder[PENDING] = 0
        coder[CACHE] = (low >> 24) & 255
    else:
        coder[PENDING] += 1
    coder[LOW] = (low & 0x00FFFFFF) << 8


@njit
def code_bit(coder, data, models, m, bit):
    fast, slow = models[m, 0], models[m, 1]
    bound = (coder[RANGE] >> 11) * min(max((fast + slow) >> 6, 16), 2032)
    if coder[WRITING] == 0:
        bit = 1 if coder[CODE] < bound else 0
    if bit:
        coder[RANGE] = bound
        models[m, 0] = fast + ((65535 - fast) >> 4)
        models[m, 1] = slow + ((65535 - slow) >> 7)
    else:
        if coder[WRITING]:
            coder[LOW] += bound
        else:
            coder[CODE] -= bound
        coder[RANGE] -= bound
        models[m, 0] = fast - (fast >> 4)
        models[m, 1] = slow - (slow >> 7)
    while coder[RANGE] < 1 << 24:
        coder[RANGE] <<= 8
        if coder[WRITING]:
            shift_low(coder, data)
        else:
            byte = 0
            if coder[PLACE] < data.size:
                byte = np.int64(data[coder[PLACE]])
                coder[PLACE] += 1
            coder[CODE] = (coder[CODE] << 8 | byte) & 0xFFFFFFFF
    return bit


@njit
def code_even(coder, data, models, bit):
    models[EVEN, 0] = models[EVEN, 1] = 32768
    return code_bit(coder, data, models, EVEN, bit)


@njit
def code_number(coder, data, models, m, value):
    """Unary up to 14 with a model each, then Exp-Golomb."""
    n = 0
    while n < 14 and code_bit(coder, data, models, m + n, 1 if value > n else 0):
        n += 1
    if n < 14:
        return n
    rest, length, read = value - 13, 0, 1
    while code_bit(coder, data, models, m + 14 + min(length, 14), 1 if rest >> (length + 1) > 0 else 0) and length < 20:
        length += 1
    for i in range(length - 1, -1, -1):
        read = read << 1 | code_even(coder, data, models, rest >> i & 1)
    return read + 13


# ---- prediction ----
@njit
def clip255(v):
    return 0 if v < 0 else 255 if v > 255 else v


@njit
def gather(plane, x, y, size, to):
    """A square of the plane; beyond the edge the edge goes on."""
    height, width = plane.shape
    if x >= 0 and y >= 0 and x + size <= width and y + size <= height:
        for j in range(size):
            for i in range(size):
                to[j, i] = plane[y + j, x + i]
        return
    for j in range(size):
        for i in range(size):
            to[j, i] = plane[min(max(y + j, 0), height - 1), min(max(x + i, 0), width - 1)]


@njit
def predict_luma(plane, x, y, to, work):
    """A square of 16 from the frame before, at a position in quarters of a sample."""
    around, across = work[0], work[1]
    gather(plane, (x >> 2) - 3, (y >> 2) - 3, 23, around)
    if (x | y) & 3 == 0:
        for j in range(16):
            for i in range(16):
                to[j, i] = around[j + 3, i + 3]
        return
    h, v = TAPS[x & 3], TAPS[y & 3]
    h0, h1, h2, h3, h4, h5, h6, h7 = h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
    for j in range(23):
        for i in range(16):
            left = h0 * around[j, i] + h1 * around[j, i + 1] + h2 * around[j, i + 2] + h3 * around[j, i + 3]
            across[j, i] = left + h4 * around[j, i + 4] + h5 * around[j, i + 5] + h6 * around[j, i + 6] + h7 * around[j, i + 7]
    v0, v1, v2, v3, v4, v5, v6, v7 = v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]
    for j in range(16):
        for i in range(16):
            top = v0 * across[j, i] + v1 * across[j + 1, i] + v2 * across[j + 2, i] + v3 * across[j + 3, i]
            sum_ = top + v4 * across[j + 4, i] + v5 * across[j + 5, i] + v6 * across[j + 6, i] + v7 * across[j + 7, i]
            to[j, i] = clip255((sum_ + 2048) >> 12)


@njit
def predict_chroma(plane, x, y, to, work):
    """A square of 8, at a position in eighths, bilinear."""
    a, fx, fy = work[0], x & 7, y & 7
    gather(plane, x >> 3, y >> 3, 9, a)
    for j in range(8):
        for i in range(8):
            top, bottom = (8 - fx) * a[j, i] + fx * a[j, i + 1], (8 - fx) * a[j + 1, i] + fx * a[j + 1, i + 1]
            to[j, i] = ((8 - fy) * top + fy * bottom + 32) >> 6


@njit
def predict_inter(now_y, now_u, now_v, before_y, before_u, before_v, column, row, vx, vy, work):
    y, x, c, d = row * 16, column * 16, row * 8, column * 8
    predict_luma(before_y, x * 4 + vx, y * 4 + vy, now_y[y : y + 16, x : x + 16], work)
    predict_chroma(before_u, d * 8 + vx, c * 8 + vy, now_u[c : c + 8, d : d + 8], work)
    predict_chroma(before_v, d * 8 + vx, c * 8 + vy, now_v[c : c + 8, d : d + 8], work)


@njit
def predict_intra(plane, x, y, mode, to):
    """Modes: 0 mean, 1 from above, 2 from the left, 3 gradient."""
    total, count = 0, 0
    for i in range(8):
        if y:
            total += np.int64(plane[y - 1, x + i])
            count += 1
        if x:
            total += np.int64(plane[y + i, x - 1])
            count += 1
    mean = (total + count // 2) // count if count else 128
    lone_above = np.int64(plane[y, x - 1]) if x else 128
    lone_left = np.int64(plane[y - 1, x]) if y else 128
    corner = np.int64(plane[y - 1, x - 1]) if x and y else lone_above if x else lone_left
    for j in range(8):
        left = np.int64(plane[y + j, x - 1]) if x else lone_left
        for i in range(8):
            above = np.int64(plane[y - 1, x + i]) if y else lone_above
            to[j, i] = mean if mode == 0 else above if mode == 1 else left if mode == 2 else clip255(above + left - corner)


@njit
def add_residual(level, step, to):
    half = np.zeros((8, 8), np.int64)
    for y in range(8):
        for x in range(8):
            total = 64
            for k in range(8):
                total += BASIS[k, y] * level[k * 8 + x] * step
            half[y, x] = total >> 7
    for y in range(8):
        for x in range(8):
            total = 512
            for k in range(8):
                total += BASIS[k, x] * half[y, k]
            to[y, x] = clip255(to[y, x] + (total >> 10))


# ---- syntax ----
@njit
def code_levels(coder, data, models, chroma, inter, neighbours, level):
    """Gives whether any level is not zero."""
    kind = chroma * 2 + inter
    last = 63
    while last >= 0 and level[SCAN[last]] == 0:
        last -= 1
    if not code_bit(coder, data, models, CODED + kind * 3 + neighbours, 1 if last >= 0 else 0):
        return 0
    node = 1
    for i in range(5, -1, -1):
        node = node << 1 | code_bit(coder, data, models, LAST + kind * 64 + node, last >> i & 1)
    last = node - 64
    near, large = 0, 0
    for i in range(last, -1, -1):
        value = level[SCAN[i]]
        if i < last:
            band = i if i < 6 else 5 + (i + 2) // 8
            if not code_bit(coder, data, models, SIGNIFICANT + (kind * 16 + band) * 4 + min(near, 3), 1 if value else 0):
                near = near * 3 // 4
                continue
        size = 1 + code_number(coder, data, models, LARGER + (kind * 4 + min(large, 3)) * 32, abs(value) - 1)
        level[SCAN[i]] = -size if code_even(coder, data, models, 1 if value < 0 else 0) else size
        near = near * 3 // 4 + 2
        if size > 1:
            large += 1
    return 1


@njit
def code_mode(coder, data, models, chroma, mode):
    m = MODE + chroma * 4
    high = code_bit(coder, data, models, m, mode >> 1)
    return high << 1 | code_bit(coder, data, models, m + 1 + high, mode & 1)


@njit
def code_component(coder, data, models, axis, value):
    size = code_number(coder, data, models, VECTOR + axis * 96, abs(value))
    if size and code_even(coder, data, models, 1 if value < 0 else 0):
        return -size
    return size


@njit
def median(a, b, c):
    return max(min(a, b), min(max(a, b), c))


@njit
def predicted_vector(vectors, column, row):
    """`vectors` are those of this frame, (rows, columns, 2)."""
    columns = vectors.shape[1]
    zero = vectors[0, 0] * 0
    left = vectors[row, column - 1] if column else zero
    if row == 0:
        return left[0], left[1]
    above = vectors[row - 1, column]
    corner = vectors[row - 1, column + 1] if column + 1 < columns else vectors[row - 1, column - 1] if column else zero
    return median(left[0], above[0], corner[0]), median(left[1], above[1], corner[1])


@njit
def near_inter(is_inter, column, row):
    return (is_inter[row, column - 1] if column else 1) + (is_inter[row - 1, column] if row else 1)


@njit
def step_of(quality, frame):
    return STEP[quality] if frame else STEP[quality] // 2
