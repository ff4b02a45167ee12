package aiv1.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Requirements 33 and 34: from many failures to their one cause.
class FailureSurveyTest {
    /// The earlier system's last fifty experiments: every decoder was called with arguments that it
    /// did not expect, 10 ms into the run, and the first guess was a timeout.
    @Test
    void fifty_broken_experiments_show_their_one_cause() {
        List<ExperimentResult> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Failure failure =
                    failure(
                            FailureCategory.EXCEPTION,
                            "AttributeError",
                            "'str' object has no attribute 'get'",
                            46,
                            Duration.ofMillis(5 + i % 5));
            results.add(result(i, "gpu", new RunOutcome.Crashed(failure)));
        }
        FailureSurvey survey = FailureSurvey.of(results);
        assertThat(survey.experimentCount()).isEqualTo(50);
        assertThat(survey.failedCount()).isEqualTo(50);
        assertThat(survey.classes()).hasSize(1);
        assertThat(survey.frequencies())
                .containsExactly(
                        new FailureSurvey.Frequency(FailureCategory.EXCEPTION, Stage.DECODE, 50));
        assertThat(survey.shared())
                .contains(
                        "100 % of the failures show the same pattern",
                        "100 % of the failures are in the function run_decoding_agent",
                        "100 % of the failures fail at decoder line 46 with AttributeError",
                        "none timed out",
                        "all ran at most 10 ms");
        assertThat(survey.conclusion())
                .hasValue(
                        "50 different codecs fail in one way: look at what calls them, not at them");
        assertThat(survey.suspects().stream().map(Suspect::text))
                .contains(
                        "contract c3: 50 of 50 failed, and there was no other to compare with",
                        "worker gpu: 50 of 50 failed, and there was no other to compare with");
    }

    @Test
    void a_worker_where_all_fails_that_goes_well_elsewhere_is_suspected_and_nothing_else() {
        List<ExperimentResult> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            boolean isBad = i % 3 == 0;
            results.add(
                    isBad
                            ? result(i, "two", new RunOutcome.Crashed(own(i)))
                            : result(i, "one", measured(i)));
        }
        results.add(result(12, "one", new RunOutcome.Crashed(own(12))));
        FailureSurvey survey = FailureSurvey.of(results);
        assertThat(survey.suspects().stream().map(Suspect::text))
                .containsExactly("worker two: 4 of 4 failed, elsewhere 1 of 9");
    }

    /// Failures of many kinds speak of the codecs.
    @Test
    void failures_that_differ_give_classes_and_no_suspect() {
        List<ExperimentResult> results = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            results.add(result(i, "one", new RunOutcome.Crashed(own(i))));
        }
        Failure late = failure(FailureCategory.TIMEOUT_CPU, "", "30 s", 1, Duration.ofSeconds(30));
        results.add(result(6, "one", new RunOutcome.TimedOut(late)));
        FailureSurvey survey = FailureSurvey.of(results);
        assertThat(survey.classes()).hasSize(4);
        assertThat(survey.suspects()).isEmpty();
        assertThat(survey.shared()).doesNotContain("none timed out");
        assertThat(survey.classes().getFirst().shared())
                .contains("100 % of the failures raise Error0", "none timed out");
    }

    @Test
    void what_the_lab_broke_is_left_out() {
        Failure lost = Failure.of(Stage.MEASURE, FailureCategory.WORKER_LOST, "gone");
        FailureSurvey survey =
                FailureSurvey.of(List.of(result(0, "one", new RunOutcome.LabFault(lost))));
        assertThat(survey.experimentCount()).isZero();
        assertThat(survey.shared()).isEmpty();
    }

    /// Three kinds, of two failures each.
    private static Failure own(int i) {
        return failure(
                FailureCategory.EXCEPTION,
                "Error" + i % 3,
                "message " + i,
                10 + i,
                Duration.ofSeconds(1));
    }

    private static RunOutcome measured(int i) {
        return new RunOutcome.Measured(
                new aiv1.domain.experiment.Measurement(
                        100,
                        1,
                        new aiv1.domain.rd.Distortion(30, 30, 30, 30, 30, 30, 0.9),
                        new Usage(Duration.ZERO, Duration.ZERO, 1),
                        new Usage(Duration.ZERO, Duration.ZERO, 1),
                        aiv1.domain.ArtifactId.of(new byte[] {(byte) i}),
                        "0".repeat(64),
                        aiv1.domain.ArtifactId.of(new byte[] {(byte) i}),
                        List.of()));
    }

    private static Failure failure(
            FailureCategory category, String exception, String message, int line, Duration wall) {
        return new Failure(
                Stage.DECODE,
                category,
                message,
                Optional.of(exception).filter(name -> !name.isEmpty()),
                Optional.of(Part.DECODER),
                Optional.of("run_decoding_agent"),
                OptionalInt.of(line),
                "",
                OptionalInt.empty(),
                Optional.of(new Usage(wall, wall, 1 << 20)),
                Optional.empty());
    }

    private static ExperimentResult result(int number, String worker, RunOutcome outcome) {
        Candidate candidate =
                new Candidate(
                        Map.of(
                                Part.ENCODER,
                                "def run_encoding_agent(device='cpu'):\n    return {'n': %d}\n"
                                        .formatted(number),
                                Part.DECODER,
                                "def run_decoding_agent(device='cpu', encoding_data=None):\n    return {}\n"),
                        Contract.C3);
        Clip clip =
                new Clip(
                        new ClipId("0".repeat(64)),
                        "c",
                        new VideoFormat(16, 16, new FrameRate(25, 1)),
                        2,
                        new ClipOrigin("s", "l", "r"));
        return new ExperimentResult(
                new Experiment(
                        new ExperimentId("e-" + number),
                        Optional.empty(),
                        new Proposal(candidate, "", List.of(), "test"),
                        List.of(clip),
                        List.of("x264-medium"),
                        LimitClass.LIGHT),
                Optional.empty(),
                List.of(new RunResult("c", 0, outcome)),
                List.of(),
                OptionalLong.of(100),
                new Provenance("b", "m", "B", "f", "p", "n", worker),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
