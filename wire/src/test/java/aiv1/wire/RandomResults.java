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
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageMoment;
import aiv1.domain.rd.BdRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// Results that are as odd as the domain allows, the same ones for the same seed.
final class RandomResults {
    private static final String[] TEXTS = {
        "",
        " ",
        "plain",
        "\"quoted\\ \b\t\n\r\u0000\u001f",
        "naïve ∆ 日本",
        "\uD83C\uDFAC film",
        "</script>",
        "null",
        "NaN",
        "line\u2028separator"
    };

    private final Random random;
    private final RandomOutcomes outcomes;

    RandomResults(long seed) {
        random = new Random(seed);
        outcomes = new RandomOutcomes(random, this::text);
    }

    ExperimentResult result() {
        List<Clip> clips = clips();
        Optional<NotMeasured> verdict =
                random.nextInt(3) == 0 ? Optional.of(outcomes.notMeasured()) : Optional.empty();
        List<RunResult> runs = new ArrayList<>();
        int count = verdict.isPresent() ? random.nextInt(4) : 1 + random.nextInt(9);
        boolean allMeasured = random.nextBoolean();
        for (int index = 0; index < count; index++) {
            RunOutcome outcome =
                    allMeasured || random.nextBoolean()
                            ? outcomes.measured()
                            : outcomes.notMeasured();
            runs.add(new RunResult(clips.getFirst().name(), index % 5, outcome));
        }
        return new ExperimentResult(
                experiment(clips),
                verdict,
                runs,
                bdRates(),
                random.nextBoolean()
                        ? OptionalLong.of(random.nextLong(1L << 40))
                        : OptionalLong.empty(),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(
                                new BuildReport(
                                        new ArtifactId(hash()),
                                        random.nextLong(1L << 30),
                                        outcomes.usage(),
                                        List.of(text()))),
                new Provenance(text(), text(), text(), text(), text(), text(), text())
                        .atAttempt(1 + random.nextInt(3)),
                instant(),
                stages(),
                instant());
    }

    private List<StageMoment> stages() {
        return random.nextBoolean()
                ? List.of()
                : List.of(
                        new StageMoment(Stage.BUILD, 0, instant()),
                        new StageMoment(any(Stage.values()), random.nextInt(9), instant()));
    }

    Campaign campaign() {
        return new Campaign(
                campaignId(),
                text(),
                random.nextLong(),
                1 + random.nextInt(1 << 30),
                text(),
                clips(),
                List.of(text(), text()),
                any(LimitClass.values()),
                1 + random.nextInt(9),
                Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)),
                instant());
    }

    Candidate candidate() {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        Part encoder = random.nextBoolean() ? Part.ENCODER : Part.ENCODER_C;
        Part decoder = random.nextBoolean() ? Part.DECODER : Part.DECODER_C;
        sources.put(encoder, text());
        sources.put(decoder, text());
        if (random.nextBoolean()) {
            sources.put(encoder.shared(), text());
        }
        boolean isPython = encoder.isPython() && decoder.isPython();
        return new Candidate(sources, isPython ? any(Contract.values()) : Contract.NATIVE);
    }

    String text() {
        return any(TEXTS) + (random.nextBoolean() ? any(TEXTS) : "");
    }

    private Experiment experiment(List<Clip> clips) {
        List<CandidateId> parents = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            parents.add(new CandidateId(hash()));
        }
        return new Experiment(
                new ExperimentId("Exp." + random.nextInt(1 << 20)),
                random.nextBoolean() ? Optional.of(campaignId()) : Optional.empty(),
                new Proposal(candidate(), text(), parents, text()),
                clips,
                random.nextBoolean() ? List.of() : List.of(text(), text()),
                any(LimitClass.values()));
    }

    private List<BdEntry> bdRates() {
        List<BdEntry> entries = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            BdRate rate =
                    random.nextBoolean()
                            ? new BdRate.Absent(text())
                            : new BdRate.Percent(
                                    random.nextGaussian() * 50,
                                    random.nextGaussian() * 1e-300,
                                    random.nextDouble());
            entries.add(new BdEntry(text(), text(), text(), any(RateKind.values()), rate));
        }
        return entries;
    }

    private List<Clip> clips() {
        List<Clip> clips = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            FrameRate rate =
                    new FrameRate(1 + random.nextLong(1L << 50), 1 + random.nextLong(1L << 20));
            int side = VideoFormat.SIDE_MAX / 2;
            clips.add(
                    new Clip(
                            new ClipId(hash()),
                            "clip " + count + text(),
                            new VideoFormat(
                                    2 + 2 * random.nextInt(side),
                                    2 + 2 * random.nextInt(side),
                                    rate),
                            1 + random.nextInt(1000),
                            new ClipOrigin(text(), text(), text())));
        }
        return clips;
    }

    private CampaignId campaignId() {
        return new CampaignId("campaign-" + random.nextInt(100));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(
                random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private String hash() {
        return Sha256.of("" + random.nextLong());
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    static ArtifactId artifact(Random random) {
        return new ArtifactId(Sha256.of("" + random.nextLong()));
    }
}
