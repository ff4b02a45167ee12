"""Teaches numba to keep what it compiled below /build, and to tell what it had to compile in a later stage.

Nothing of numba is imported here unless the candidate imports it. The build writes the cache, one folder for each part; every later stage of
that part finds it at the same path, read-only. A function is known by file, name, line and bytecode, and by the hash of its part's source."""
import hashlib
import importlib.machinery
import linecache
import re
import sys

FOLDER = "/build"
PARTS = ("common.py", "encoder.py", "decoder.py")
NAME_LENGTH_MAX = 100
LABEL_COUNT_MAX = 10


class Watch:
    """Sees the candidate's first import of numba, and prepares numba right behind it."""

    def __init__(self, stage: str) -> None:
        self.stage, self.is_build = stage, stage == "build"
        self.compiled: dict = {}
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        if name != "numba":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None:
            execute = spec.loader.exec_module

            def exec_module(module) -> None:
                execute(module)
                self.prepare()

            spec.loader.exec_module = exec_module
        return spec

    def labels(self) -> list[str]:
        lines = [f"compiled in {self.stage}: {name} ({file} line {line})" for file, line, name in self.compiled]
        more = len(lines) - LABEL_COUNT_MAX
        return lines[:LABEL_COUNT_MAX] + ([f"compiled in {self.stage}: {more} more functions"] if more > 0 else [])

    def saw(self, function) -> None:
        code = getattr(function, "__code__", None)
        if code is not None and code.co_filename in PARTS:
            self.compiled[code.co_filename, code.co_firstlineno, function.__name__] = True

    def prepare(self) -> None:
        from numba.core import caching, decorators, event

        caching.CacheImpl._locator_classes.insert(0, locator_of(caching))
        named = caching.CacheImpl.get_filename_base

        def filename_base(impl, fullname, abiflags):
            return named(impl, re.sub(r"[^A-Za-z0-9._]", "_", fullname)[:NAME_LENGTH_MAX], abiflags)

        caching.CacheImpl.get_filename_base = filename_base
        load = caching.Cache.load_overload
        watch = self

        def load_overload(cache, *args):
            found = load(cache, *args)
            if found is None:
                watch.saw(cache._py_func)
            return found

        caching.Cache.load_overload = load_overload
        caching.IndexDataCacheFile._open_for_write = open_for_write
        if not self.is_build:
            caching.Cache.save_overload = lambda cache, sig, data: None

        class Compiling(event.Listener):
            def on_start(self, started) -> None:
                watch.saw(started.data["dispatcher"].py_func)

            def on_end(self, ended) -> None:
                pass

        event.register("numba:compile", Compiling())
        cache_by_default(decorators)


def locator_of(caching):
    class BuildLocator(caching._CacheLocator):
        def __init__(self, py_func, py_file: str) -> None:
            self._py_file, self._line = py_file, py_func.__code__.co_firstlineno

        @classmethod
        def from_function(cls, py_func, py_file):
            return cls(py_func, py_file) if py_file in PARTS else None

        def ensure_cache_path(self) -> None:
            pass

        def get_cache_path(self) -> str:
            return FOLDER

        def get_source_stamp(self) -> str:
            return hashlib.sha256("".join(linecache.getlines(self._py_file)).encode()).hexdigest()

        def get_disambiguator(self) -> str:
            return str(self._line)

    return BuildLocator


def open_for_write(cache_file, path: str):
    """A file written in place: nobody reads while the build writes, and renaming is forbidden."""
    return open(path, "wb")


def cache_by_default(decorators) -> None:
    """Caches the candidate's functions unless it is told not to work: closures differ from call to call."""
    original = decorators._jit

    def _jit(sigs, locals, target, cache, targetoptions, **rest):
        def wrapper(func):
            code = getattr(func, "__code__", None)
            is_own = code is not None and code.co_filename in PARTS and func.__closure__ is None
            wanted = cache or (is_own and target in ("cpu", "npyufunc"))
            return original(sigs, locals, target, wanted, targetoptions, **rest)(func)

        return wrapper

    decorators._jit = _jit
