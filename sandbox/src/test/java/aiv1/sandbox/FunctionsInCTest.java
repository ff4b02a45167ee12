package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.StageLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parts in Python that bring functions in C along: compiled, called, and caught.
class FunctionsInCTest {
    private static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(30), Duration.ofMinutes(2), 1L << 30, 16L << 20);

    private static final String COMMON =
            """
            import aiv1

            C_SOURCE = r'''
            static int64_t turned(int64_t value) { return 255 - value; }

            int64_t turn(const uint8_t *from, uint8_t *to, int64_t count, double share) {
                for (int64_t i = 0; i < count; i++) to[i] = turned(from[i]);
                return (int64_t)(share * 4);
            }
            '''


            def inverted(samples):
                result = samples.copy()
                assert aiv1.c.turn(samples, result, samples.size, 0.5) == 2
                return result
            """;

    private static final String ENCODER =
            """
            import numpy as np
            from common import *

            def encode(clip, quality):
                return b"".join(inverted(np.ascontiguousarray(p)).tobytes() for frame in clip for p in frame)
            """;

    private static final String DECODER =
            """
            import numpy as np
            import aiv1
            from common import inverted

            C_SOURCE = r'''
            int64_t sum(const uint8_t *bytes, int64_t size) {
                int64_t total = 0;
                while (size--) total += turned(*bytes++);
                return total;
            }
            '''

            def decode(bitstream):
                assert aiv1.c.sum(bitstream, len(bitstream)) == sum(255 - b for b in bitstream)
                for frame in inverted(np.frombuffer(bitstream, np.uint8)).reshape(%d, -1):
                    y, u, v = np.split(frame, [frame.size * 4 // 6, frame.size * 5 // 6])
                    yield y.reshape(%d, %d), u.reshape(%d, -1), v.reshape(%d, -1)
            """
                    .formatted(
                            Codecs.FRAME_COUNT,
                            Codecs.FORMAT.height(),
                            Codecs.FORMAT.width(),
                            Codecs.FORMAT.height() / 2,
                            Codecs.FORMAT.height() / 2);

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
    void functions_of_the_common_part_and_of_a_part_of_its_own_are_called() {
        Candidate candidate = candidate(ENCODER, DECODER, COMMON);
        assertThat(Sandbox.needsBuild(candidate)).isTrue();
        try (BuildOutput output = built(candidate).output();
                BuildOutput again = built(candidate).output()) {
            assertThat(again.archive()).isEqualTo(output.archive());
            for (boolean isChecked : new boolean[] {false, true}) {
                CodecJob job = job(candidate, output, isChecked);
                EncodeResult.Encoded encoded =
                        (EncodeResult.Encoded) sandbox.encode(job, Codecs.source());
                DecodeResult decoded =
                        sandbox.decode(
                                job,
                                encoded.bitstream(),
                                (index, frame) -> assertThat(frame).isEqualTo(Codecs.frame(index)));
                assertThat(decoded).isInstanceOf(DecodeResult.Decoded.class);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a syntax error|int64_t f(void) { return 0 }|compile at decoder line 4: expected ';' before '}' token",
                "a name that is not there|int64_t f(void) { return g(); }|compile at decoder line 4: implicit declaration of function 'g'",
                "a function without a body|int64_t g(void); int64_t f(void) { return g(); }|compile: undefined reference to `g'",
                "a file of the host|#include \"/etc/passwd\"|compile at decoder line 4: /etc/passwd: No such file or directory",
                "the other part|#include \"encoder.py\"|compile at decoder line 4: encoder.py: No such file or directory",
            })
    void a_compile_error_tells_its_line_in_the_python_file(
            String name, String source, String text) {
        BuildResult result = sandbox.build(decoder(source, "aiv1.c.f()"), LIMIT);
        assertThat(result).isInstanceOf(BuildResult.Stopped.class);
        NotMeasured outcome = ((BuildResult.Stopped) result).outcome();
        assertThat(outcome.label()).isEqualTo("invalid");
        assertThat(outcome.failure().summary()).startsWith("build: " + text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a shift that is too wide|int64_t f(int64_t n) { return 1LL << n; }|aiv1.c.f(70)|4|shift exponent 70",
                "an index out of bounds|static int t[4]; int64_t f(int64_t n) { return t[n]; }|aiv1.c.f(4)|4|index 4 out of bounds",
                "a division by zero|\\nint64_t f(int64_t n) { return 7 / n; }|aiv1.c.f(0)|5|division by zero",
            })
    void undefined_behaviour_is_told_with_its_line(
            String name, String source, String call, int line, String text) {
        Failure failure = decoded(decoder(source, call), true).failure();
        assertThat(failure.summary()).contains("undefined_behaviour").contains(text);
        assertThat(failure.part()).contains(Part.DECODER);
        assertThat(failure.line()).hasValue(line);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a fault|int64_t f(int64_t at) { *(volatile int *)at = 1; return 0; }|aiv1.c.f(8)|crashed|died by signal 11",
                "an endless loop|int64_t f(void) { for (volatile int i = 0;; i++) {} return 0; }|aiv1.c.f()|timed_out|CPU",
                "no such function|int64_t f(void) { return 0; }|aiv1.c.g()|crashed|expected a function 'g', got none",
                "a list|int64_t f(void) { return 0; }|aiv1.c.f([1])|crashed|got list",
                "every other column|int64_t f(void) { return 0; }|aiv1.c.f(np.zeros((4, 4))[:, ::2])|crashed|expected C-contiguous arrays",
                "a process|#include <unistd.h>\\nint64_t f(void) { return fork(); }|assert aiv1.c.f() > 0|crashed|",
                "a constructor that exits|#include <unistd.h>\\n__attribute__((constructor)) static void first(void) { _exit(0); }\\nint64_t f(void) { return 0; }|aiv1.c.f()|invalid|expected a result",
                "a forbidden call|#include <unistd.h>\\n#include <sys/syscall.h>\\nlong syscall(long, ...);\\nint64_t f(void) { return syscall(SYS_ptrace, 0, 0, 0, 0); }|aiv1.c.f()|hostile|",
            })
    void functions_that_fail_are_told(
            String name, String source, String call, String label, String text) {
        NotMeasured outcome = decoded(decoder(source, call), false);
        assertThat(outcome.label()).as(outcome.failure().summary()).isEqualTo(label);
        assertThat(outcome.failure().message()).contains(Optional.ofNullable(text).orElse(""));
        if (label.equals("crashed")) {
            assertThat(outcome.failure().part()).contains(Part.DECODER);
            assertThat(outcome.failure().function()).contains("decode");
        }
    }

    @Test
    void a_source_that_is_no_literal_text_is_refused() {
        assertThat(
                        refusal(
                                "C_SOURCE = 'int64_t f(void) { return 0; }'.strip()\n\ndef decode(bitstream):\n    yield\n"))
                .contains("decoder.py: line 1: C_SOURCE: expected one literal text");
    }

    @Test
    void numba_and_c_in_one_part_are_refused() {
        assertThat(
                        refusal(
                                "C_SOURCE = ''\n\ndef warm_up():\n    pass\n\ndef decode(bitstream):\n    yield\n"))
                .contains("expected functions for numba (warm_up) or in C (C_SOURCE), got both");
    }

    private static String refusal(String decoder) {
        BuildResult result = sandbox.build(candidate(ENCODER, decoder, COMMON), LIMIT);
        NotMeasured outcome = ((BuildResult.Stopped) result).outcome();
        assertThat(outcome.label()).isEqualTo("invalid");
        return outcome.failure().summary();
    }

    /// A candidate whose decoder has this C from its fourth line on, and calls it.
    private static Candidate decoder(String source, String call) {
        String text =
                "import aiv1\nimport numpy as np\nC_SOURCE = r'''\n%s\n'''\n\ndef decode(bitstream):\n    %s\n    yield from ()\n"
                        .formatted(source.replace("\\n", "\n"), call);
        return new Candidate(
                Map.of(Part.ENCODER, "def encode(clip, quality): return b'x'", Part.DECODER, text),
                Contract.NATIVE);
    }

    private static Candidate candidate(String encoder, String decoder, String common) {
        return new Candidate(
                Map.of(Part.ENCODER, encoder, Part.DECODER, decoder, Part.COMMON, common),
                Contract.NATIVE);
    }

    private static NotMeasured decoded(Candidate candidate, boolean isChecked) {
        BuildResult.Built built = built(candidate);
        assertThat(built.labels()).isEqualTo(List.of());
        try (BuildOutput output = built.output()) {
            assertThat(output.hasChecked(Part.DECODER)).isTrue();
            DecodeResult result =
                    sandbox.decode(
                            job(candidate, output, isChecked), new byte[10], (index, frame) -> {});
            assertThat(result).isInstanceOf(DecodeResult.Stopped.class);
            return ((DecodeResult.Stopped) result).outcome();
        }
    }

    private static BuildResult.Built built(Candidate candidate) {
        return switch (sandbox.build(candidate, LIMIT)) {
            case BuildResult.Built built -> built;
            case BuildResult.Stopped stopped ->
                    throw new AssertionError(
                            stopped.outcome().failure().summary()
                                    + stopped.outcome().failure().stderrTail());
        };
    }

    private static CodecJob job(Candidate candidate, BuildOutput output, boolean isChecked) {
        StageLimit limit =
                new StageLimit(Duration.ofSeconds(2), Duration.ofSeconds(30), 512L << 20, 1 << 16);
        CodecJob job =
                new CodecJob(
                        candidate,
                        Codecs.FORMAT,
                        Codecs.FRAME_COUNT,
                        2,
                        limit,
                        0,
                        frame -> {},
                        Optional.of(output));
        return isChecked ? job.checked(limit) : job;
    }
}
