#: encoder
import lzma


def compress(data):
    return lzma.compress(data, lzma.FORMAT_ALONE, preset=9)


#: decoder
import lzma

expand = lzma.decompress
