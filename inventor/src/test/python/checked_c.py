"""Functions in C as a codec calls them (`aiv1.c`), compiled so that undefined behaviour ends the program."""

import subprocess
import sys
import types
from pathlib import Path

ROOM = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOM.parent / "domain/src/main/resources/aiv1/domain/candidate"))
CHECKS = "-fsanitize=undefined,bounds-strict,float-divide-by-zero,float-cast-overflow -fno-sanitize-recover=all -static-libubsan"
FLAGS = "-std=c11 -O1 -g1 -ffp-contract=off -Wall -Wextra -Werror=implicit-function-declaration -shared -fPIC -Wl,-z,defs"


def compile_checked(parts, folder):
    """Offers as `aiv1.c` what parts, name by name, hold in C. Warnings are faults."""
    import aiv1_c

    source, library = Path(folder, "functions.c"), Path(folder, "functions.so")
    source.write_text(aiv1_c.source_of(parts))
    command = ["gcc", *FLAGS.split(), *CHECKS.split(), "-o", str(library), str(source), "-lm"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    module = sys.modules["aiv1"] = types.ModuleType("aiv1")
    module.c = aiv1_c.Functions(str(library))
