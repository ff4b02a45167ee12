package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Campaigns, proposals and results to record, each different from those of every other index.
public final class TestResults {
    public static final Instant START = Instant.parse("2026-01-31T12:00:00.000000001Z");

    private TestResults() {}

    public static ModelCall call(CampaignId campaign, int index, int attempt) {
        return new ModelCall(
                campaign,
                campaign.experimentId(index),
                attempt,
                "mailbox",
                "a person",
                "improve",
                Sha256.of("template"),
                ArtifactId.of(new byte[] {1}),
                ArtifactId.of(new byte[] {2}),
                StopReason.END,
                new TokenUsage(1, 2, 3, 4 + attempt),
                attempt == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.125),
                Duration.ofMillis(1500),
                attempt == 0 ? Optional.of("no decoder") : Optional.empty(),
                START);
    }

    public static Campaign campaign(String id) {
        return new Campaign(
                new CampaignId(id),
                "beat x264 at 300 kbit/s",
                Long.MIN_VALUE,
                100,
                "inventor",
                List.of(clip("flower")),
                List.of("x264-medium", "x265-medium"),
                LimitClass.HEAVY,
                2,
                Duration.ofSeconds(60),
                START);
    }

    /// Proposal number `index`; every third has a common part, every second a parent.
    public static Proposal proposal(int index) {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        sources.put(Part.ENCODER, "def encode(clip, quality): return b'%d'\n".formatted(index));
        sources.put(Part.DECODER, "def decode(bitstream): ...\n");
        if (index % 3 == 0) {
            sources.put(Part.COMMON, "LEVELS = %d  # naïve ∆\n".formatted(index));
        }
        List<CandidateId> parents =
                index % 2 == 0
                        ? List.of()
                        : List.of(
                                new CandidateId(Sha256.of("a" + index)),
                                new CandidateId(Sha256.of("b" + index)));
        return new Proposal(
                new Candidate(sources, index % 5 == 0 ? Contract.C3 : Contract.NATIVE),
                index % 4 == 0 ? "" : "# Why\nBecause of " + index,
                parents,
                "inventor");
    }

    public static ExperimentId id(String campaign, int index) {
        return new CampaignId(campaign).experimentId(index);
    }

    /// Result number `index` of a campaign; every fourth is of a candidate that crashed.
    public static ExperimentResult result(String campaign, int index) {
        return result(
                id(campaign, index), Optional.of(new CampaignId(campaign)), proposal(index), index);
    }

    public static ExperimentResult result(
            ExperimentId id, Optional<CampaignId> campaign, Proposal proposal, int index) {
        List<RunResult> runs = new ArrayList<>();
        for (int quality = 0; quality < Experiment.QUALITY_COUNT; quality++) {
            runs.add(new RunResult("flower", quality, measured(index, quality)));
        }
        if (index % 4 == 3) {
            runs.set(
                    2,
                    new RunResult(
                            "flower",
                            2,
                            new RunOutcome.Crashed(
                                    Failure.of(
                                            Stage.DECODE,
                                            FailureCategory.EXCEPTION,
                                            "'str' object has no attribute 'get'"))));
        }
        return new ExperimentResult(
                new Experiment(
                        id,
                        campaign,
                        proposal,
                        List.of(clip("flower")),
                        List.of("x264-medium"),
                        LimitClass.LIGHT),
                Optional.empty(),
                runs,
                List.of(
                        new BdEntry(
                                "flower",
                                "x264-medium",
                                BdEntry.PSNR_YUV,
                                RateKind.STREAM,
                                new BdRate.Percent(index - 4.25, index - 4.5, 0.93))),
                OptionalLong.of(5321),
                new Provenance("build", "metrics/1", "B", "ffmpeg", "3.11.2", "1.24.2", "here"),
                START.plusSeconds(index),
                START.plusSeconds(index + 1));
    }

    private static RunOutcome measured(int index, int quality) {
        double db = 30 + quality + index / 1000.0;
        return new RunOutcome.Measured(
                new Measurement(
                        20123 + index,
                        80.4,
                        new Distortion(db, 36.0, 36.4, db - 0.1, 35.9, 36.3, 0.91),
                        new Usage(
                                Duration.ofNanos(4_100_000_001L), Duration.ofSeconds(4), 90 << 20),
                        new Usage(Duration.ofMillis(1000), Duration.ofMillis(1100), 80 << 20),
                        new ArtifactId(Sha256.of("bitstream")),
                        Sha256.of("reconstruction"),
                        new ArtifactId(Sha256.of("frames")),
                        List.of("did not read the source")));
    }

    private static Clip clip(String name) {
        return new Clip(
                new ClipId(Sha256.of(name)),
                name,
                new VideoFormat(352, 288, new FrameRate(30000, 1001)),
                60,
                new ClipOrigin("https://example.org/" + name, "CC BY 4.0", "as it is"));
    }
}
