package aiv1.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The seccomp filter as the kernel takes it: a classic BPF program of 8-byte little-endian
/// instructions `{u16 code, u8 jt, u8 jf, u32 k}`.
///
/// Theory of operation. The kernel runs the program at every system call over `struct
/// seccomp_data`: number at offset 0, architecture at 4, arguments as 64-bit words from 16. A wrong
/// architecture and the x32 numbers kill at once, since the same number means another call there.
/// Calls with rules on their arguments come first, then a plain list: allowed, refused with EPERM,
/// or killed, so that the exit status 159 (128 + SIGSYS) means "hostile". Whatever is not listed
/// gets ENOSYS: libraries then use what they used on older kernels. See seccomp(2) and the kernel's
/// Documentation/userspace-api/seccomp_filter.rst.
final class SeccompFilter {
    static final int AUDIT_ARCH_X86_64 = 0xC000003E;
    static final int X32_BIT = 0x40000000;

    static final int RET_ALLOW = 0x7fff0000;
    static final int RET_KILL_PROCESS = 0x80000000;
    static final int RET_ERRNO = 0x00050000;
    static final int EPERM = 1;
    static final int ENOTTY = 25;
    static final int ENOSYS = 38;

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER_EQUAL = 0x35;
    private static final int JUMP_SET = 0x45;
    private static final int RETURN = 0x06;

    private static final int OFFSET_NUMBER = 0;
    private static final int OFFSET_ARCHITECTURE = 4;
    private static final int OFFSET_ARGUMENTS = 16;

    private static final int MMAP = 9;
    private static final int IOCTL = 16;
    private static final int CLONE = 56;
    private static final int FCNTL = 72;
    private static final int PRCTL = 157;

    private static final int CLONE_THREAD = 0x10000;

    /// CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
    private static final int CLONE_NEW_NAMESPACE = 0x80 | 0x20000 | 0x7e000000;

    private static final int MAP_SHARED = 0x01;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_GROWSDOWN_OR_HUGETLB = 0x100 | 0x40000;
    private static final int[] PRCTL_ALLOWED = {15, 16, 0x53564d41};

    /// Duplicating and flags; no locks, leases, hints or signals, which other processes can see.
    private static final int[] FCNTL_ALLOWED = {0, 1, 2, 3, 4, 1030};

    private static final int[] IOCTL_ALLOWED = {0x5401, 0x5413, 0x5421, 0x5450, 0x5451};

    /// fork and vfork; wait4 and execve are everybody's.
    private static final int[] COMPILER_ALLOWED = {57, 58};

    private final List<long[]> program = new ArrayList<>();

    private SeccompFilter() {}

    /// The program for x86-64, ready to be handed to bubblewrap.
    static byte[] assemble() {
        return assemble(false);
    }

    /// The same for the compiler's start, which runs no candidate: it may start processes, in the
    /// namespaces that it has.
    static byte[] assembleForCompiler() {
        return assemble(true);
    }

    private static byte[] assemble(boolean isForCompiler) {
        SeccompFilter filter = new SeccompFilter();
        filter.architecture();
        if (isForCompiler) {
            filter.processRules();
        }
        filter.argumentRules();
        filter.listed();
        filter.emit(RETURN, 0, 0, RET_ERRNO | ENOSYS);
        return filter.bytes();
    }

    private void architecture() {
        emit(LOAD_WORD, 0, 0, OFFSET_ARCHITECTURE);
        emit(JUMP_EQUAL, 1, 0, AUDIT_ARCH_X86_64);
        emit(RETURN, 0, 0, RET_KILL_PROCESS);
        emit(LOAD_WORD, 0, 0, OFFSET_NUMBER);
        emit(JUMP_GREATER_EQUAL, 0, 1, X32_BIT);
        emit(RETURN, 0, 0, RET_KILL_PROCESS);
    }

    /// Stands before the other rules and so overrules them. clone3 stays unknown: its flags lie in
    /// memory, where no filter sees them, and the C library falls back to clone.
    private void processRules() {
        for (int number : COMPILER_ALLOWED) {
            emit(JUMP_EQUAL, 0, 1, number);
            emit(RETURN, 0, 0, RET_ALLOW);
        }
        emit(JUMP_EQUAL, 0, 4, CLONE);
        emit(LOAD_WORD, 0, 0, argument(0));
        emit(JUMP_SET, 1, 0, CLONE_NEW_NAMESPACE);
        emit(RETURN, 0, 0, RET_ALLOW);
        emit(RETURN, 0, 0, RET_ERRNO | EPERM);
    }

    /// Each rule is skipped whole when the number differs, and ends in a return when it does not.
    private void argumentRules() {
        // Threads only: a new process would escape the limits of this one.
        emit(JUMP_EQUAL, 0, 4, CLONE);
        emit(LOAD_WORD, 0, 0, argument(0));
        emit(JUMP_SET, 0, 1, CLONE_THREAD);
        emit(RETURN, 0, 0, RET_ALLOW);
        emit(RETURN, 0, 0, RET_ERRNO | EPERM);
        // Memory that RLIMIT_DATA does not count: shared anonymous, growing stacks, huge pages.
        emit(JUMP_EQUAL, 0, 6, MMAP);
        emit(LOAD_WORD, 0, 0, argument(3));
        emit(JUMP_SET, 2, 0, MAP_GROWSDOWN_OR_HUGETLB);
        emit(JUMP_SET, 0, 2, MAP_SHARED);
        emit(JUMP_SET, 0, 1, MAP_ANONYMOUS);
        emit(RETURN, 0, 0, RET_ERRNO | EPERM);
        emit(RETURN, 0, 0, RET_ALLOW);
        oneOf(PRCTL, argument(0), PRCTL_ALLOWED, EPERM);
        oneOf(IOCTL, argument(1), IOCTL_ALLOWED, ENOTTY);
        oneOf(FCNTL, argument(1), FCNTL_ALLOWED, EPERM);
    }

    private void oneOf(int number, int argument, int[] allowed, int errno) {
        emit(JUMP_EQUAL, 0, 2 + 2 * allowed.length, number);
        emit(LOAD_WORD, 0, 0, argument);
        for (int value : allowed) {
            emit(JUMP_EQUAL, 0, 1, value);
            emit(RETURN, 0, 0, RET_ALLOW);
        }
        emit(RETURN, 0, 0, RET_ERRNO | errno);
    }

    private void listed() {
        for (String line : resourceLines()) {
            String[] words = line.split(" ", -1);
            int verdict =
                    switch (words[0]) {
                        case "allow" -> RET_ALLOW;
                        case "kill" -> RET_KILL_PROCESS;
                        case "eperm" -> RET_ERRNO | EPERM;
                        default -> throw new IllegalStateException("system call table: " + line);
                    };
            emit(JUMP_EQUAL, 0, 1, Integer.parseInt(words[1]));
            emit(RETURN, 0, 0, verdict);
        }
    }

    private void emit(int code, int ifTrue, int ifFalse, int value) {
        program.add(new long[] {code, ifTrue, ifFalse, value & 0xffffffffL});
    }

    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] instruction : program) {
            bytes.putShort((short) instruction[0]);
            bytes.put((byte) instruction[1]);
            bytes.put((byte) instruction[2]);
            bytes.putInt((int) instruction[3]);
        }
        return bytes.array();
    }

    private static int argument(int index) {
        return OFFSET_ARGUMENTS + 8 * index;
    }

    private static List<String> resourceLines() {
        try (InputStream in =
                        SeccompFilter.class.getResourceAsStream(
                                "/aiv1/sandbox/syscalls-x86_64.txt");
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        java.util.Objects.requireNonNull(in),
                                        StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("system call table", e);
        }
    }
}
