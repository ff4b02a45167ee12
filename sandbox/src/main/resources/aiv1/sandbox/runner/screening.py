"""What a look at the source says before any of it runs: names and modules that are not there, slow loops, and a signature."""
import ast
import builtins
import hashlib
import importlib.util
import symtable

OWN_MODULES = {"common", "encoder", "decoder", "aiv1"}
MODULE_NAMES = set(dir(builtins)) | {"__name__", "__file__", "__doc__", "__package__", "__spec__", "__loader__", "__builtins__"}
DYNAMIC = {"exec", "eval", "globals", "locals", "vars", "setattr", "__import__"}


class Fault(Exception):
    """A name or module that is certainly missing: where, and the exception that running it would raise."""

    def __init__(self, kind: str, part: str, line: int, message: str) -> None:
        super().__init__(message)
        self.kind, self.part, self.line = kind, part, line


def parse(part: str, source: str) -> ast.Module:
    compile(source, part + ".py", "exec", dont_inherit=True)
    return ast.parse(source, part + ".py")


def check(sources: dict[str, str], trees: dict[str, ast.Module]) -> None:
    """Raises Fault for the first thing that cannot work."""
    for part, tree in trees.items():
        for node in tree.body:
            for module in imported(node):
                if module not in OWN_MODULES and not is_there(module):
                    raise Fault("ModuleNotFoundError", part, node.lineno, f"No module named '{module}': candidates have numpy, scipy and the standard library")
    shared = top_names(sources["common"]) if "common" in sources else set()
    for part, tree in trees.items():
        check_names(part, sources[part], tree, shared)


def imported(node: ast.AST) -> list[str]:
    """The modules of a plain import statement; one inside `try` may be meant to fail."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module.split(".")[0]]
    return []


def is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def top_names(source: str) -> set[str]:
    table = symtable.symtable(source, "common.py", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def check_names(part: str, source: str, tree: ast.Module, shared: set[str]) -> None:
    known = MODULE_NAMES | top_names(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            if node.module != "common":
                return  # who knows what that brings
            known |= shared
        elif isinstance(node, ast.Name) and node.id in DYNAMIC:
            return
        elif isinstance(node, ast.Global):
            known |= set(node.names)
        elif isinstance(node, ast.ExceptHandler) and "NameError" in ast.dump(node.type or ast.Constant(0)):
            return
    missing = globals_read(symtable.symtable(source, part + ".py", "exec")) - known
    lines = sorted((node.lineno, node.id) for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in missing)
    if lines:
        raise Fault("NameError", part, lines[0][0], f"name '{lines[0][1]}' is not defined")


def globals_read(table: symtable.SymbolTable) -> set[str]:
    is_module = table.get_type() == "module"
    names = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (symbol.is_global() or is_module) and not (is_module and symbol.is_assigned())
    }
    for child in table.get_children():
        names |= globals_read(child)
    return names


def slow_loops(part: str, tree: ast.Module) -> list[str]:
    """Two nested loops over ranges of step one whose body reads or writes one sample at a time."""
    for outer in ast.walk(tree):
        if is_counting(outer):
            for inner in ast.walk(outer):
                if inner is not outer and is_counting(inner):
                    wanted = {outer.target.id, inner.target.id}
                    for node in ast.walk(inner):
                        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
                            plain = {element.id for element in node.slice.elts if isinstance(element, ast.Name)}
                            if wanted <= plain:
                                return [f"may be slow: one sample at a time in {part}.py, line {inner.lineno}"]
    return []


def is_counting(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.For)
        and isinstance(node.target, ast.Name)
        and isinstance(node.iter, ast.Call)
        and isinstance(node.iter.func, ast.Name)
        and node.iter.func.id == "range"
        and len(node.iter.args) < 3
    )


def signature(trees: dict[str, ast.Module]) -> str:
    """Equal for sources that differ in comments, docstrings, annotations and layout only."""
    digest = hashlib.sha256()
    for part in sorted(trees):
        for node in ast.walk(trees[part]):
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                if node.body and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
                    if isinstance(node.body[0].value.value, str):
                        node.body = node.body[1:]
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                node.returns = None
            if isinstance(node, ast.arg):
                node.annotation = None
        digest.update(f"{part}\n{ast.dump(trees[part])}\n".encode())
    return digest.hexdigest()
