package aiv1.cli.simulated;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Screener;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.Distortion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Carries out experiments by waiting. Numbers and bitstreams follow from the candidate and from
/// nothing else; the bitstreams are among the artifacts, as those of a real worker are. `least` is
/// the shortest time that one takes and `spread` what it may take longer, by its candidate.
///
/// It waits rather than burns, so that more workers than cores can be had on one machine.
public record SimulatedWork(
        ArtifactStore artifacts,
        Provenance provenance,
        Duration least,
        Duration spread,
        InstantSource clock)
        implements Evaluator, Screener {
    private static final String ANCHOR = "x264-medium";
    private static final int BITSTREAM_BYTES = 1000;
    private static final Clip CLIP =
            new Clip(
                    new ClipId(Sha256.of("simulated")),
                    "simulated",
                    new VideoFormat(64, 48, new FrameRate(30, 1)),
                    8,
                    new ClipOrigin("simulated", "CC0", "none"));

    /// A campaign of such experiments; with one id and seed always the same.
    public static Campaign campaign(CampaignId id, long seed, int experimentCount, int parallel) {
        return new Campaign(
                id,
                "simulated",
                seed,
                experimentCount,
                SimulatedProposer.NAME,
                List.of(CLIP),
                List.of(ANCHOR),
                LimitClass.LIGHT,
                parallel,
                Duration.ZERO,
                Instant.EPOCH);
    }

    /// One experiment outside of any campaign.
    public static Experiment experiment(ExperimentId id) {
        return new Experiment(
                id,
                Optional.empty(),
                SimulatedProposer.proposal(id.value(), List.of()),
                List.of(CLIP),
                List.of(ANCHOR),
                LimitClass.LIGHT);
    }

    /// That of simulated results, by a worker and build.
    public static Provenance provenance(String build, String worker) {
        return new Provenance(
                build, "metrics/1", "simulated", "simulated", "simulated", "simulated", worker);
    }

    @Override
    public ExperimentResult evaluate(Experiment experiment, Progress progress) {
        Instant startedAt = clock.instant();
        String candidate = experiment.proposal().candidate().id().sha256();
        long chance = Math.floorMod(Seeds.at(candidate.hashCode(), 1), 1000L);
        progress.report(
                new Progress.Event.Phase(experiment.id(), CLIP.name(), 0, Stage.ENCODE, 0, 8));
        try {
            Thread.sleep(least.plus(spread.multipliedBy(chance).dividedBy(1000)));
        } catch (InterruptedException unwanted) {
            Thread.currentThread().interrupt();
            return result(experiment, Optional.of(cancelled()), List.of(), List.of(), startedAt);
        }
        ArtifactId frames = artifacts.put((candidate + " frames").getBytes(StandardCharsets.UTF_8));
        List<RunResult> runs = new ArrayList<>();
        for (int quality = 0; quality < Experiment.QUALITY_COUNT; quality++) {
            runs.add(run(candidate, quality, frames));
        }
        BdEntry rate =
                new BdEntry(
                        CLIP.name(),
                        ANCHOR,
                        BdEntry.PSNR_YUV,
                        RateKind.TOTAL,
                        new BdRate.Percent(chance, chance, 1));
        return result(experiment, Optional.empty(), runs, List.of(rate), startedAt);
    }

    /// Nothing stands against any.
    @Override
    public List<Optional<ExperimentResult>> screen(List<Experiment> experiments) {
        return Collections.nCopies(experiments.size(), Optional.empty());
    }

    private RunResult run(String candidate, int quality, ArtifactId frames) {
        byte[] bitstream =
                "%s %d "
                        .formatted(candidate, quality)
                        .repeat(BITSTREAM_BYTES / 60)
                        .getBytes(StandardCharsets.UTF_8);
        double decibels =
                30 + Math.floorMod(Seeds.at(candidate.hashCode(), quality), 10_000L) / 1000.0;
        Usage usage = new Usage(Duration.ZERO, Duration.ZERO, 0);
        return new RunResult(
                CLIP.name(),
                quality,
                new RunOutcome.Measured(
                        new Measurement(
                                bitstream.length,
                                1,
                                new Distortion(
                                        decibels, decibels, decibels, decibels, decibels, decibels,
                                        0.9),
                                usage,
                                usage,
                                artifacts.put(bitstream),
                                Sha256.of(bitstream),
                                frames,
                                List.of("simulated"))));
    }

    private static RunOutcome.NotMeasured cancelled() {
        return new RunOutcome.Cancelled(
                Failure.of(Stage.ENCODE, FailureCategory.CANCELLED, "stopped before it was done"));
    }

    private ExperimentResult result(
            Experiment experiment,
            Optional<RunOutcome.NotMeasured> verdict,
            List<RunResult> runs,
            List<BdEntry> rates,
            Instant startedAt) {
        return new ExperimentResult(
                experiment,
                verdict,
                runs,
                rates,
                OptionalLong.of(100),
                provenance,
                startedAt,
                clock.instant());
    }
}
