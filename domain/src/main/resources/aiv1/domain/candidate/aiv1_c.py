"""Functions in C that a part in Python brings along: `C_SOURCE = r'''...'''` in its text, `aiv1.c.name(...)` in its code.

The common part's text comes first, then that of the encoder or decoder; both are compiled as one file, with the headers of PRELUDE."""
import ast
import ctypes

import numpy as np

NAME = "C_SOURCE"
PRELUDE = "#include <math.h>\n#include <stdint.h>\n#include <stdlib.h>\n#include <string.h>\n"


def source_of(parts: dict[str, str]) -> str:
    """One C file of what parts hold; the compiler tells the lines of the Python files."""
    text = PRELUDE
    for name, python in parts.items():
        for statement in ast.parse(python, name).body:
            if isinstance(statement, ast.Assign) and [getattr(target, "id", None) for target in statement.targets] == [NAME]:
                value = statement.value
                if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
                    raise ValueError(f"{name}: line {statement.lineno}: {NAME}: expected one literal text")
                text += f'#line {value.lineno} "{name}"\n{value.value}\n'
    return text


class Functions:
    """The compiled functions by name; every one returns an int64_t.

    A C-contiguous array is passed as a pointer to its samples, an int as int64_t, a float as double, bytes as const uint8_t *."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._library = None

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            function = self._opened()[name]
        except AttributeError:
            raise AttributeError(f"{NAME}: expected a function '{name}', got none") from None
        function.restype = ctypes.c_int64

        def call(*values) -> int:
            return function(*[PASSED.get(type(value), scalar)(value) for value in values])

        setattr(self, name, call)
        return call

    def _opened(self) -> ctypes.CDLL:
        if self._library is None:
            self._library = ctypes.CDLL(self._path)
        return self._library


def pointer(array: np.ndarray):
    if not array.flags.c_contiguous:
        raise ValueError(f"expected C-contiguous arrays, got one of shape {array.shape} and strides {array.strides}")
    # The short way, which takes no array that is read-only, a third of the time.
    return NOTHING.from_buffer(array) if array.flags.writeable else ctypes.c_void_p(array.__array_interface__["data"][0])


def scalar(value):
    """NumPy's numbers, and arrays of a class of their own."""
    if isinstance(value, np.ndarray):
        return pointer(value)
    if isinstance(value, (np.bool_, np.integer)):
        return ctypes.c_int64(value)
    if isinstance(value, np.floating):
        return ctypes.c_double(value)
    raise TypeError(f"expected arrays, bytes, ints and floats, got {type(value).__name__}")


NOTHING = ctypes.c_char * 0
PASSED = {np.ndarray: pointer, int: ctypes.c_int64, bool: ctypes.c_int64, float: ctypes.c_double, bytes: ctypes.c_char_p}
