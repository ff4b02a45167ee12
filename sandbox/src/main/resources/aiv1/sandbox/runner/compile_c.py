"""The build of a part in C, or of the C that a part in Python holds: the compiler is run by the lab, under fixed flags; nothing of the candidate runs here."""
import os
import re
import subprocess

from refusal import Refused

FOLDER = "/build"
LAB = "/runner/c"
COMPILER = "/usr/bin/gcc"
# Without the linker's plugin, which would hand sections that the candidate wrote to a compiler of their own; the time of a file is no time.
FLAGS = (
    "-std=c11 -O2 -fvect-cost-model=dynamic -ffp-contract=off -Wall -g1 -frandom-seed=aiv1 -fno-diagnostics-show-caret -fdiagnostics-color=never -fmessage-length=0"
    " -Wl,--build-id=none -fno-lto -fno-use-linker-plugin -Wno-builtin-macro-redefined -D__TIMESTAMP__=\"Thu_Jan_1_00:00:00_1970\""
).split()
# A second program for one screening run: whatever is undefined ends it with its line. AddressSanitizer needs the limits on memory lifted; c/checked.c does what fits.
CHECKS = "-fsanitize=undefined,bounds-strict,float-divide-by-zero,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer -w".split()
LOG_BYTES_MAX = 1 << 20
WARNING_COUNT_MAX = 10
# A library's undefined names end its build, as a program's do; the linker does not know their lines in the Python file.
LIBRARY = "-shared -fPIC -Wl,-z,defs -Werror=implicit-function-declaration".split()
LINE = re.compile(r"^(?:/build/)?(encoder\.c|decoder\.c|common\.h|encoder\.py|decoder\.py|common\.py):(\d+):(?:\d+:)? (?:(?:fatal )?([Ee]rror|warning): )?(.*)$")
PLAIN = {"PATH": "/usr/bin", "LC_ALL": "C", "TMPDIR": FOLDER, "SOURCE_DATE_EPOCH": "0"}


def build(job: dict, results) -> None:
    """Leaves one program named after what it does, or one library for a part in Python; or tells the first error with its line."""
    part = job["part"].decode()
    if part.endswith(".c"):
        kind = part.removesuffix(".c")
        for name in (part, "common.h"):
            if name in job:
                write(name, job[name])
        carry_out(kind, ["-static", "-I", LAB, "-DAIV1_" + kind.upper(), part, LAB + "/main.c"], [LAB + "/checked.c"], results)
        return
    import aiv1_c

    try:
        source = aiv1_c.source_of({name + ".py": job[name].decode() for name in ("common", part) if name in job})
    except ValueError as error:
        raise Refused("contract", str(error)) from None
    write("functions.c", source.encode())
    carry_out("functions.so", [*LIBRARY, "functions.c"], ["-static-libubsan"], results)


def write(name: str, content: bytes) -> None:
    with open(f"{FOLDER}/{name}", "wb") as file:
        file.write(content)


def carry_out(target: str, arguments: list[str], checked: list[str], results) -> None:
    status, log = compiler([*FLAGS, *arguments, "-lm", "-o", target])
    found = [match.groups() for match in map(LINE.match, log.splitlines()) if match]
    if status != 0:
        os.write(2, log.encode())
        errors = [(*where, text) for *where, sort, text in found if sort in ("error", "Error")] or [(*where, text) for *where, sort, text in found if not sort]
        where = {"part": errors[0][0].removesuffix(".py"), "line": errors[0][1]} if errors else {}
        message = errors[0][2] if errors else first_fault(log) or f"{COMPILER} ended with status {status}"
        results.error(category="compile", message=message, **where)
        return
    for name, line, sort, text in [entry for entry in found if entry[2] == "warning"][:WARNING_COUNT_MAX]:
        results.send(b"L", f"warning: {name} line {line}: {text}".encode()[:400])
    import build as files

    names = [target]
    status, log = compiler([*FLAGS, *arguments, "-lm", *checked, *CHECKS, "-o", target + "-checked"])
    if status == 0:
        names.append(target + "-checked")
    else:
        results.send(b"L", f"not checked for undefined behaviour: {first_fault(log)}".encode()[:400])
    for name in names:
        with open(f"{FOLDER}/{name}", "rb") as file:
            files.send_file(name.encode(), file.read(), results)


def compiler(arguments: list[str]) -> tuple[int, str]:
    """Status and log, the log cut at its limit, where the compiler is stopped."""
    process = subprocess.Popen([COMPILER, *arguments], cwd=FOLDER, env=PLAIN, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log = process.stdout.read(LOG_BYTES_MAX)
    process.stdout.close()
    return process.wait(), log.decode("utf-8", "replace")


def first_fault(log: str) -> str:
    """What the linker or the assembler says without a line of the candidate's; names of temporary files differ from run to run."""
    lines = log.splitlines()
    told = [line for line in lines if " reference to " in line or " definition of " in line or " Error: " in line] or lines
    return re.sub(r"^\S+:\d+: (Error: )?", "", told[0]) if told else ""


def version() -> str:
    try:
        status, log = compiler(["-dumpfullversion"])
    except OSError:
        return "absent"
    return log.strip() if status == 0 and log.strip() else "absent"
