package aiv1.cli.command;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Fills a ledger with made-up experiments, through the store and as large as true ones, so that
/// what shows very many can be timed. Nothing in it was measured.
///
/// Campaigns of 60, 20, 15 and 5 percent; three in five are measured, the others fail in eight
/// ways. Each candidate is another one, but their sources and rationales repeat, for each new file
/// is forced to the disk.
final class SeededHome {
    private static final List<Integer> SHARES = List.of(60, 20, 15, 5);
    private static final int ENCODER_COUNT = 400;
    private static final int RATIONALE_COUNT = 4000;
    private static final List<String> ANCHORS = List.of("x264-medium", "x265-medium");
    private static final List<String> PROPOSERS =
            List.of("inventor", "inventor", "anthropic:made-up", "openai:made-up");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Ledger ledger;
    private final int experimentCount;
    private final RandomGenerator chance = new Random(7);
    private int made;

    /// How a made-up candidate fails.
    private record Fate(Stage stage, FailureCategory category, String exception, String message) {}

    private static final List<Fate> FATES =
            List.of(
                    new Fate(
                            Stage.DECODE, FailureCategory.EXCEPTION, "ValueError", "shapes differ"),
                    new Fate(Stage.ENCODE, FailureCategory.EXCEPTION, "IndexError", "out of range"),
                    new Fate(Stage.DECODE, FailureCategory.DIMENSION_MISMATCH, "", "wrong size"),
                    new Fate(Stage.ENCODE, FailureCategory.TIMEOUT_CPU, "", "over its CPU limit"),
                    new Fate(Stage.DECODE, FailureCategory.OUT_OF_MEMORY, "", "over its memory"),
                    new Fate(Stage.VERIFY, FailureCategory.NONDETERMINISTIC, "", "decodes differ"),
                    new Fate(Stage.ENCODE, FailureCategory.HOSTILE, "", "a forbidden call"),
                    new Fate(Stage.MEASURE, FailureCategory.IMPLAUSIBLE, "", "too good"));

    SeededHome(Ledger ledger, int experimentCount) {
        this.ledger = ledger;
        this.experimentCount = experimentCount;
    }

    static List<CampaignId> campaigns() {
        List<CampaignId> ids = new ArrayList<>();
        for (int i = 0; i < SHARES.size(); i++) {
            ids.add(new CampaignId("c-made-up-" + i));
        }
        return ids;
    }

    void fill() {
        // The largest is the newest: it is what the overview shows.
        for (int i = SHARES.size() - 1; i >= 0; i--) {
            int count = Math.max(1, experimentCount * SHARES.get(i) / 100);
            CampaignId id = campaigns().get(i);
            ledger.append(campaign(id, count, START.plus(Duration.ofDays(SHARES.size() - i))));
            for (int index = 0; index < count; index++) {
                ledger.append(result(id, index));
            }
        }
    }

    /// Experiment number `index` of the largest campaign, from [#experimentCount] on, behind all
    /// others.
    ExperimentResult more(int index) {
        made = index;
        return result(campaigns().getFirst(), index);
    }

    int experimentCount() {
        return experimentCount;
    }

    private static Campaign campaign(CampaignId id, int count, Instant at) {
        return new Campaign(
                id,
                "made up, to time the page",
                1,
                count,
                "inventor",
                clips(),
                ANCHORS,
                LimitClass.LIGHT,
                1,
                Duration.ZERO,
                at);
    }

    private static List<Clip> clips() {
        List<Clip> clips = new ArrayList<>();
        for (String name : List.of("cars", "rapids")) {
            clips.add(
                    new Clip(
                            new ClipId(Sha256.of(name)),
                            name,
                            new VideoFormat(320, 240, new FrameRate(30, 1)),
                            30,
                            new ClipOrigin("made up", "none", "made up, to time the page")));
        }
        return clips;
    }

    private Proposal proposal() {
        int number = made++;
        List<CandidateId> parents = new ArrayList<>();
        if (number > 20 && chance.nextInt(10) > 0) {
            parents.add(candidate(number - 1 - chance.nextInt(20)).id());
        }
        return new Proposal(
                candidate(number),
                "Try number %d.\n\nBlocks, motion and a range coder, as before."
                        .formatted(number % RATIONALE_COUNT),
                parents,
                PROPOSERS.get(chance.nextInt(PROPOSERS.size())));
    }

    private static Candidate candidate(int number) {
        return new Candidate(
                Map.of(
                        Part.ENCODER,
                        "def encode(clip, quality):\n    return bytes(%d)\n"
                                .formatted(number % ENCODER_COUNT),
                        Part.DECODER,
                        "def decode(bitstream):\n    return [%d]\n"
                                .formatted(number / ENCODER_COUNT)),
                Contract.NATIVE);
    }

    private ExperimentResult result(CampaignId campaign, int index) {
        Proposal proposal = proposal();
        Experiment experiment =
                new Experiment(
                        campaign.experimentId(index),
                        Optional.of(campaign),
                        proposal,
                        clips(),
                        ANCHORS,
                        LimitClass.LIGHT);
        boolean isGood = chance.nextInt(10) < 6;
        int fate = (int) Math.min(FATES.size() - 1, Math.abs(chance.nextGaussian()) * 3);
        int failsAt = isGood ? Integer.MAX_VALUE : chance.nextInt(experiment.runCount());
        List<RunResult> runs = new ArrayList<>();
        for (Clip clip : experiment.clips()) {
            for (int quality = 0; quality < Experiment.QUALITY_COUNT; quality++) {
                runs.add(
                        new RunResult(
                                clip.name(),
                                quality,
                                runs.size() == failsAt
                                        ? failed(FATES.get(fate))
                                        : measured(clip, quality)));
            }
        }
        Instant started = START.plus(Duration.ofSeconds(60L * made));
        return new ExperimentResult(
                experiment,
                Optional.empty(),
                runs,
                isGood ? rates(experiment) : List.of(),
                OptionalLong.of(2000 + chance.nextInt(12_000)),
                new Provenance("made-up", "metrics/1", "B", "none", "3.11.2", "1.24.2", "none"),
                started,
                started.plusMillis(20_000 + chance.nextInt(40_000)));
    }

    private List<BdEntry> rates(Experiment experiment) {
        double level = -20 + 120 * Math.abs(chance.nextGaussian());
        List<BdEntry> rates = new ArrayList<>();
        for (Clip clip : experiment.clips()) {
            for (String anchor : ANCHORS) {
                for (RateKind kind : RateKind.values()) {
                    double percent = level + 10 * chance.nextDouble();
                    rates.add(
                            new BdEntry(
                                    clip.name(),
                                    anchor,
                                    BdEntry.PSNR_YUV,
                                    kind,
                                    new BdRate.Percent(percent, percent, 0.9)));
                }
            }
        }
        return rates;
    }

    private RunOutcome failed(Fate fate) {
        Failure plain =
                Failure.of(
                        fate.stage(),
                        fate.category(),
                        fate.message() + ": frame " + chance.nextInt(30));
        Failure failure =
                new Failure(
                        plain.stage(),
                        plain.category(),
                        plain.message(),
                        Optional.of(fate.exception()).filter(name -> !name.isEmpty()),
                        Optional.of(Part.DECODER),
                        Optional.of("decode"),
                        OptionalInt.of(1 + chance.nextInt(200)),
                        "Traceback (most recent call last):\n".repeat(8),
                        OptionalInt.of(chance.nextInt(30)),
                        Optional.empty(),
                        Optional.empty());
        return switch (fate.category()) {
            case TIMEOUT_CPU -> new RunOutcome.TimedOut(failure);
            case OUT_OF_MEMORY -> new RunOutcome.OutOfMemory(failure);
            case DIMENSION_MISMATCH -> new RunOutcome.Invalid(failure);
            case NONDETERMINISTIC -> new RunOutcome.Nondeterministic(failure);
            case HOSTILE -> new RunOutcome.Hostile(failure);
            case IMPLAUSIBLE -> new RunOutcome.Quarantined(failure);
            default -> new RunOutcome.Crashed(failure);
        };
    }

    private RunOutcome measured(Clip clip, int quality) {
        double db = 30 + 3 * quality + chance.nextDouble();
        long bytes = (8_000L << quality) + chance.nextInt(4_000);
        String hash = Sha256.of(Long.toString(chance.nextLong()));
        return new RunOutcome.Measured(
                new Measurement(
                        bytes,
                        clip.bitrateKbps((double) bytes),
                        new Distortion(db, db + 6.1, db + 5.9, db - 0.1, db + 6, db + 5.8, 0.91),
                        used(),
                        used(),
                        new ArtifactId(hash),
                        hash,
                        new ArtifactId(hash),
                        List.of()));
    }

    private Usage used() {
        Duration cpu = Duration.ofNanos(1_000_000_000L + chance.nextInt(1_000_000_000));
        return new Usage(cpu, cpu.plusMillis(40), 60_000_000 + chance.nextInt(30_000_000));
    }
}
