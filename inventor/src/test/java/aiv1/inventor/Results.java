package aiv1.inventor;

import aiv1.domain.candidate.Candidate;
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
import aiv1.domain.experiment.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Results that carry candidates and nothing else, for proposers that only read those.
final class Results {
    private Results() {}

    static List<ExperimentResult> of(Candidate... candidates) {
        return Arrays.stream(candidates).map(Results::result).toList();
    }

    private static ExperimentResult result(Candidate candidate) {
        Clip clip =
                new Clip(
                        new ClipId("0".repeat(64)),
                        "clip",
                        new VideoFormat(64, 48, new FrameRate(30, 1)),
                        8,
                        new ClipOrigin("made", "none", "none"));
        Experiment experiment =
                new Experiment(
                        new ExperimentId("e1"),
                        Optional.empty(),
                        new Proposal(candidate, "", List.of(), "test"),
                        List.of(clip),
                        List.of("x264"),
                        LimitClass.LIGHT);
        return new ExperimentResult(
                experiment,
                Optional.of(
                        new RunOutcome.Invalid(
                                Failure.of(Stage.SCREEN, FailureCategory.CONTRACT, "a test"))),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                new Provenance("b", "m", "s", "f", "p", "n", "w"),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
