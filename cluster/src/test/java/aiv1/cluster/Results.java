package aiv1.cluster;

import aiv1.domain.ArtifactId;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.Distortion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Experiments and results that need nothing but themselves.
public final class Results {
    public static final Provenance PROVENANCE = new Provenance("b", "m", "B", "f", "p", "n", "w");

    private Results() {}

    public static Experiment experiment(String id) {
        Candidate candidate =
                new Candidate(
                        Map.of(
                                Part.ENCODER,
                                "def encode(clip, quality):\n    return b''\n",
                                Part.DECODER,
                                "def decode(bitstream):\n    return []\n"),
                        Contract.NATIVE);
        Clip clip =
                new Clip(
                        new ClipId("0".repeat(64)),
                        "c",
                        new VideoFormat(16, 16, new FrameRate(25, 1)),
                        2,
                        new ClipOrigin("s", "l", "r"));
        return new Experiment(
                new ExperimentId(id),
                Optional.empty(),
                new Proposal(candidate, "", List.of(), "test"),
                List.of(clip),
                List.of("x264-medium"),
                LimitClass.LIGHT);
    }

    public static ExperimentResult crashed(Experiment experiment, Optional<ArtifactId> trace) {
        Failure plain = Failure.of(Stage.ENCODE, FailureCategory.EXCEPTION, "scripted");
        return new ExperimentResult(
                experiment,
                Optional.of(new RunOutcome.Crashed(trace.map(plain::withTrace).orElse(plain))),
                List.of(),
                List.of(),
                OptionalLong.of(100),
                PROVENANCE,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /// Crashed, after a build that left `archive`.
    public static ExperimentResult built(Experiment experiment, byte[] archive) {
        Failure failure = Failure.of(Stage.ENCODE, FailureCategory.EXCEPTION, "scripted");
        return new ExperimentResult(
                experiment,
                Optional.of(new RunOutcome.Crashed(failure)),
                List.of(),
                List.of(),
                OptionalLong.of(100),
                Optional.of(
                        new BuildReport(
                                ArtifactId.of(archive),
                                archive.length,
                                new Usage(Duration.ZERO, Duration.ZERO, 0),
                                List.of())),
                PROVENANCE,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /// Measured in one run whose bitstream, and table of frames, are `bytes`.
    public static ExperimentResult measured(Experiment experiment, byte[] bytes) {
        Usage usage = new Usage(Duration.ZERO, Duration.ZERO, 0);
        Measurement numbers =
                new Measurement(
                        bytes.length,
                        1,
                        new Distortion(30, 30, 30, 30, 30, 30, 0.9),
                        usage,
                        usage,
                        ArtifactId.of(bytes),
                        "0".repeat(64),
                        ArtifactId.of(bytes),
                        List.of());
        return new ExperimentResult(
                experiment,
                Optional.empty(),
                List.of(new RunResult("c", 0, new RunOutcome.Measured(numbers))),
                List.of(),
                OptionalLong.of(100),
                PROVENANCE,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
