package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requirement 37: every attack ends in its outcome, the next job runs, and nothing survives.
class AttackSuiteTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open(SandboxConfig.defaults());
    }

    @AfterAll
    static void nothing_survives() {
        sandbox.close();
        assertThat(survivors()).isEmpty();
    }

    static Stream<Attacks.Attack> attacks() {
        return Attacks.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void is_contained(Attacks.Attack attack) {
        String decoder =
                Attacks.PRELUDE
                        + "def decode(bitstream):\n"
                        + attack.body().indent(4)
                        + (attack.body().contains("return ")
                                ? ""
                                : "    tell('came to its end')\n");
        DecodeResult result = decode(decoder, limit(attack));
        assertThat(result).isInstanceOf(DecodeResult.Stopped.class);
        NotMeasured outcome = ((DecodeResult.Stopped) result).outcome();
        String seen = outcome.label() + " " + outcome.failure().summary();
        assertThat(seen).doesNotContain("ESCAPED");
        assertThat(outcome.label()).as(seen).isIn(attack.expected());
        assertThat(outcome.failure().message()).contains(attack.text());
        assertThat(survivors()).isEmpty();
    }

    @Test
    void a_sound_decoder_runs_after_all_that() {
        String decoder = Attacks.PRELUDE + "def decode(bitstream):\n    return good_frames()\n";
        assertThat(decode(decoder, Codecs.LIMIT)).isInstanceOf(DecodeResult.Decoded.class);
    }

    @Test
    void a_bitstream_larger_than_the_clip_is_refused() {
        Candidate candidate =
                Codecs.candidate(
                        "def encode(clip, quality):\n    return bytes(1 << 28)\n",
                        "",
                        Contract.NATIVE);
        EncodeResult result = sandbox.encode(Codecs.job(candidate, Codecs.LIMIT), Codecs.source());
        assertThat(((EncodeResult.Stopped) result).outcome().failure().category().label())
                .isEqualTo("expansion");
    }

    @Test
    void an_encoder_that_reads_nothing_is_labelled() {
        Candidate candidate =
                Codecs.candidate(
                        "def encode(clip, quality):\n    return b'x'\n", "", Contract.NATIVE);
        EncodeResult result = sandbox.encode(Codecs.job(candidate, Codecs.LIMIT), Codecs.source());
        assertThat(((EncodeResult.Encoded) result).labels()).contains("did not read the source");
    }

    /// Encoder and decoder share nothing but the bitstream: not even a global.
    @Test
    void a_decoder_that_leans_on_what_the_encoder_left_fails() {
        Candidate candidate =
                Codecs.candidate(
                        "import builtins\ndef encode(clip, quality):\n    builtins.left = 1\n    return b'x'\n",
                        "import builtins\ndef decode(bitstream):\n    return builtins.left\n",
                        Contract.NATIVE);
        sandbox.encode(Codecs.job(candidate, Codecs.LIMIT), Codecs.source());
        DecodeResult result =
                sandbox.decode(
                        Codecs.job(candidate, Codecs.LIMIT), new byte[1], (index, frame) -> {});
        assertThat(((DecodeResult.Stopped) result).outcome().failure().message())
                .contains("has no attribute 'left'");
    }

    @Test
    void an_interrupt_cancels_and_kills() throws Exception {
        Candidate candidate =
                Codecs.candidate(
                        "", "def decode(bitstream):\n    while True: pass\n", Contract.NATIVE);
        DecodeResult[] result = new DecodeResult[1];
        java.util.concurrent.CountDownLatch running = new java.util.concurrent.CountDownLatch(1);
        Thread caller =
                new Thread(
                        () -> {
                            running.countDown();
                            result[0] =
                                    sandbox.decode(
                                            Codecs.job(candidate, Codecs.limit(60, 60)),
                                            new byte[1],
                                            (index, frame) -> {});
                        });
        caller.start();
        running.await();
        caller.interrupt();
        caller.join(10_000);
        assertThat(((DecodeResult.Stopped) result[0]).outcome().label()).isEqualTo("cancelled");
        assertThat(survivors()).isEmpty();
    }

    private static DecodeResult decode(String decoder, aiv1.domain.experiment.StageLimit limit) {
        Candidate candidate = Codecs.candidate("", decoder, Contract.NATIVE);
        return sandbox.decode(Codecs.job(candidate, limit), new byte[] {1}, (index, frame) -> {});
    }

    /// Short for what waits, and long in wall time for what works, so that a busy machine does not
    /// blur the two.
    private static aiv1.domain.experiment.StageLimit limit(Attacks.Attack attack) {
        return attack.body().contains("sleep") ? Codecs.limit(10, 3) : Codecs.limit(2, 30);
    }

    /// What still runs of all that this process ever started, by the names of the programs.
    private static List<String> survivors() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.pid() + " " + process.info().command().orElse("?"))
                .toList();
    }
}
