package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.Distortion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The values behind the golden documents: one experiment that was measured, one that failed.
final class GoldenResults {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Distortion DISTORTION =
            new Distortion(31.2, 36.0, 36.4, 31.1, 35.9, 36.3, 0.91);

    private GoldenResults() {}

    static ExperimentResult measured() {
        return new ExperimentResult(
                experiment(Optional.of(new CampaignId("spring"))),
                Optional.empty(),
                List.of(run(80.4, DISTORTION)),
                List.of(
                        new BdEntry(
                                "flower",
                                "x264-medium",
                                BdEntry.PSNR_YUV,
                                RateKind.STREAM,
                                new BdRate.Percent(41.2, 41.5, 0.93)),
                        new BdEntry(
                                "flower",
                                "x264-medium",
                                BdEntry.PSNR_YUV,
                                RateKind.TOTAL,
                                new BdRate.Absent("no overlap"))),
                OptionalLong.of(5321),
                provenance(),
                START,
                START.plusMillis(9500));
    }

    /// The seeds' incident: an argument that arrived as another, at line 46 of the decoder.
    static ExperimentResult failed() {
        Failure failure =
                new Failure(
                        Stage.DECODE,
                        FailureCategory.EXCEPTION,
                        "'str' object has no attribute 'get'",
                        Optional.of("AttributeError"),
                        Optional.of(Part.DECODER),
                        Optional.of("run_decoding_agent"),
                        OptionalInt.of(46),
                        "Traceback (most recent call last):\n",
                        OptionalInt.of(0),
                        Optional.of(
                                new Usage(
                                        Duration.ofMillis(250), Duration.ofMillis(300), 90000000)),
                        Optional.of(new ArtifactId(Sha256.of("trace"))));
        return new ExperimentResult(
                experiment(Optional.empty()),
                Optional.empty(),
                List.of(
                        run(80.4, DISTORTION),
                        new RunResult("flower", 1, new RunOutcome.Crashed(failure))),
                List.of(),
                OptionalLong.empty(),
                provenance(),
                START,
                START.plusMillis(1));
    }

    static Campaign campaign() {
        return new Campaign(
                new CampaignId("spring"),
                "beat x264 at low bitrates",
                7,
                100,
                "inventor",
                List.of(clip()),
                List.of("x264-medium"),
                LimitClass.LIGHT,
                2,
                Duration.ofSeconds(60),
                START);
    }

    static Candidate candidate() {
        return new Candidate(
                Map.of(
                        Part.ENCODER, "def encode(clip, quality): ...",
                        Part.DECODER, "def decode(bitstream): ..."),
                Contract.NATIVE);
    }

    /// A measured run of the first quality level.
    static RunResult run(double bitrateKbps, Distortion distortion) {
        Measurement measurement =
                new Measurement(
                        20123,
                        bitrateKbps,
                        distortion,
                        new Usage(Duration.ofMillis(4100), Duration.ofMillis(4200), 90000000),
                        new Usage(Duration.ofMillis(1000), Duration.ofMillis(1100), 80000000),
                        new ArtifactId(Sha256.of("bitstream")),
                        Sha256.of("reconstruction"),
                        new ArtifactId(Sha256.of("frames")),
                        List.of("did not read the source"));
        return new RunResult("flower", 0, new RunOutcome.Measured(measurement));
    }

    private static Experiment experiment(Optional<CampaignId> campaign) {
        return new Experiment(
                new ExperimentId("spring.0000"),
                campaign,
                new Proposal(
                        candidate(),
                        "Why not",
                        List.of(new CandidateId(Sha256.of("parent"))),
                        "inventor"),
                List.of(clip()),
                List.of("x264-medium"),
                LimitClass.LIGHT);
    }

    private static Clip clip() {
        return new Clip(
                new ClipId(Sha256.of("flower")),
                "flower",
                new VideoFormat(352, 288, new FrameRate(30000, 1001)),
                60,
                new ClipOrigin("https://example.org/flower.y4m", "CC BY 4.0", "as it is"));
    }

    private static Provenance provenance() {
        return new Provenance("abc123", "metrics/1", "B", "n9.0.2", "3.11.2", "1.24.2", "worker-1");
    }
}
