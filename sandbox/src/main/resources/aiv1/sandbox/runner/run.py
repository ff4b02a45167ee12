"""The trusted half of a sandboxed process: reads a job from descriptor 0, runs the candidate, writes what it gives.

A job is a list of named byte strings, then the clip's frames or nothing. Results are messages: one letter, a length, that many bytes:
H it runs, B a piece of bitstream, F one planar frame, O a file that a build leaves, L a label, N the next of several candidates, E an error, D done. After D it waits: the lab reads the clock, then ends it.
"""
import os
import struct

from run_io import read_exactly


def read_job(fd: int) -> dict[str, bytes]:
    (count,) = struct.unpack(">I", read_exactly(fd, 4))
    job = {}
    for _ in range(count):
        (name_size,) = struct.unpack(">I", read_exactly(fd, 4))
        name = read_exactly(fd, name_size).decode()
        (size,) = struct.unpack(">Q", read_exactly(fd, 8))
        job[name] = read_exactly(fd, size)
    return job


class Results:
    """Where results go: a descriptor that the candidate's prints do not reach."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def send(self, letter: bytes, payload: bytes = b"") -> None:
        view = memoryview(letter + struct.pack(">Q", len(payload)) + payload)
        while view:
            view = view[os.write(self._fd, view) :]

    def error(self, **fields: object) -> None:
        pairs = [(k, str(v).encode("utf-8", "replace")) for k, v in fields.items() if v is not None]
        body = [struct.pack(">I", len(pairs))]
        for name, value in pairs:
            value = value[:8000]
            body += [struct.pack(">I", len(name)), name.encode(), struct.pack(">I", len(value)), value]
        self.send(b"E", b"".join(body))


def main() -> None:
    jobs, results = os.dup(0), Results(os.dup(1))
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    results.send(b"H")
    job = read_job(jobs)
    import stages

    # Kept out of reach of whatever the candidate does to these modules: looked up before it is loaded.
    read, send = os.read, results.send
    stages.carry_out(job, jobs, results)
    send(b"D")
    while read(jobs, 1 << 16):
        pass
    os._exit(0)


main()
