"""What a look at the source says before any of it runs: names and modules that are not there, slow loops, and a signature."""
import ast
import builtins
import hashlib
import importlib.util
import symtable

OWN_MODULES = {"common", "encoder", "decoder", "aiv1"}
MODULE_NAMES = set(dir(builtins)) | {"__name__", "__file__", "__doc__", "__package__", "__spec__", "__loader__", "__builtins__"}
ENTRIES = {"encode", "decode", "run_encoding_agent", "run_decoding_agent"}
CONDITIONAL = (ast.If, ast.IfExp, ast.Try, ast.While, ast.BoolOp, ast.Match, ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.comprehension, ast.Compare)
LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)
DYNAMIC = {"exec", "eval", "globals", "locals", "vars", "setattr", "__import__"}


class Fault(Exception):
    """A name or module that is certainly missing: where, and the exception that running it would raise."""

    def __init__(self, kind: str, part: str, line: int, message: str) -> None:
        super().__init__(message)
        self.kind, self.part, self.line = kind, part, line


def parse(part: str, source: str) -> ast.Module:
    compile(source, part + ".py", "exec", dont_inherit=True)
    return ast.parse(source, part + ".py")


def check(sources: dict[str, str], trees: dict[str, ast.Module]) -> set[str]:
    """Raises Fault for the first thing that cannot work; gives remarks on what may not."""
    for part, tree in trees.items():
        for node in tree.body:
            for module in imported(node):
                if module not in OWN_MODULES and not is_there(module):
                    raise Fault("ModuleNotFoundError", part, node.lineno, f"No module named '{module}': candidates have numpy, scipy and the standard library")
    shared = top_names(sources["common"]) if "common" in sources else set()
    remarks = set()
    for part, tree in trees.items():
        remarks |= check_names(part, sources[part], tree, shared)
    return remarks


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


def check_names(part: str, source: str, tree: ast.Module, shared: set[str]) -> set[str]:
    """A missing name is a fault where it is surely reached, else a remark: a branch may never be taken."""
    known = MODULE_NAMES | top_names(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            if node.module != "common":
                return set()  # who knows what that brings
            known |= shared
        elif isinstance(node, ast.Name) and node.id in DYNAMIC:
            return set()
        elif isinstance(node, ast.Global):
            known |= set(node.names)
        elif isinstance(node, ast.ExceptHandler) and "NameError" in ast.dump(node.type or ast.Constant(0)):
            return set()
    missing = globals_read(symtable.symtable(source, part + ".py", "exec")) - known
    reached = list(surely_reached(tree.body))
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name in ENTRIES:
            reached += surely_reached(function.body)
    for node in sorted(reached, key=lambda node: node.lineno):
        if node.id in missing:
            raise Fault("NameError", part, node.lineno, f"name '{node.id}' is not defined")
    places = {(node.id, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in missing}
    return {f"may fail: name '{name}' is not defined in {part}.py, line {line}" for name, line in sorted(places)[:3]}


def surely_reached(body: list[ast.stmt]):
    """The names in statements that run whenever the body does, up to the first one that may leave it."""
    for statement in body:
        stack = [statement]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Name):
                yield node
            elif not isinstance(node, CONDITIONAL):
                stack += ast.iter_child_nodes(node)
        if any(isinstance(node, LEAVES) for node in ast.walk(statement)):
            return


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
    """Two nested loops over ranges of step one whose body reads or writes one sample at a time; compiled ones are fast."""
    compiled = {node for function in ast.walk(tree) if is_compiled(function) for node in ast.walk(function)}
    for outer in ast.walk(tree):
        if is_counting(outer) and outer not in compiled:
            for inner in ast.walk(outer):
                if inner is not outer and is_counting(inner):
                    wanted = {outer.target.id, inner.target.id}
                    for node in ast.walk(inner):
                        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
                            plain = {element.id for element in node.slice.elts if isinstance(element, ast.Name)}
                            if wanted <= plain:
                                return [f"may be slow: one sample at a time in {part}.py, line {inner.lineno}"]
    return []


def is_compiled(node: ast.AST) -> bool:
    """Whether numba compiles it: a function under @njit, @numba.jit(...) and the like."""
    if not isinstance(node, ast.FunctionDef):
        return False
    heads = [decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list]
    return any((head.attr if isinstance(head, ast.Attribute) else getattr(head, "id", "")) in ("jit", "njit") for head in heads)


def is_counting(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.For)
        and isinstance(node.target, ast.Name)
        and isinstance(node.iter, ast.Call)
        and isinstance(node.iter.func, ast.Name)
        and node.iter.func.id == "range"
        and len(node.iter.args) < 3
    )


def signature(trees: dict[str, ast.Module], others: list[bytes]) -> str:
    """Equal for Python sources that differ in comments, docstrings, annotations and layout only; other parts count as they are."""
    digest = hashlib.sha256()
    for text in others:
        digest.update(b"%d\n%b" % (len(text), text))
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
