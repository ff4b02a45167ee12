#: common
WINDOW, HALF_WINDOW = np.ones((8, 8), int), np.ones((4, 4), int)  # each block predicts exactly its own samples
