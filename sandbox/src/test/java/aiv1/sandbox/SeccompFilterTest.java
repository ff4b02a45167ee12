package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The assembled program, run by a small interpreter of classic BPF that was written from the
/// kernel's documentation.
class SeccompFilterTest {
    private static final byte[] PROGRAM = SeccompFilter.assemble();

    @ParameterizedTest
    @CsvSource({
        "0, ALLOW", // read
        "1, ALLOW", // write
        "59, ALLOW", // execve, by which the launch itself ends
        "202, ALLOW", // futex
        "41, EPERM", // socket
        "57, EPERM", // fork
        "221, EPERM", // fadvise64
        "101, KILL", // ptrace
        "425, KILL", // io_uring_setup
        "435, ENOSYS", // clone3
        "9999, ENOSYS",
        "1073741824, KILL", // x32 read
    })
    void each_call_gets_its_verdict(int number, String verdict) {
        assertThat(run(SeccompFilter.AUDIT_ARCH_X86_64, number, new long[6])).isEqualTo(verdict);
    }

    @Test
    void another_architecture_kills() {
        assertThat(run(0x40000003, 0, new long[6])).isEqualTo("KILL");
        assertThat(run(0xC00000B7, 0, new long[6])).isEqualTo("KILL");
    }

    @ParameterizedTest
    @CsvSource({
        "56, 0, 0x10f00, ALLOW", // clone of a thread
        "56, 0, 0x11, EPERM", // clone of a process
        "9, 3, 0x22, ALLOW", // private anonymous map
        "9, 3, 0x2, ALLOW", // private map of a file
        "9, 3, 0x1, ALLOW", // shared map of a file
        "9, 3, 0x21, EPERM", // shared anonymous
        "9, 3, 0x23, EPERM", // the same, validated
        "9, 3, 0x122, EPERM", // grows down
        "9, 3, 0x40022, EPERM", // huge pages
        "157, 0, 1, EPERM", // PR_SET_PDEATHSIG
        "157, 0, 15, ALLOW", // PR_SET_NAME
        "16, 1, 0x5401, ALLOW", // TCGETS
        "16, 1, 0x5412, ENOTTY", // TIOCSTI
    })
    void arguments_decide(int number, int index, String value, String verdict) {
        long[] arguments = new long[6];
        arguments[index] = Long.decode(value);
        assertThat(run(SeccompFilter.AUDIT_ARCH_X86_64, number, arguments)).isEqualTo(verdict);
    }

    /// The compiler may start processes, in no namespaces but its own; all else is as for
    /// everybody.
    @ParameterizedTest
    @CsvSource({
        "57, 0, ALLOW", // fork
        "58, 0, ALLOW", // vfork
        "56, 0x11, ALLOW", // clone of a process
        "56, 0x4111, ALLOW", // as vfork does
        "56, 0x10f00, ALLOW", // clone of a thread
        "56, 0x10000011, EPERM", // CLONE_NEWUSER
        "56, 0x20011, EPERM", // CLONE_NEWNS
        "56, 0x40000011, EPERM", // CLONE_NEWNET
        "435, 0, ENOSYS", // clone3, whose flags cannot be seen
        "41, 0, EPERM", // socket
        "62, 0, EPERM", // kill
        "87, 0, EPERM", // unlink
        "90, 0, EPERM", // chmod
        "88, 0, EPERM", // symlink
        "221, 0, EPERM", // fadvise64
        "101, 0, KILL", // ptrace
        "272, 0, KILL", // unshare
    })
    void a_compiler_may_start_processes(int number, String argument, String verdict) {
        long[] arguments = new long[6];
        arguments[0] = Long.decode(argument);
        assertThat(
                        run(
                                SeccompFilter.assembleForCompiler(),
                                SeccompFilter.AUDIT_ARCH_X86_64,
                                number,
                                arguments))
                .isEqualTo(verdict);
    }

    private static String run(int architecture, int number, long[] arguments) {
        return run(PROGRAM, architecture, number, arguments);
    }

    private static String run(byte[] instructions, int architecture, int number, long[] arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(architecture).putLong(0);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        ByteBuffer program = ByteBuffer.wrap(instructions).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(8 * at) & 0xffff;
            int ifTrue = program.get(8 * at + 2) & 0xff;
            int ifFalse = program.get(8 * at + 3) & 0xff;
            int value = program.getInt(8 * at + 4);
            at++;
            switch (code) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
                case 0x35 ->
                        at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & value) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return name(value);
                }
                default -> throw new AssertionError("unknown instruction " + code);
            }
        }
    }

    private static String name(int verdict) {
        return switch (verdict) {
            case SeccompFilter.RET_ALLOW -> "ALLOW";
            case SeccompFilter.RET_KILL_PROCESS -> "KILL";
            case SeccompFilter.RET_ERRNO | SeccompFilter.EPERM -> "EPERM";
            case SeccompFilter.RET_ERRNO | SeccompFilter.ENOTTY -> "ENOTTY";
            case SeccompFilter.RET_ERRNO | SeccompFilter.ENOSYS -> "ENOSYS";
            default -> Integer.toHexString(verdict);
        };
    }
}
