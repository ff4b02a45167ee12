package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.Distortion;
import aiv1.domain.rd.FrameDistortion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the worker adds to measuring: the decoder's size, what cannot be believed, and the
/// per-frame table.
class JudgementTest {
    @Test
    void the_decoder_counts_with_what_it_imports() {
        String large = random(4000);
        long alone = DecoderSize.compute(candidate("x = 1\n", ""));
        long withCommon = DecoderSize.compute(candidate("x = 1\n", large));
        long inDecoder = DecoderSize.compute(candidate(large, ""));
        assertThat(alone).isBetween(30L, 200L);
        assertThat(withCommon).isGreaterThan(alone + 2000);
        assertThat(inDecoder).isCloseTo(withCommon, org.assertj.core.api.Assertions.within(100L));
    }

    /// Requirement 31: what is faster than reading the frames is set aside.
    @Test
    void a_run_of_ten_milliseconds_is_quarantined() {
        assertThat(Plausibility.objection(measurement(Duration.ofMillis(9), "a")))
                .hasValueSatisfying(
                        outcome -> {
                            assertThat(outcome.label()).isEqualTo("quarantined");
                            assertThat(((RunOutcome.NotMeasured) outcome).failure().message())
                                    .contains("took 9 ms");
                        });
        assertThat(Plausibility.objection(measurement(Duration.ofMillis(300), "a"))).isEmpty();
    }

    @Test
    void one_bitstream_for_two_clips_is_quarantined() {
        List<RunResult> runs = List.of(run("flower", "same"), run("cars", "same"));
        assertThat(Plausibility.objection(runs, List.of()))
                .hasValueSatisfying(
                        outcome ->
                                assertThat(outcome.failure().message())
                                        .contains("flower and cars gave the same bitstream"));
        assertThat(Plausibility.objection(List.of(run("flower", "a"), run("cars", "b")), List.of()))
                .isEmpty();
    }

    @Test
    void a_saving_beyond_belief_is_quarantined() {
        assertThat(Plausibility.objection(List.of(), List.of(entry(-81)))).isPresent();
        assertThat(Plausibility.objection(List.of(), List.of(entry(-60)))).isEmpty();
    }

    @Test
    void the_table_of_frames_holds_what_was_measured() {
        VideoFormat format = new VideoFormat(16, 16, new FrameRate(30, 1));
        byte[] table =
                FramesTable.write(
                        format,
                        List.of(
                                new FrameDistortion(256, 64, 0, 0.5),
                                new FrameDistortion(0, 0, 0, 1)));
        assertThat(new String(table, StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        frame,sse_y,sse_u,sse_v,psnr_y_db,psnr_u_db,psnr_v_db,ssim_y
                        0,256,64,0,48.130804,48.130804,60.000000,0.500000000
                        1,0,0,0,60.000000,60.000000,60.000000,1.000000000
                        """);
    }

    private static Candidate candidate(String decoder, String common) {
        return new Candidate(
                Map.of(Part.ENCODER, "", Part.DECODER, decoder, Part.COMMON, common),
                Contract.NATIVE);
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(length, 'a', 'z').forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static BdEntry entry(double percent) {
        return new BdEntry(
                "flower",
                "x264-medium",
                BdEntry.PSNR_YUV,
                RateKind.STREAM,
                new BdRate.Percent(percent, percent, 1));
    }

    private static RunResult run(String clip, String bitstream) {
        return new RunResult(
                clip, 0, new RunOutcome.Measured(measurement(Duration.ofSeconds(1), bitstream)));
    }

    private static Measurement measurement(Duration encodeWall, String bitstream) {
        Usage usage = new Usage(Duration.ofMillis(5), encodeWall, 1 << 20);
        return new Measurement(
                100,
                10,
                new Distortion(30, 30, 30, 30, 30, 30, 0.9),
                usage,
                usage,
                new ArtifactId(Sha256.of(bitstream)),
                Sha256.of("frames"),
                new ArtifactId(Sha256.of("csv")),
                List.of());
    }
}
