package aiv1.proposer.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.Brief;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.rd.RatePoint;
import aiv1.domain.rd.RdCurve;
import aiv1.proposer.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptWriterTest {
    private static final String FRAMES =
            """
            frame,sse_y,sse_u,sse_v,psnr_y_db,psnr_u_db,psnr_v_db,ssim_y
            0,1,1,1,40.5,40,40,0.9
            1,1,1,1,28.25,40,40,0.9
            2,1,1,1,33.125,40,40,0.9
            3,1,1,1,39.5,40,40,0.9
            """;

    private final Fixtures.Artifacts artifacts = new Fixtures.Artifacts();
    private final ArtifactId frames = artifacts.put(FRAMES.getBytes(StandardCharsets.UTF_8));
    private final PromptWriter writer =
            new PromptWriter(
                    new WorkerFacts("3.11.2", "1.24.2", "absent", "absent", "absent"),
                    (anchor, clip) ->
                            new RdCurve(List.of(new RatePoint(80, 30), new RatePoint(300.4, 40))),
                    artifacts);
    private final ExperimentResult good = Fixtures.measured(0, "good", 30.1234, frames);
    private final ExperimentResult child =
            Fixtures.measured(
                    1, "child", 28.0, frames, good.experiment().proposal().candidate().id());
    private final ExperimentResult failed = Fixtures.failed(2, "failed");
    private final Brief brief = Fixtures.brief(3, List.of(good, child, failed));

    @ParameterizedTest
    @EnumSource(Mode.class)
    void every_mode_is_written_without_a_gap_and_the_same_each_time(Mode mode) {
        List<ExperimentResult> parents =
                mode == Mode.REPAIR ? List.of(failed) : List.of(child, good);
        Prompt prompt = writer.write(mode, brief, parents, Retry.none(3));
        assertThat(prompt.text())
                .doesNotContain("{{", "null", "Optional[")
                .contains("# Your task", "64x48, 8 frames", "encode at most");
        assertThat(prompt).isEqualTo(writer.write(mode, brief, parents, Retry.none(3)));
        assertThat(prompt.template()).hasSize(64);
        assertThat(prompt.sections()).extracting(Prompt.Section::name).contains("goal", "task");
    }

    @Test
    void the_contract_says_what_the_worker_offers() {
        String system = writer.write(Mode.NOTHING, brief, List.of(), Retry.none(3)).system();
        assertThat(system)
                .contains("Python 3.11.2 with numpy 1.24.2 and the standard library")
                .doesNotContain("scipy")
                .contains("flower: encode at most 36 s, decode at most 9 s")
                .contains("BD-rate against `x264-medium`");
    }

    @Test
    void what_compiles_is_explained_where_it_is_there() {
        PromptWriter compiling =
                new PromptWriter(
                        new WorkerFacts("3.11.2", "1.24.2", "1.10.1", "0.56.4", "12.2.0"),
                        (anchor, clip) -> new RdCurve(List.of(new RatePoint(80, 30))),
                        artifacts);
        String system = compiling.write(Mode.NOTHING, brief, List.of(), Retry.none(3)).system();
        assertThat(system)
                .contains("numba 0.56.4: loops under `@njit`", "Compiled once with gcc 12.2.0")
                .contains("int decode(const uint8_t *bitstream, size_t size, sink_t *out);")
                .doesNotContain("{{", "no compiler");
        assertThat(writer.write(Mode.NOTHING, brief, List.of(), Retry.none(3)).system())
                .doesNotContain("numba", "gcc")
                .contains("No other package, no compiler.");
    }

    @Test
    void a_parent_is_shown_with_code_numbers_and_worst_frames() {
        String user = writer.write(Mode.IMPROVE, brief, List.of(child), Retry.none(3)).user();
        assertThat(user)
                .contains("Score: BD-rate +28.000 % against x264-medium, mean over the clips")
                .contains("- on flower: +28.000 %")
                .contains("flower 1 2000 60.0 30.19 0.732 30.00 31.00 32.00 2 2")
                .contains("encoding takes at most 2 of 36 s, decoding at most 2 of 9 s")
                .contains("Worst frames of flower at quality 2 (PSNR-Y): 1 28.25, 2 33.13, 3 39.50")
                .contains(
                        "```python encoder.py\ndef encode(clip, quality):\n    return b'child'\n```")
                .contains("flower, x264-medium: 80 at 30.00; 300 at 40.00")
                .contains("cover 30.0 to 40.0 dB on flower")
                .contains("- +28.000 % (-2.123) [codec 1 below] Idea child")
                .contains(
                        "  changed: encoder.py +1 -1 lines in encode `return b'child'`; decoder.py +1 -1 lines in decode")
                .contains("- +30.123 % Idea good")
                .contains("It is far behind the anchor")
                .contains("The best of 3 so far stands at +28.000 %.");
    }

    @Test
    void a_codec_near_the_anchor_is_asked_for_one_change() {
        ExperimentResult near = Fixtures.measured(0, "near", 3.0, frames);
        String user =
                writer.write(
                                Mode.IMPROVE,
                                Fixtures.brief(1, List.of(near)),
                                List.of(near),
                                Retry.none(3))
                        .user();
        assertThat(user).contains("Make the one change").doesNotContain("far behind");
    }

    @Test
    void what_two_codecs_share_is_shown_once() {
        ExperimentResult twin = Fixtures.measured(4, "good", 31, frames);
        String user = writer.write(Mode.CROSS, brief, List.of(good, twin), Retry.none(3)).user();
        assertThat(user)
                .contains(
                        "Its encoder.py is that of codec 1.", "Its decoder.py is that of codec 1.")
                .containsOnlyOnce("```python encoder.py");
    }

    @Test
    void failures_are_told_with_their_line() {
        String user = writer.write(Mode.IMPROVE, brief, List.of(child), Retry.none(3)).user();
        assertThat(user)
                .contains("1 of the last 3 codecs failed")
                .contains("1 times: decode: IndexError at decoder line 2 in decode")
                .contains("the line: `raise ValueError('failed')`");
    }

    @Test
    void a_repair_shows_the_report() {
        String user = writer.write(Mode.REPAIR, brief, List.of(failed), Retry.none(3)).user();
        assertThat(user)
                .contains("It failed (crashed): decode: IndexError at decoder line 2")
                .contains("Frames done: 3")
                .contains("Traceback (most recent call last)");
    }

    @Test
    void what_was_wrong_with_earlier_replies_comes_last() {
        Prompt prompt =
                writer.write(
                        Mode.NOTHING,
                        brief,
                        List.of(),
                        new Retry(
                                List.of(
                                        new Retry.Rejected("no encoder.py", "an early reply"),
                                        new Retry.Rejected(
                                                "no decoder.py", "```python\nx = 1\n```")),
                                1));
        assertThat(prompt.user())
                .contains("could not be used\n\n- no encoder.py\n- no decoder.py\n")
                .contains("````\n```python\nx = 1\n```\n````")
                .doesNotContain("an early reply")
                .endsWith("This is the last reply that is taken.\n");
    }

    @Test
    void a_mode_without_its_parents_is_refused() {
        assertThatThrownBy(() -> writer.write(Mode.CROSS, brief, List.of(good), Retry.none(3)))
                .hasMessageContaining("prompt cross: expected at least 2 parents, got 1");
    }

    @Test
    void a_section_over_its_budget_is_cut_by_lines_and_says_so() {
        String text = "0123456789\n".repeat(100);
        String cut = Cut.to(text, 50);
        assertThat(Prompt.estimate(cut)).isLessThan(62);
        assertThat(cut).startsWith("0123456789\n").endsWith("more lines left out]\n");
        assertThat(Cut.to(text, 1000)).isEqualTo(text);
    }
}
