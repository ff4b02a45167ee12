"""The stages of a run, and how their failures are told."""
import ast
import faulthandler
import importlib.metadata
import linecache
import sys
import traceback
import types

from refusal import Refused

PARTS = ("common", "encoder", "decoder")
EXISTING_CODECS = {
    "cv2": {"imencode", "imwrite", "VideoWriter", "imdecode", "VideoCapture"},
    "PIL": None,
    "imageio": None,
    "av": None,
    "ctypes": None,
    "cffi": None,
    "_ctypes": None,
}


def carry_out(job: dict, jobs: int, results) -> None:
    stage = job["stage"].decode()
    try:
        if stage == "facts":
            facts(results)
        elif stage == "compiler":
            import compile_c

            results.send(b"L", b"gcc " + compile_c.version().encode())
        elif stage == "screen":
            screen(job, results)
        elif stage == "screen several":
            screen_several(job, results)
        elif stage == "compile":
            import compile_c

            compile_c.build(job, results)
        else:
            import contracts
            import numba_cache

            faulthandler.enable(all_threads=False)  # a fault in compiled code is told with the line that called it
            watch = numba_cache.Watch(stage)
            modules = load(job)
            if stage == "build":
                import build

                build.warm_up(modules)
                build.send_files(results)
            else:
                run = contracts.encode if stage == "encode" else contracts.decode
                run(job, jobs, modules[job["part"].decode()], results)
                for label in watch.labels():
                    results.send(b"L", label.encode())
    except BaseException as error:  # whatever a candidate raises is its result
        report(error, results)


def facts(results) -> None:
    def version(name: str) -> str:
        try:
            # Whoever imports numba pays a third of a second: its version is written beside it.
            return importlib.metadata.version(name) if name == "numba" else __import__(name).__version__
        except ImportError:
            return "absent"

    results.send(b"L", b"python " + sys.version.split()[0].encode())
    for name in ("numpy", "scipy", "numba"):
        results.send(b"L", f"{name} {version(name)}".encode())


def screen(job: dict, results) -> None:
    import screening

    texts, trees = parsed(job)
    try:
        labels = screening.check(texts, trees)
    except screening.Fault as fault:
        kind = "missing_name" if fault.kind == "NameError" else "missing_import"
        results.error(category=kind, exception=fault.kind, message=fault, part=fault.part, line=fault.line)
        return
    for part, tree in trees.items():
        labels |= existing_codecs(tree)
        labels |= set(screening.slow_loops(part, tree))
    # First, for only so many labels are taken.
    others = [job[name] for name in ("encoder.c", "decoder.c", "common.h") if name in job]
    results.send(b"L", b"signature " + screening.signature(trees, others).encode())
    for label in sorted(labels):
        results.send(b"L", label.encode())


def screen_several(job: dict, results) -> None:
    """Tells of each candidate in turn whether something stands against it; what that is, a look at it alone tells."""
    import screening

    for index in range(int(job["count"])):
        start = f"{index} "
        try:
            screening.check(*parsed({name.removeprefix(start): text for name, text in job.items() if name.startswith(start)}))
            results.send(b"N")
        except BaseException:
            results.send(b"N", b"!")


def parsed(sources: dict[str, bytes]) -> tuple[dict, dict]:
    """Texts and trees of the parts in Python; raises what stands against them."""
    import screening

    texts = {part: sources[part].decode() for part in PARTS if part in sources}
    return texts, {part: screening.parse(part, text) for part, text in texts.items()}


def existing_codecs(tree: ast.AST) -> set[str]:
    found, aliases = set(), {}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            modules = [alias.name.split(".")[0] for alias in node.names]
            names = [(module, None) for module in modules if EXISTING_CODECS.get(module, ()) is None]
            aliases |= {alias.asname: alias.name.split(".")[0] for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [(node.module.split(".")[0], alias.name) for alias in node.names]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = [(aliases.get(node.value.id, node.value.id), node.attr)]
        for module, name in names:
            if module in EXISTING_CODECS:
                members = EXISTING_CODECS[module]
                if members is None or name in members:
                    found.add(f"calls an existing codec: {module}" + (f".{name}" if name else ""))
    return found


def load(job: dict) -> dict[str, types.ModuleType]:
    """Imports the parts of the job from their text, the common one first; tracebacks show their lines."""
    import contracts

    contracts.prepare(job)
    modules = {}
    for part in PARTS:
        if part in job:
            source = job[part].decode()
            name = part + ".py"
            linecache.cache[name] = (len(source), None, source.splitlines(True), name)
            modules[part] = sys.modules[part] = types.ModuleType(part)
            modules[part].__file__ = name
            exec(compile(source, name, "exec", dont_inherit=True), modules[part].__dict__)
    return modules


def report(error: BaseException, results) -> None:
    place = {}
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames:
        if frame.filename in ("encoder.py", "decoder.py", "common.py"):
            place = {"part": frame.filename[:-3], "line": frame.lineno, "function": frame.name}
    if isinstance(error, SyntaxError) and (error.filename or "").endswith(".py"):
        place = {"part": error.filename[:-3], "line": error.lineno}
    if isinstance(error, Refused):
        results.error(category=error.category, message=error, **place)
        return
    tail = error.__traceback__
    while tail and tail.tb_frame.f_code.co_filename.startswith("/runner/"):
        tail = tail.tb_next
    traceback.print_exception(type(error), error, tail)
    results.error(category=category(error), exception=type(error).__name__, message=error, **place)


def category(error: BaseException) -> str:
    kinds = (
        (SyntaxError, "syntax"),
        (UnicodeDecodeError, "syntax"),
        (ImportError, "missing_import"),
        (NameError, "missing_name"),
        (MemoryError, "out_of_memory"),
    )
    return next((name for kind, name in kinds if isinstance(error, kind)), "exception")
