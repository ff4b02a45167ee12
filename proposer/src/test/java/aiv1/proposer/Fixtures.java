package aiv1.proposer;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.Seeds;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Briefs, results, and stores in memory.
public final class Fixtures {
    public static final CampaignId CAMPAIGN = new CampaignId("spring");
    public static final Clip CLIP =
            new Clip(
                    new ClipId(Sha256.of("clip")),
                    "flower",
                    new VideoFormat(64, 48, new FrameRate(30, 1)),
                    8,
                    new ClipOrigin("test", "CC0", "as it is"));
    private static final Usage USAGE =
            new Usage(Duration.ofMillis(1200), Duration.ofSeconds(2), 1 << 20);

    private Fixtures() {}

    public static Brief brief(int index, List<ExperimentResult> history) {
        return new Brief(
                CAMPAIGN,
                "the lowest BD-rate",
                index,
                40,
                Seeds.at(5, index),
                List.of(CLIP),
                List.of("x264-medium"),
                LimitClass.LIGHT,
                history.stream()
                        .map(result -> result.experiment().proposal().candidate().id())
                        .collect(Collectors.toSet()),
                history);
    }

    public static Candidate candidate(String name) {
        return new Candidate(
                Map.of(
                        Part.ENCODER,
                        "def encode(clip, quality):\n    return b'" + name + "'\n",
                        Part.DECODER,
                        "def decode(bitstream):\n    raise ValueError('" + name + "')\n"),
                Contract.NATIVE);
    }

    public static ExperimentResult measured(
            int index, String name, double percent, ArtifactId frames, CandidateId... parents) {
        List<RunResult> runs = new ArrayList<>();
        for (int quality = 0; quality < 5; quality++) {
            runs.add(
                    new RunResult(
                            CLIP.name(),
                            quality,
                            new RunOutcome.Measured(
                                    new Measurement(
                                            1000 * (quality + 1),
                                            30.0 * (quality + 1),
                                            new Distortion(30, 31, 32, 30, 31, 32, 0.9),
                                            USAGE,
                                            USAGE,
                                            ArtifactId.of(new byte[] {1}),
                                            Sha256.of("frames"),
                                            frames,
                                            List.of()))));
        }
        return result(
                index,
                name,
                Optional.empty(),
                runs,
                List.of(
                        new BdEntry(
                                CLIP.name(),
                                "x264-medium",
                                BdEntry.PSNR_YUV,
                                RateKind.TOTAL,
                                new BdRate.Percent(percent, percent, 0.9))),
                parents);
    }

    public static ExperimentResult failed(int index, String name, CandidateId... parents) {
        Failure failure =
                new Failure(
                        Stage.DECODE,
                        FailureCategory.EXCEPTION,
                        "index " + index + " is out of bounds for axis 0 with size 8",
                        Optional.of("IndexError"),
                        Optional.of(Part.DECODER),
                        Optional.of("decode"),
                        OptionalInt.of(2),
                        "Traceback (most recent call last): ...",
                        OptionalInt.of(3),
                        Optional.empty(),
                        Optional.empty());
        return result(
                index,
                name,
                Optional.of(new RunOutcome.Crashed(failure)),
                List.of(),
                List.of(),
                parents);
    }

    private static ExperimentResult result(
            int index,
            String name,
            Optional<RunOutcome.NotMeasured> verdict,
            List<RunResult> runs,
            List<BdEntry> bdRates,
            CandidateId... parents) {
        return new ExperimentResult(
                new Experiment(
                        CAMPAIGN.experimentId(index),
                        Optional.of(CAMPAIGN),
                        new Proposal(
                                candidate(name), "# Idea " + name, List.of(parents), "openai:m"),
                        List.of(CLIP),
                        List.of("x264-medium"),
                        LimitClass.LIGHT),
                verdict,
                runs,
                bdRates,
                OptionalLong.of(1234),
                new Provenance("b", "m", "s", "f", "p", "n", "w"),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /// Artifacts in memory.
    public static final class Artifacts implements ArtifactStore {
        private final Map<ArtifactId, byte[]> stored = new HashMap<>();

        @Override
        public ArtifactId put(byte[] bytes) {
            ArtifactId id = ArtifactId.of(bytes);
            stored.put(id, bytes.clone());
            return id;
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            return Optional.ofNullable(stored.get(id)).map(byte[]::clone);
        }

        public String text(ArtifactId id) {
            return new String(find(id).orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    /// A ledger that keeps questions to models, and nothing else.
    public static final class Calls implements Ledger {
        private final List<ModelCall> calls = new ArrayList<>();

        @Override
        public boolean append(ModelCall call) {
            boolean isNew =
                    calls.stream()
                            .noneMatch(
                                    known ->
                                            known.experiment().equals(call.experiment())
                                                    && known.attempt() == call.attempt());
            if (isNew) {
                calls.add(call);
            }
            return isNew;
        }

        @Override
        public List<ModelCall> modelCalls(CampaignId campaign) {
            return calls.stream().filter(call -> call.campaign().equals(campaign)).toList();
        }

        @Override
        public boolean append(Campaign campaign) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean append(CampaignId campaign, ExperimentId experiment, Proposal proposal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean append(ExperimentResult result) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Campaign> findCampaign(CampaignId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Campaign> campaigns() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Proposal> findProposal(ExperimentId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ExperimentResult> find(ExperimentId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ExperimentResult> results(CampaignId campaign) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ExperimentResult> results() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
