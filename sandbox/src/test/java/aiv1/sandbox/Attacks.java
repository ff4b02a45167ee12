package aiv1.sandbox;

import java.util.ArrayList;
import java.util.List;

/// The attacks that every build of the sandbox must contain: Python bodies of `decode(bitstream)`,
/// and how each must end.
///
/// `tell(x)` ends an attack that got through, with what it got; `refused(f)` calls f and raises
/// "contained" when the system says no.
final class Attacks {
    static final String PRELUDE =
            """
            import ctypes, errno, mmap, os, re, resource, signal, socket, struct, sys, threading, time
            import numpy as np

            libc = ctypes.CDLL(None, use_errno=True)

            def tell(what):
                raise RuntimeError("ESCAPED: " + str(what)[:200])

            def syscall(number, *args):
                result = libc.syscall(number, *[ctypes.c_long(a) for a in args])
                if result < 0:
                    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
                tell("system call %d gave %d" % (number, result))

            def good_frames():
                for _ in range(4):
                    yield np.zeros((12, 16), np.uint8), np.zeros((6, 8), np.uint8), np.zeros((6, 8), np.uint8)

            """;

    private final List<Attack> rows = new ArrayList<>();

    private Attacks() {}

    /// One row: `expected` are outcome labels of which one must come, and `text` a part of the
    /// failure's message.
    record Attack(String name, String body, List<String> expected, String text) {}

    static List<Attack> all() {
        Attacks attacks = new Attacks();
        attacks.time();
        attacks.processes();
        attacks.memory();
        attacks.output();
        attacks.files();
        attacks.network();
        attacks.kernel();
        attacks.watch();
        attacks.verdict();
        return attacks.rows;
    }

    private void time() {
        row("sleep", "time.sleep(1000)", "timed_out", "wall");
        row("endless loop", "while True: pass", "timed_out", "CPU");
        row(
                "ignored signals and a loop",
                "for s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass\nwhile True: pass",
                "timed_out",
                "CPU");
        row(
                "a regular expression that holds the interpreter",
                "re.match('(a+)+$', 'a' * 40 + 'b')",
                "timed_out",
                "CPU");
        row(
                "raised CPU limit",
                "resource.setrlimit(resource.RLIMIT_CPU, (10000, 10000))",
                "crashed",
                "");
        row("nice", "os.nice(-10)", "crashed", "");
        row(
                "real-time scheduling",
                "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
                "crashed",
                "");
    }

    private void processes() {
        row("fork", "os.fork()", "crashed", "not permitted");
        row("fork bomb", "while True: os.fork()", "crashed", "not permitted");
        row("vfork and exec", "import subprocess\nsubprocess.run(['/usr/bin/id'])", "crashed", "");
        row("clone a process", "syscall(56, 17, 0, 0, 0, 0)", "crashed", "not permitted");
        row("clone3", "syscall(435, 0, 0)", "crashed", "not implemented");
        row(
                "thread bomb",
                "ts = []\nfor i in range(1000):\n    t = threading.Thread(target=time.sleep, args=(100,), daemon=True); t.start(); ts.append(t)\ntell(len(ts))",
                "crashed",
                "start new thread");
        row("signal all", "os.kill(-1, 9)", "crashed", "not permitted");
        row("signal the parent", "os.kill(os.getppid(), 9)", "crashed", "not permitted");
        row(
                "clear the parent-death signal",
                "syscall(157, 1, 0, 0, 0, 0)",
                "crashed",
                "not permitted");
        row("abort", "os.abort()", "crashed", "signal");
        row("segfault", "ctypes.string_at(0)", "crashed", "signal 11");
        row(
                "recursion in C",
                "sys.setrecursionlimit(10**8)\ndef f(): f()\nf()",
                List.of("crashed", "out_of_memory"),
                "");
        row("new shell", "os.execv('/bin/sh', ['sh', '-c', 'exit 0'])", "invalid", "status 0");
    }

    private void memory() {
        row(
                "heap balloon",
                "x = []\nwhile True: x.append(bytearray(1 << 24))",
                "out_of_memory",
                "");
        row("numpy balloon", "x = [np.ones(1 << 24) for _ in range(99)]", "out_of_memory", "");
        row(
                "shared anonymous balloon",
                "x = [mmap.mmap(-1, 1 << 26) for _ in range(99)]",
                "crashed",
                "not permitted");
        row("memfd", "os.memfd_create('x')", "crashed", "not permitted");
        row(
                "System V shared memory",
                "syscall(29, 0, 1 << 30, 0o1600)",
                "crashed",
                "not permitted");
        row(
                "POSIX shared memory",
                "from multiprocessing import shared_memory\nshared_memory.SharedMemory(create=True, size=1 << 20)",
                "crashed",
                "");
        row("message queue", "syscall(240, 0, 0, 0, 0)", "crashed", "");
        row(
                "socket pairs",
                "x = [socket.socketpair() for _ in range(30)]",
                "crashed",
                "not permitted");
        row(
                "pipes without end",
                "x = []\nwhile True: x.append(os.pipe())",
                "crashed",
                "Too many open files");
        row(
                "descriptors without end",
                "x = []\nwhile True: x.append(os.open('/dev/null', os.O_RDONLY))",
                "crashed",
                "Too many open files");
        row(
                "growing stack map",
                "libc.mmap.restype = ctypes.c_void_p\nr = libc.mmap(None, 1 << 20, 3, 0x22 | 0x100, -1, 0)\nif r == 2**64 - 1: raise OSError('contained')\ntell(r)",
                "crashed",
                "contained");
        row(
                "locked memory",
                "r = libc.mlockall(3)\nif r: raise OSError('contained')\ntell(r)",
                "crashed",
                "contained");
    }

    private void output() {
        row(
                "a gigabyte on standard output",
                "while True: print('x' * 1000000)",
                "invalid",
                "16 MiB");
        row(
                "a gigabyte on standard error",
                "while True: sys.stderr.write('x' * 1000000)",
                "invalid",
                "16 MiB");
        row(
                "sparse file",
                "f = open('/tmp/sparse', 'wb')\nf.seek(1 << 40)\nf.write(b'x')",
                "crashed",
                "Read-only");
        row("write to /", "open('/x', 'w')", "crashed", "Read-only");
        row("write to /usr", "open('/usr/x', 'w')", "crashed", "Read-only");
        row("write to the runner", "open('/runner/stages.py', 'a')", "crashed", "");
        row("write to /dev", "open('/dev/x', 'w')", "crashed", "");
        row("write to /dev/shm", "open('/dev/shm/x', 'w')", "crashed", "");
        row("bytecode cache", "open('/usr/lib/python3/dist-packages/x.pyc', 'wb')", "crashed", "");
        row("symlink", "os.symlink('/etc/passwd', '/tmp/x')", "crashed", "");
        row("hard link", "os.link('/usr/bin/id', '/tmp/x')", "crashed", "");
        row("device node", "os.mknod('/tmp/x', 0o600 | 0o020000, os.makedev(1, 1))", "crashed", "");
        row("fifo", "os.mkfifo('/tmp/x')", "crashed", "");
        row("set-uid bit", "os.chmod('/usr/bin/id', 0o4755)", "crashed", "");
        row("time stamp", "os.utime('/usr/bin/id', (1, 1))", "crashed", "");
        row("extended attribute", "os.setxattr('/usr/bin/id', 'user.x', b'1')", "crashed", "");
    }

    private void files() {
        row("host files", "tell(open('/etc/passwd').read())", "crashed", "No such file");
        row("the lab's home", "tell(os.listdir('/root'))", "crashed", "No such file");
        row("process files", "tell(os.listdir('/proc/self'))", "crashed", "No such file");
        row("its own memory", "tell(open('/proc/self/mem', 'rb'))", "crashed", "No such file");
        row(
                "kernel settings",
                "tell(open('/proc/sys/kernel/hostname').read())",
                "crashed",
                "No such file");
        row(
                "environment of the lab",
                "tell(os.environ) if set(os.environ) - {'PATH', 'HOME', 'LANG', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MALLOC_ARENA_MAX', 'PYTHONHASHSEED', 'LC_CTYPE', 'PWD'} else os.open('/contained', 0)",
                "crashed",
                "No such file");
        row("up and out", "tell(os.listdir('/tmp/../../../home'))", "crashed", "No such file");
        row(
                "left from a run before",
                "tell(os.listdir('/tmp')) if os.listdir('/tmp') else os.open('/contained', 0)",
                "crashed",
                "No such file");
        row(
                "inherited descriptors",
                "open_ones = [n for n in range(5, 64) if not libc.fcntl(n, 1, 0) < 0]\nif open_ones: tell(open_ones)\nraise OSError('contained')",
                "crashed",
                "contained");
        row("open by handle", "syscall(304, -100, 0, 0)", "hostile", "");
    }

    private void network() {
        for (String family :
                new String[] {
                    "AF_INET",
                    "AF_INET6",
                    "AF_UNIX",
                    "AF_NETLINK",
                    "AF_PACKET",
                    "AF_ALG",
                    "AF_VSOCK"
                }) {
            row(
                    "socket " + family,
                    "socket.socket(socket." + family + ", socket.SOCK_DGRAM)",
                    "crashed",
                    "not permitted");
        }
        row(
                "cloud metadata",
                "import urllib.request\nurllib.request.urlopen('http://169.254.169.254/', timeout=2)",
                "crashed",
                "");
        row(
                "name service",
                "socket.getaddrinfo('example.com', 80)\nsocket.create_connection(('127.0.0.1', 80))",
                "crashed",
                "");
    }

    private void kernel() {
        String[][] killed = {
            {"ptrace", "101"},
            {"process_vm_readv", "310"},
            {"unshare", "272"},
            {"setns", "308"},
            {"mount", "165"},
            {"umount", "166"},
            {"chroot", "161"},
            {"pivot_root", "155"},
            {"fsopen", "430"},
            {"io_uring_setup", "425"},
            {"userfaultfd", "323"},
            {"bpf", "321"},
            {"perf_event_open", "298"},
            {"keyctl", "250"},
            {"init_module", "175"},
            {"kexec_load", "246"},
            {"reboot", "169"},
            {"settimeofday", "164"},
            {"syslog", "103"},
            {"iopl", "172"},
            {"modify_ldt", "154"},
            {"x32 numbers", "1073741824"}
        };
        for (String[] call : killed) {
            row(call[0], "syscall(" + call[1] + ", 0, 0, 0, 0, 0)", "hostile", "");
        }
        row(
                "32-bit system calls",
                "code = bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3])\nm = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)\nm.write(code)\nctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()\ntell('int 0x80')",
                List.of("hostile", "crashed"),
                "");
        row("personality", "syscall(135, 0x0040000)", "crashed", "");
        row(
                "terminal injection",
                "import fcntl, termios\nfcntl.ioctl(2, termios.TIOCSTI, b'x')",
                "crashed",
                "");
        row(
                "a lock that another sandbox could read",
                "import fcntl\nfcntl.lockf(open('/usr/bin/python3', 'rb'), fcntl.LOCK_SH | fcntl.LOCK_NB, 5, 5)",
                "crashed",
                "not permitted");
        row(
                "a lock that another sandbox set",
                "import fcntl\nfcntl.fcntl(open('/usr/bin/python3', 'rb'), 5, bytes(32))\ntell('F_GETLK')",
                "crashed",
                "not permitted");
        row(
                "a hint that stays on a file",
                "import fcntl\nfcntl.fcntl(open('/runner/run.py', 'rb'), 1036, struct.pack('Q', 3))\ntell('F_SET_RW_HINT')",
                "crashed",
                "not permitted");
        row("shared memory by /dev/zero", "open('/dev/zero', 'rb')", "crashed", "No such file");
        row(
                "the encoder's source",
                """
                frame = sys._getframe()
                while frame:
                    for value in list(frame.f_locals.values()):
                        if isinstance(value, dict) and (b"encoder" in value or "encoder" in value or "quality" in value):
                            tell(list(value))
                    frame = frame.f_back
                raise OSError("contained")
                """,
                "crashed",
                "contained");
        row(
                "a codec that is installed",
                """
                import glob
                for path in glob.glob("/usr/lib/*/lib*"):
                    if re.match(r"lib(aom|avcodec|x26[45]|SvtAv1Enc|vpx|dav1d|de265|jpeg|webp)[.-]", path.rsplit("/", 1)[1]):
                        try:
                            ctypes.CDLL(path)
                            tell(path)
                        except OSError:
                            pass
                raise OSError("contained")
                """,
                "crashed",
                "contained");
        row(
                "page cache: fadvise",
                "os.posix_fadvise(0, 0, 0, os.POSIX_FADV_DONTNEED)",
                "crashed",
                "not permitted");
        row("page cache: readahead", "syscall(187, 0, 0, 4096)", "crashed", "not permitted");
        row("page cache: preadv2", "os.preadv(0, [bytearray(1)], 0, os.RWF_NOWAIT)", "crashed", "");
        row("page cache: mincore", "syscall(27, 0, 4096, 0)", "crashed", "not permitted");
        row("page cache: cachestat", "syscall(451, 0, 0, 0, 0)", "crashed", "not permitted");
        row("inotify", "syscall(253)", "crashed", "not permitted");
        row("counting processes", "syscall(99, 0)", "crashed", "not permitted");
    }

    /// Against the eye of the lab on CPU time and memory. Seven hundred megabytes are more than the
    /// limit and less than what the kernel itself would refuse.
    private void watch() {
        String balloon = "x = np.ones(700 << 20, np.uint8)\ntime.sleep(1000)";
        row(
                "a name that reads like a line of the kernel's",
                "libc.prctl(15, b'\\rVmHWM:')\ntime.sleep(1000)",
                "timed_out",
                "wall");
        row(
                "a balloon behind a name that is no text",
                "libc.prctl(15, b'\\xff\\xfe')\n" + balloon,
                "out_of_memory",
                "");
        row(
                "a balloon behind a first thread that ended",
                "def inflate():\n"
                        + balloon.indent(4)
                        + "threading.Thread(target=inflate).start()\nsyscall(60, 0)",
                "out_of_memory",
                "");
    }

    private void verdict() {
        row("nothing", "return None", "invalid", "got None");
        row("exit", "sys.exit(0)", "crashed", "");
        row("exit at once", "os._exit(0)", "invalid", "status 0");
        row(
                "too few frames",
                "return list(good_frames())[:3]",
                "invalid",
                "expected 4 frames, got 3");
        row(
                "too many frames",
                "return list(good_frames()) * 2",
                "invalid",
                "expected 4 frames, got");
        row(
                "wrong size",
                "return [(np.zeros((5, 5), np.uint8),) * 3] * 4",
                "invalid",
                "expected shape (12, 16)");
        row(
                "float frames",
                "return [tuple(p.astype(float) for p in f) for f in good_frames()]",
                "invalid",
                "expected uint8, got float64");
        row(
                "NaN frames",
                "return [tuple(p * np.nan for p in f) for f in good_frames()]",
                "invalid",
                "expected uint8");
        row(
                "object frames",
                "return [tuple(p.astype(object) for p in f) for f in good_frames()]",
                "invalid",
                "expected uint8");
        row(
                "forged garbage on the result descriptor",
                "for fd in range(3, 9):\n    try: os.write(fd, b'{\"psnr\": 99}')\n    except OSError: pass\ntime.sleep(100)",
                List.of("invalid", "timed_out"),
                "");
        row(
                "forged end",
                "for fd in range(3, 9):\n    try: os.write(fd, b'D' + bytes(8))\n    except OSError: pass\ntime.sleep(100)",
                "invalid",
                "");
        row(
                "forged frame of another size",
                "for fd in range(3, 9):\n    try: os.write(fd, b'F' + struct.pack('>Q', 7) + bytes(7))\n    except OSError: pass\ntime.sleep(100)",
                "invalid",
                "expected 288 bytes, got 7");
        row(
                "forged length",
                "for fd in range(3, 9):\n    try: os.write(fd, b'F' + struct.pack('>Q', 1 << 60))\n    except OSError: pass\ntime.sleep(100)",
                "invalid",
                "");
        row(
                "forged lab fault",
                "for fd in range(3, 9):\n    try: os.write(fd, b'E' + struct.pack('>QIIs', 0, 0, 0, b''))\n    except OSError: pass\nos._exit(3)",
                List.of("invalid", "crashed"),
                "");
        row(
                "writer at exit",
                "import atexit\natexit.register(lambda: os.write(4, b'D' + bytes(8)))\nraise ValueError('first')",
                "crashed",
                "first");
        row(
                "monkey-patched runner",
                "import stages, clip, contracts\nclip.check = lambda *a: None\nclip.planes_of = lambda *a: (np.zeros(3, np.uint8),) * 3\nreturn good_frames()",
                "invalid",
                "expected 288 bytes");
        row(
                "an exception that lies",
                "class Lies(Exception):\n    def __str__(self): os._exit(0)\nraise Lies()",
                List.of("invalid", "crashed"),
                "");
    }

    private void row(String name, String body, String expected, String text) {
        row(name, body, List.of(expected), text);
    }

    private void row(String name, String body, List<String> expected, String text) {
        rows.add(new Attack(name, body, expected, text));
    }
}
