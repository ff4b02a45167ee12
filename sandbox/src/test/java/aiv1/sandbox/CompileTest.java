package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.StageLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Candidates with parts in C: compiled, run, and caught.
class CompileTest {
    private static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(30), Duration.ofMinutes(2), 1L << 30, 16L << 20);

    /// Width, height and frame count in six bytes, then the planes of each frame.
    private static final String ENCODER =
            """
            #include "aiv1.h"
            #include "common.h"

            int encode(const clip_t *clip, int quality, sink_t *out) {
                uint8_t head[6];
                put16(head, clip->width);
                put16(head + 2, clip->height);
                put16(head + 4, clip->frame_count);
                sink_write(out, head, 6);
                size_t luma = (size_t)clip->width * clip->height;
                for (int f = 0; f < clip->frame_count; f++) {
                    sink_write(out, clip->y + f * luma, luma);
                    sink_write(out, clip->u + f * (luma / 4), luma / 4);
                    sink_write(out, clip->v + f * (luma / 4), luma / 4);
                }
                return 0;
            }
            """;

    private static final String DECODER =
            """
            #include "aiv1.h"
            #include "common.h"

            int decode(const uint8_t *bitstream, size_t size, sink_t *out) {
                if (size < 6) return 3;
                size_t luma = (size_t)get16(bitstream) * get16(bitstream + 2), frame = luma * 3 / 2;
                int count = get16(bitstream + 4);
                if (size != 6 + count * frame) return 4;
                for (int f = 0; f < count; f++) {
                    const uint8_t *y = bitstream + 6 + f * frame;
                    sink_frame(out, y, y + luma, y + luma * 5 / 4);
                }
                return 0;
            }
            """;

    private static final String HEADER =
            """
            static inline void put16(uint8_t *at, int value) { at[0] = value; at[1] = value >> 8; }
            static inline int get16(const uint8_t *at) { return at[0] | at[1] << 8; }
            """;

    private static final String PYTHON_DECODER =
            """
            import struct
            import numpy as np

            def decode(bitstream):
                w, h, n = struct.unpack_from("<HHH", bitstream)
                for f in np.frombuffer(bitstream[6:], np.uint8).reshape(n, -1):
                    yield f[: w * h].reshape(h, w), f[w * h : w * h * 5 // 4].reshape(h // 2, w // 2), f[w * h * 5 // 4 :].reshape(h // 2, w // 2)
            """;

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open(SandboxConfig.defaults());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void says_which_compiler_there_is() {
        assertThat(sandbox.python().gcc()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(sandbox.python().numba()).matches("0\\.\\d+\\..*");
    }

    @Test
    void a_codec_in_c_gives_back_every_byte() {
        roundTrip(Map.of(Part.ENCODER_C, ENCODER, Part.DECODER_C, DECODER, Part.COMMON_H, HEADER));
    }

    @Test
    void an_encoder_in_c_works_with_a_decoder_in_python() {
        roundTrip(
                Map.of(
                        Part.ENCODER_C,
                        ENCODER,
                        Part.DECODER,
                        PYTHON_DECODER,
                        Part.COMMON_H,
                        HEADER));
    }

    private static void roundTrip(Map<Part, String> sources) {
        Candidate candidate = new Candidate(sources, Contract.NATIVE);
        try (BuildOutput output = built(candidate).output()) {
            byte[] bitstream =
                    switch (sandbox.encode(job(candidate, output), Codecs.source())) {
                        case EncodeResult.Encoded encoded -> encoded.bitstream();
                        case EncodeResult.Stopped stopped -> throw failed(stopped.outcome());
                    };
            List<byte[]> frames = new ArrayList<>();
            DecodeResult result =
                    sandbox.decode(
                            job(candidate, output),
                            bitstream,
                            (index, frame) -> frames.add(frame.clone()));
            if (result instanceof DecodeResult.Stopped stopped) {
                throw failed(stopped.outcome());
            }
            for (int i = 0; i < Codecs.FRAME_COUNT; i++) {
                assertThat(frames.get(i)).isEqualTo(Codecs.frame(i));
            }
        }
    }

    @Test
    void two_builds_of_one_source_are_the_same_bytes() {
        Candidate candidate =
                new Candidate(
                        Map.of(
                                Part.ENCODER_C,
                                ENCODER
                                        + "const char *when = __DATE__ __TIME__ __TIMESTAMP__ __FILE__;\n",
                                Part.DECODER_C,
                                DECODER,
                                Part.COMMON_H,
                                HEADER),
                        Contract.NATIVE);
        try (BuildOutput first = built(candidate).output();
                BuildOutput second = built(candidate).output()) {
            assertThat(first.archive()).isEqualTo(second.archive());
        }
    }

    /// Else the linker would start a compiler on bytecode that the candidate wrote by hand.
    @Test
    void sections_of_bytecode_are_not_compiled() {
        String sections =
                """
                __asm__(".section .gnu.lto_.opts,\\"e\\",@progbits\\n.asciz \\"-O2\\"\\n"
                        ".section .gnu.lto_.decls.0,\\"e\\",@progbits\\n.zero 64\\n"
                        ".section .gnu.lto_.symtab.0,\\"e\\",@progbits\\n.zero 16\\n"
                        ".globl __gnu_lto_v1\\n.comm __gnu_lto_v1,1,1\\n.text\\n");
                int decode(const uint8_t *b, size_t n, sink_t *o) { return 0; }
                """;
        BuildResult.Built built = built(decoder(sections));
        built.output().close();
        assertThat(built.labels()).isEmpty();
    }

    @Test
    void where_there_is_no_compiler_the_candidate_hears_of_it() {
        Builds without =
                new Builds(Path.of("/nowhere"), sandbox.launcher(), sandbox.line(), "absent");
        BuildResult.Stopped stopped = (BuildResult.Stopped) without.build(decoder(DECODER), LIMIT);
        assertThat(stopped.outcome().label()).isEqualTo("crashed");
        assertThat(stopped.outcome().failure().summary())
                .contains("decoder.c: expected a C compiler on this worker, got none");
    }

    @Test
    void warnings_are_kept() {
        BuildResult.Built built =
                built(
                        decoder(
                                "int decode(const uint8_t *b, size_t n, sink_t *o) { int unused; return 0; }"));
        built.output().close();
        assertThat(built.labels())
                .containsExactly(
                        "warning: decoder.c line 2: unused variable 'unused' [-Wunused-variable]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a syntax error|int decode(const uint8_t *b, size_t n, sink_t *o) { return 0 }|compile at decoder.c line 2: expected ';' before '}' token",
                "an error in a nested line|int x;\\n\\nint x = y;|compile at decoder.c line 4: 'y' undeclared here (not in a function)",
                "a function that is not there|int f(void); int decode(const uint8_t *b, size_t n, sink_t *o) { return f(); }|compile at decoder.c line 2: undefined reference to `f'",
                "no entry point|int x;|undefined reference to `decode'",
                "a file of the host|#include \"/etc/passwd\"|compile at decoder.c line 2: /etc/passwd: No such file or directory",
                "a file of the host in assembly|__asm__(\".incbin \\x22/etc/shadow\\x22\");|compile: file not found: /etc/shadow",
                "another part|#include \"encoder.c\"|encoder.c: No such file",
                "a device without end|#include \"/dev/urandom\"|compile",
            })
    void a_compile_error_tells_its_line(String name, String source, String text) {
        NotMeasured outcome =
                stopped(decoder(source.replace("\\n", "\n").replace("\\\"", "\"")), LIMIT);
        assertThat(outcome.label()).isEqualTo("invalid");
        assertThat(outcome.failure().summary()).startsWith("build: compile").contains(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a preprocessor that loops|#include \"decoder.c\"|invalid",
                "a log without end|#define A _Pragma(\"message \\\"x\\\"\")\\n#define B A A A A A A A A A A\\n#define C B B B B B B B B B B\\n#define D C C C C C C C C C C\\n#define E D D D D D D D D D D\\nE E E E E E E E E E|invalid",
                "an array larger than the scratch|char x[1 << 28] = {1};|invalid",
                "macros that explode|#define A(x) x x x x x x x x x x\\nint f(void) { return A(A(A(A(A(A(A(A(A(1+))))))))) 0; }|timed_out out_of_memory invalid",
            })
    void a_compiler_that_does_not_end_is_stopped(String name, String source, String labels) {
        StageLimit limit =
                new StageLimit(
                        Duration.ofSeconds(4), Duration.ofSeconds(40), 512L << 20, 16L << 20);
        NotMeasured outcome =
                stopped(decoder(source.replace("\\n", "\n").replace("\\\"", "\"")), limit);
        assertThat(outcome.label())
                .as(outcome.failure().summary())
                .isIn((Object[]) labels.split(" ", -1));
        assertThat(outcome.failure().stage().label()).isEqualTo("build");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a status|return 7;|crashed|expected 0, got 7",
                "no frames|return 0;|invalid|expected 4 frames, got 0",
                "an endless loop|for (volatile int i = 0;; i++) {}|timed_out|CPU",
                "a write out of bounds|*(volatile int *)8 = 1; return 0;|crashed|signal 11",
                "a division by zero|volatile int z = 0; return (int)n / z;|crashed|signal 8",
                "recursion|volatile char big[5000]; big[n % 5000] = 1; return decode(b, n + 1, o) + big[n % 99];|crashed|signal 11",
                "memory|for (;;) { char *p = malloc(1 << 20); if (!p) return 9; memset(p, 1, 1 << 20); }|out_of_memory crashed|",
                "a system call|return syscall(SYS_ptrace, 0, 0, 0, 0);|hostile|",
                "a process|return fork() < 0 ? 5 : 0;|crashed|got 5",
                "a shell|return execl(\"/bin/sh\", \"sh\", \"-c\", \"echo x\", (char *)0);|invalid crashed|",
                "a file|return open(\"/build/x\", O_CREAT + O_RDWR, 0600) < 0 ? 6 : 0;|crashed|got 6",
                "the encoder's program|return open(\"/build/encoder\", O_RDONLY) < 0 ? 6 : 0;|crashed|got 6",
                "the runner's source as a clip|return open(\"/proc/self/maps\", O_RDONLY) < 0 ? 6 : 0;|crashed|got 6",
                "a forged end|for (int i = 3; i < 9; i++) write(i, \"D\\0\\0\\0\\0\\0\\0\\0\\0\", 9); return 0;|invalid|expected 4 frames, got 0",
                "a huge frame|for (int i = 3; i < 9; i++) write(i, \"F\\377\\0\\0\\0\\0\\0\\0\\0\", 9); return 0;|invalid|",
                "too many frames|static uint8_t p[999]; for (int i = 0; i < 5; i++) sink_frame(o, p, p, p); return 0;|invalid|got more",
                "a sudden exit|exit(0);|invalid|",
            })
    void a_decoder_in_c_that_fails_is_told(String name, String body, String labels, String text) {
        Candidate candidate =
                decoder(
                        system()
                                + "int decode(const uint8_t *b, size_t n, sink_t *o) {\n"
                                + body
                                + "\n}");
        NotMeasured outcome = run(candidate);
        assertThat(outcome.label())
                .as(outcome.failure().summary())
                .isIn((Object[]) labels.split(" ", -1));
        assertThat(outcome.failure().message()).contains(Optional.ofNullable(text).orElse(""));
    }

    /// It runs before the lab's main, and can do no more than any candidate: its bytes are read as
    /// messages, and its end is its own.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an error in another's name|write(1, \"E\\0\\0\\0\\0\\0\\0\\0\\0\", 9);|crashed invalid",
                "an end|write(1, \"D\\0\\0\\0\\0\\0\\0\\0\\0\", 9);|invalid",
                "noise|write(1, \"x\", 1);|invalid",
                "an exit|_exit(0);|invalid",
                "an exit that blames the lab|_exit(127);|invalid",
                "a fault|*(volatile int *)8 = 1;|crashed",
                "a loop|for (;;) {}|timed_out",
            })
    void a_constructor_function_does_no_harm(String name, String body, String labels) {
        NotMeasured outcome =
                run(
                        decoder(
                                system()
                                        + "__attribute__((constructor)) static void first(void) {\n"
                                        + body
                                        + "\n}\nint decode(const uint8_t *b, size_t n, sink_t *o) { return 0; }"));
        assertThat(outcome.label())
                .as(outcome.failure().summary())
                .isIn((Object[]) labels.split(" ", -1));
    }

    private static String system() {
        return "#define _GNU_SOURCE\n#include <fcntl.h>\n#include <stdlib.h>\n#include <string.h>\n"
                + "#include <sys/syscall.h>\n#include <unistd.h>\n";
    }

    private static NotMeasured run(Candidate candidate) {
        try (BuildOutput output = built(candidate).output()) {
            DecodeResult result =
                    sandbox.decode(job(candidate, output), new byte[10], (index, frame) -> {});
            assertThat(result).isInstanceOf(DecodeResult.Stopped.class);
            return ((DecodeResult.Stopped) result).outcome();
        }
    }

    /// A candidate whose decoder is this source behind the lab's header.
    private static Candidate decoder(String source) {
        return new Candidate(
                Map.of(
                        Part.ENCODER,
                        "",
                        Part.DECODER_C,
                        source.startsWith("#define _GNU")
                                ? source.replaceFirst("\n", "\n#include \"aiv1.h\"\n")
                                : "#include \"aiv1.h\"\n" + source),
                Contract.NATIVE);
    }

    private static NotMeasured stopped(Candidate candidate, StageLimit limit) {
        BuildResult result = sandbox.build(candidate, limit);
        assertThat(result).isInstanceOf(BuildResult.Stopped.class);
        return ((BuildResult.Stopped) result).outcome();
    }

    private static BuildResult.Built built(Candidate candidate) {
        return switch (sandbox.build(candidate, LIMIT)) {
            case BuildResult.Built built -> built;
            case BuildResult.Stopped stopped -> throw failed(stopped.outcome());
        };
    }

    private static AssertionError failed(NotMeasured outcome) {
        return new AssertionError(outcome.failure().summary() + outcome.failure().stderrTail());
    }

    private static CodecJob job(Candidate candidate, BuildOutput output) {
        StageLimit limit =
                new StageLimit(Duration.ofSeconds(2), Duration.ofSeconds(30), 512L << 20, 1 << 16);
        return new CodecJob(
                candidate,
                Codecs.FORMAT,
                Codecs.FRAME_COUNT,
                2,
                limit,
                0,
                frame -> {},
                Optional.of(output));
    }
}
