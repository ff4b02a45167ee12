"""The build of one part, before any clip or bitstream exists: what it leaves below /build is sent to the lab, file by file."""
import os
import stat
import struct

from refusal import Refused

FOLDER = "/build"
FILE_COUNT_MAX = 4096


def warm_up(modules: dict) -> None:
    """Calls `warm_up()` of each module that defines it, the common one first."""
    for module in modules.values():
        function = getattr(module, "warm_up", None)
        if callable(function):
            function()


def send_files(results) -> None:
    """Every file, in the order of names; anything else than a regular file ends the build. The lab checks it all again."""
    names = sorted(os.listdir(FOLDER))
    if len(names) > FILE_COUNT_MAX:
        raise Refused("output_limit", f"build: expected at most {FILE_COUNT_MAX} files, got more")
    for name in names:
        path = os.path.join(FOLDER, name)
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Refused("contract", f"build: expected regular files below {FOLDER}, got {name!r}")
        with open(path, "rb") as file:
            send_file(os.fsencode(name), file.read(), results)


def send_file(name: bytes, content: bytes, results) -> None:
    results.send(b"O", struct.pack(">I", len(name)) + name + content)
