package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.StageLimit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The build of Python candidates: what it freezes, and how it ends when it does not.
class BuildTest {
    private static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(60), Duration.ofMinutes(3), 2L << 30, 4L << 20);

    /// Sums over the samples of a frame in a loop that numba must compile.
    private static final String COMMON =
            """
            import numpy as np
            from numba import njit

            @njit
            def mix(samples, seed):
                state = np.uint64(seed)
                out = np.empty_like(samples)
                for i in range(samples.size):
                    state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
                    out[i] = samples[i] ^ np.uint8(state >> np.uint64(56))
                return out

            def warm_up():
                mix(np.zeros(8, np.uint8), 1)
            """;

    private static final String ENCODER =
            """
            import numpy as np
            from common import mix

            def encode(clip, quality):
                raw = np.concatenate([p.ravel() for frame in clip for p in frame])
                return mix(raw, 1).tobytes()
            """;

    private static final String DECODER =
            """
            import numpy as np
            from common import mix

            def decode(bitstream):
                frames = mix(np.frombuffer(bitstream, np.uint8).copy(), 1).reshape(4, -1)
                for f in frames:
                    yield f[:192].reshape(12, 16), f[192:240].reshape(6, 8), f[240:].reshape(6, 8)
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
    void only_a_candidate_that_warms_up_is_built() {
        assertThat(Sandbox.needsBuild(candidate(COMMON, ENCODER, DECODER))).isTrue();
        assertThat(Sandbox.needsBuild(candidate("", ENCODER, DECODER))).isFalse();
        assertThat(
                        Sandbox.needsBuild(
                                candidate("", ENCODER + "\ndef warm_up():\n    pass\n", DECODER)))
                .isTrue();
    }

    @Test
    void a_frozen_numba_codec_runs_without_compiling() {
        Candidate candidate = candidate(COMMON, ENCODER, DECODER);
        try (BuildOutput output = built(candidate).output()) {
            EncodeResult.Encoded encoded =
                    (EncodeResult.Encoded) sandbox.encode(job(candidate, output), Codecs.source());
            assertThat(encoded.labels()).isEmpty();
            List<byte[]> frames = new ArrayList<>();
            DecodeResult.Decoded decoded =
                    decoded(
                            sandbox.decode(
                                    job(candidate, output),
                                    encoded.bitstream(),
                                    (index, frame) -> frames.add(frame.clone())));
            assertThat(decoded.labels()).isEmpty();
            assertThat(frames.get(3)).isEqualTo(Codecs.frame(3));
        }
    }

    @Test
    void a_function_that_the_build_left_out_is_told() {
        Candidate candidate =
                candidate(COMMON.replace("def warm_up", "def not_warm"), ENCODER, DECODER);
        DecodeResult.Decoded decoded =
                decoded(
                        sandbox.decode(
                                Codecs.job(candidate, wide()), new byte[1152], (i, f) -> {}));
        assertThat(decoded.labels()).containsExactly("compiled in decode: mix (common.py line 4)");
    }

    /// Many loops, so that compiling takes seconds: the frozen decoder must not take them again.
    @Test
    void a_slow_compile_is_paid_once() {
        StringBuilder source = new StringBuilder("import numpy as np\nfrom numba import njit\n");
        for (int i = 0; i < 12; i++) {
            source.append(
                    """
                    @njit
                    def stage%d(x):
                        for i in range(x.size):
                            for j in range(3):
                                x[i] = (x[i] * %d + j) ^ np.uint8(np.abs(np.sort(x[max(0, i - 8) : i + 1])[0]))
                        return x
                    """
                            .formatted(i, 2 * i + 1));
        }
        source.append("def warm_up():\n    x = np.zeros(8, np.uint8)\n");
        for (int i = 0; i < 12; i++) {
            source.append("    stage%d(x)\n".formatted(i));
        }
        String decoder =
                source
                        + """
                        def decode(bitstream):
                            warm_up()
                            for _ in range(4):
                                yield np.zeros((12, 16), np.uint8), np.zeros((6, 8), np.uint8), np.zeros((6, 8), np.uint8)
                        """;
        Candidate candidate = Codecs.candidate("", decoder, Contract.NATIVE);
        BuildResult.Built built = built(candidate);
        try (BuildOutput output = built.output()) {
            DecodeResult.Decoded decoded =
                    decoded(sandbox.decode(job(candidate, output), new byte[1], (i, f) -> {}));
            assertThat(decoded.labels()).isEmpty();
            assertThat(decoded.usage().cpu().multipliedBy(3)).isLessThan(built.usage().cpu());
        }
    }

    @Test
    void the_decoder_sees_nothing_of_the_encoders_build() {
        String leave = "def warm_up():\n    open('/build/left', 'w').write('x')\n";
        Candidate candidate =
                Codecs.candidate(
                        leave
                                + "def encode(clip, quality):\n    return open('/build/left').read().encode()\n",
                        "import os\ndef warm_up():\n    pass\n"
                                + "def decode(bitstream):\n    raise ValueError(os.listdir('/build'))\n",
                        Contract.NATIVE);
        BuildResult.Built built = built(candidate);
        try (BuildOutput output = built.output()) {
            EncodeResult encoded = sandbox.encode(job(candidate, output), Codecs.source());
            assertThat(((EncodeResult.Encoded) encoded).bitstream()).isEqualTo(new byte[] {'x'});
            DecodeResult decoded =
                    sandbox.decode(job(candidate, output), new byte[1], (i, f) -> {});
            assertThat(((DecodeResult.Stopped) decoded).outcome().failure().message())
                    .isEqualTo("[]");
            assertThat(new String(output.archive(), StandardCharsets.US_ASCII))
                    .isEqualTo("aiv1-build/1\nencoder/left 1\nx");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "write a file|open('/build/x', 'w')|Read-only file system",
                "write to a file of the build|open('/build/left', 'r+')|Permission denied",
                "append to a file of the build|open('/build/left', 'a')|Permission denied",
                "delete a file of the build|os.unlink('/build/left')|not permitted",
                "change the time of a file|os.utime('/build/left', (5, 5))|not permitted",
                "change the mode of a file|os.chmod('/build/left', 0o777)|not permitted",
                "drop it from the page cache|os.posix_fadvise(os.open('/build/left', 0), 0, 0, os.POSIX_FADV_DONTNEED)|not permitted",
                "ask what is in the page cache|os.preadv(os.open('/build/left', 0), [bytearray(1)], 0, 8)|not permitted",
            })
    void later_stages_cannot_change_a_build(String name, String attack, String text) {
        Candidate candidate =
                Codecs.candidate(
                        "",
                        "import os\ndef warm_up():\n    open('/build/left', 'w').write('x')\n"
                                + "def decode(bitstream):\n    "
                                + attack
                                + "\n    return 'ESCAPED'\n",
                        Contract.NATIVE);
        try (BuildOutput output = built(candidate).output()) {
            DecodeResult decoded =
                    sandbox.decode(job(candidate, output), new byte[1], (i, f) -> {});
            assertThat(((DecodeResult.Stopped) decoded).outcome().failure().message())
                    .contains(text);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "raises|raise ValueError('no table')|crashed|ValueError at decoder line 3 in warm_up: no table",
                "loops|while True: pass|timed_out|timeout_cpu: expected at most",
                "sleeps|time.sleep(1000)|timed_out|timeout_wall: expected at most",
                "eats memory|x = [bytearray(1 << 27) for _ in range(64)]|out_of_memory|build: ",
                "fills the scratch|open('/build/x', 'wb').write(bytes(5 << 20))|crashed|OSError at decoder line 3",
                "fills it in pieces|[open('/build/x%d' % i, 'wb').write(bytes(1 << 20)) for i in range(5)]|crashed|No space left",
                "leaves too many files|[open('/build/x%d' % i, 'wb').close() for i in range(4100)]|invalid|output_limit",
                "prints a gigabyte|[print('x' * (1 << 20)) for _ in range(1024)]|invalid|output_limit: expected at most 16 MiB of log",
                "makes a symlink|os.symlink('/etc/passwd', '/build/x')|crashed|not permitted",
                "makes a pipe|os.mkfifo('/build/x')|crashed|not permitted",
                "makes a link|os.link('/usr/bin/env', '/build/x')|crashed|not permitted",
                "leaves an odd name|open('/build/a b', 'w').close()|invalid|got 'a b'",
                "writes elsewhere|open('/tmp/x', 'w')|crashed|Read-only file system",
                "looks for a clip|raise ValueError(sorted(os.listdir('/')) + os.listdir('/tmp'))|crashed|['bin'; 'build'; 'dev'; 'etc'; 'lib'; 'lib64'; 'proc'; 'runner'; 'tmp'; 'usr']",
                "looks for a source|import aiv1; aiv1.source()|invalid|only an encoder has a source",
                "reads its input|raise ValueError(os.read(0, 10) + os.read(3, 10))|timed_out|timeout_wall",
                "starts a process|os.fork()|crashed|not permitted",
                "forges a file|forge(b'O', b'../../x')|invalid|got '../../x'",
                "forges an absolute file|forge(b'O', b'/etc/x')|invalid|got '/etc/x'",
                "forges a file twice|forge(b'O', b'x'); forge(b'O', b'x')|invalid|each file once",
                "forges a folder|forge(b'O', b'x/y')|invalid|got 'x/y'",
                "makes a folder|os.mkdir('/build/x')|crashed|not permitted",
                "forges a bitstream|forge(b'B', b'x')|invalid|written to by hand",
            })
    void a_bad_build_ends_in_its_own_outcome(
            String name, String attack, String label, String text) {
        String decoder =
                "import os, struct, sys, time\ndef warm_up():\n    "
                        + attack
                        + """

                        def forge(letter, name):
                            body = struct.pack(">I", len(name)) + name + b"data"
                            for fd in range(3, 10):
                                try:
                                    os.write(fd, letter + struct.pack(">Q", len(body)) + body)
                                except OSError:
                                    pass

                        def decode(bitstream):
                            pass
                        """;
        StageLimit limit =
                new StageLimit(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(text.contains("wall") ? 3 : 30),
                        512L << 20,
                        4L << 20);
        NotMeasured outcome = stopped(Codecs.candidate("", decoder, Contract.NATIVE), limit);
        assertThat(outcome.label()).as(outcome.failure().summary()).isEqualTo(label);
        assertThat(outcome.failure().summary())
                .startsWith("build: ")
                .contains(text.replace(';', ','));
        assertThat(outcome.failure().usage()).isPresent();
    }

    private static NotMeasured stopped(Candidate candidate, StageLimit limit) {
        BuildResult result = sandbox.build(candidate, limit);
        assertThat(result).isInstanceOf(BuildResult.Stopped.class);
        return ((BuildResult.Stopped) result).outcome();
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

    private static DecodeResult.Decoded decoded(DecodeResult result) {
        return switch (result) {
            case DecodeResult.Decoded decoded -> decoded;
            case DecodeResult.Stopped stopped ->
                    throw new AssertionError(
                            stopped.outcome().failure().summary()
                                    + stopped.outcome().failure().stderrTail());
        };
    }

    private static Candidate candidate(String common, String encoder, String decoder) {
        return new Candidate(
                Map.of(Part.COMMON, common, Part.ENCODER, encoder, Part.DECODER, decoder),
                Contract.NATIVE);
    }

    private static CodecJob job(Candidate candidate, BuildOutput output) {
        return new CodecJob(
                candidate,
                Codecs.FORMAT,
                Codecs.FRAME_COUNT,
                2,
                wide(),
                0,
                frame -> {},
                java.util.Optional.of(output));
    }

    private static StageLimit wide() {
        return new StageLimit(Duration.ofSeconds(30), Duration.ofMinutes(2), 1L << 30, 1 << 16);
    }
}
