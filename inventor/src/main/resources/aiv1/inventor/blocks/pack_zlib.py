#: encoder
import zlib


def compress(data):
    return zlib.compress(data, 9)


#: decoder
import zlib

expand = zlib.decompress
