package aiv1.campaign;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Candidate;
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
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.Distortion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Hand-written stand-ins: a proposer whose codecs follow from brief and parents, and results made
/// from a codec's name.
final class Scripted {
    static final Clip CLIP =
            new Clip(
                    new ClipId(Sha256.of("clip")),
                    "flower",
                    new VideoFormat(64, 48, new FrameRate(30, 1)),
                    8,
                    new ClipOrigin("test", "CC0", "as it is"));
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private Scripted() {}

    static Campaign campaign(int experimentCount) {
        return campaign(experimentCount, 1);
    }

    static Campaign campaign(int experimentCount, int parallelCount) {
        return new Campaign(
                new CampaignId("c-test"),
                "goal",
                7,
                experimentCount,
                "scripted",
                List.of(CLIP),
                List.of("x264-medium"),
                LimitClass.LIGHT,
                parallelCount,
                Duration.ZERO,
                THEN);
    }

    static Proposal proposal(String text, List<ExperimentResult> parents) {
        return new Proposal(
                new Candidate(Map.of(Part.ENCODER, text, Part.DECODER, text), Contract.NATIVE),
                "because",
                parents.stream()
                        .map(parent -> parent.experiment().proposal().candidate().id())
                        .toList(),
                "scripted");
    }

    /// Its proposals depend on seed and parents, so a lost or doubled result would change all that
    /// follow.
    static final class ChainProposer implements Proposer {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Proposal propose(Brief brief, List<ExperimentResult> parents) {
            StringBuilder text = new StringBuilder("seed " + brief.seed() + "\n");
            parents.forEach(
                    parent ->
                            text.append(parent.experiment().proposal().candidate().id().sha256())
                                    .append('\n'));
            return proposal(Sha256.of(text.toString()), parents);
        }
    }

    /// A proposer that does something and then has no proposal.
    record Refusing(Runnable then) implements Proposer {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public Proposal propose(Brief brief, List<ExperimentResult> parents) {
            then.run();
            throw new AssertionError("expected a refusal");
        }
    }

    static ExperimentResult measured(Experiment experiment, double bdRatePercent) {
        return measured(experiment, bdRatePercent, 1, List.of());
    }

    static ExperimentResult measured(
            Experiment experiment, double bdRatePercent, double overlap, List<String> labels) {
        Usage usage = new Usage(Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 20);
        List<RunResult> runs = new ArrayList<>();
        for (int quality = 0; quality < 5; quality++) {
            Measurement measurement =
                    new Measurement(
                            1000,
                            100,
                            new Distortion(30, 30, 30, 30, 30, 30, 0.9),
                            usage,
                            usage,
                            new ArtifactId(Sha256.of("stream")),
                            Sha256.of("frames"),
                            new ArtifactId(Sha256.of("csv")),
                            labels);
            runs.add(new RunResult("flower", quality, new RunOutcome.Measured(measurement)));
        }
        List<BdEntry> bdRates =
                List.of(
                        new BdEntry(
                                "flower",
                                "x264-medium",
                                BdEntry.PSNR_YUV,
                                RateKind.TOTAL,
                                new BdRate.Percent(bdRatePercent, bdRatePercent, overlap)));
        return result(experiment, Optional.empty(), runs, bdRates);
    }

    static ExperimentResult ended(Experiment experiment, RunOutcome.NotMeasured verdict) {
        return result(experiment, Optional.of(verdict), List.of(), List.of());
    }

    static Experiment experiment(int index, String text) {
        return new Experiment(
                new ExperimentId("c-test.%04d".formatted(index)),
                Optional.of(new CampaignId("c-test")),
                proposal(text, List.of()),
                List.of(CLIP),
                List.of("x264-medium"),
                LimitClass.LIGHT);
    }

    /// A score that follows from the candidate alone.
    static double score(Experiment experiment) {
        return Math.floorMod(
                Seeds.at(experiment.proposal().candidate().id().sha256().hashCode(), 0), 1000);
    }

    private static ExperimentResult result(
            Experiment experiment,
            Optional<RunOutcome.NotMeasured> verdict,
            List<RunResult> runs,
            List<BdEntry> bdRates) {
        return new ExperimentResult(
                experiment,
                verdict,
                runs,
                bdRates,
                OptionalLong.of(100),
                new Provenance("b", "metrics/1", "B", "f", "3", "1", "w"),
                THEN,
                THEN);
    }

    /// Hears nothing.
    static final class Silent implements CampaignListener {
        private final List<Failure> faults = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();

        @Override
        public void started(Experiment experiment, int index) {}

        @Override
        public void finished(ExperimentResult result, boolean isBest) {}

        @Override
        public void noProposal(ExperimentId id, String reason) {
            reasons.add(reason);
        }

        List<String> reasons() {
            return reasons;
        }

        @Override
        public void labFault(ExperimentId id, Failure failure) {
            faults.add(failure);
        }

        List<Failure> faults() {
            return faults;
        }

        @Override
        public void report(Progress.Event event) {}
    }
}
