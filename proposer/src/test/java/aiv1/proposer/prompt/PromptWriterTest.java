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
                    new WorkerFacts("3.11.2", "1.24.2", "absent"),
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
        Prompt prompt = writer.write(mode, brief, parents, List.of());
        assertThat(prompt.text())
                .doesNotContain("{{", "null", "Optional[")
                .contains("# Your task", "64x48, 8 frames", "encode at most");
        assertThat(prompt).isEqualTo(writer.write(mode, brief, parents, List.of()));
        assertThat(prompt.template()).hasSize(64);
        assertThat(prompt.sections()).extracting(Prompt.Section::name).contains("goal", "task");
    }

    @Test
    void the_contract_says_what_the_worker_offers() {
        String system = writer.write(Mode.NOTHING, brief, List.of(), List.of()).system();
        assertThat(system)
                .contains("Python 3.11.2 with numpy 1.24.2 and the standard library")
                .doesNotContain("scipy")
                .contains("flower: encode at most 36 s, decode at most 9 s")
                .contains("BD-rate against `x264-medium`");
    }

    @Test
    void a_parent_is_shown_with_code_numbers_and_worst_frames() {
        String user = writer.write(Mode.IMPROVE, brief, List.of(child), List.of()).user();
        assertThat(user)
                .contains("BD-rate on flower against x264-medium (total): +28.000 %")
                .contains("flower 2 3000 90.0")
                .contains("Worst frames of flower at quality 2 (PSNR-Y): 1 28.25, 2 33.13, 3 39.50")
                .contains(
                        "```python encoder.py\ndef encode(clip, quality):\n    return b'child'\n```")
                .contains("flower, x264-medium: 80 at 30.00; 300 at 40.00")
                .contains("- +28.000 % (-2.123) Idea child")
                .contains("- +30.123 % Idea good");
    }

    @Test
    void failures_are_told_with_their_line() {
        String user = writer.write(Mode.IMPROVE, brief, List.of(child), List.of()).user();
        assertThat(user)
                .contains("1 of the last 3 codecs failed")
                .contains("1 times: decode: IndexError at decoder line 2 in decode")
                .contains("the line: `raise ValueError('failed')`");
    }

    @Test
    void a_repair_shows_the_report() {
        String user = writer.write(Mode.REPAIR, brief, List.of(failed), List.of()).user();
        assertThat(user)
                .contains("It failed (crashed): decode: IndexError at decoder line 2")
                .contains("Frames done: 3")
                .contains("Traceback (most recent call last)");
    }

    @Test
    void what_was_wrong_with_earlier_replies_comes_last() {
        Prompt prompt = writer.write(Mode.NOTHING, brief, List.of(), List.of("no decoder.py"));
        assertThat(prompt.user()).endsWith("could not be used\n\n- no decoder.py\n");
    }

    @Test
    void a_mode_without_its_parents_is_refused() {
        assertThatThrownBy(() -> writer.write(Mode.CROSS, brief, List.of(good), List.of()))
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
