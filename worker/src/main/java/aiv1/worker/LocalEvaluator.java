package aiv1.worker;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Screener;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageMoment;
import aiv1.media.AnchorCache;
import aiv1.media.AnchorCatalogue;
import aiv1.media.ClipLibrary;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.BuildResult;
import aiv1.sandbox.Sandbox;
import aiv1.sandbox.ScreenResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Carries out experiments in this process: screen, build, smoke runs, the other runs, BD-rates.
/// Start reading here.
public final class LocalEvaluator implements Evaluator, Screener {
    private final Sandbox sandbox;
    private final ClipLibrary clips;
    private final BdTable bdTable;
    private final ArtifactStore artifacts;
    private final Provenance provenance;
    private final InstantSource clock;
    private final RunPool pool;
    private final FailureTraces traces;

    public LocalEvaluator(
            Sandbox sandbox,
            ClipLibrary clips,
            AnchorCatalogue catalogue,
            AnchorCache anchors,
            ArtifactStore artifacts,
            Provenance provenance,
            InstantSource clock,
            int parallelRunCount) {
        this.sandbox = sandbox;
        this.clips = clips;
        this.bdTable = new BdTable(catalogue, anchors);
        this.artifacts = artifacts;
        this.provenance = provenance;
        this.clock = clock;
        this.pool = new RunPool(parallelRunCount);
        this.traces = new FailureTraces(artifacts);
    }

    @Override
    public ExperimentResult evaluate(Experiment experiment, Progress progress) {
        Sheet sheet = new Sheet(experiment, clock.instant());
        try {
            sheet.verdict = screen(sheet).or(() -> carryOut(sheet, progress));
        } catch (LabFaultException fault) {
            sheet.verdict = Optional.of(verdict(fault));
        } finally {
            sheet.output.ifPresent(BuildOutput::close);
        }
        return sheet.close(clock.instant(), provenance);
    }

    /// Looks at all of them at once, and at those that are suspected then one by one.
    @Override
    public List<Optional<ExperimentResult>> screen(List<Experiment> experiments) {
        List<Boolean> suspects =
                sandbox.suspects(
                        experiments.stream().map(one -> one.proposal().candidate()).toList());
        List<Optional<ExperimentResult>> ended = new ArrayList<>();
        for (int i = 0; i < experiments.size(); i++) {
            ended.add(suspects.get(i) ? refused(experiments.get(i)) : Optional.empty());
        }
        return ended;
    }

    private Optional<ExperimentResult> refused(Experiment experiment) {
        Sheet sheet = new Sheet(experiment, clock.instant());
        sheet.verdict = screen(sheet);
        return sheet.verdict.map(any -> sheet.close(clock.instant(), provenance));
    }

    /// An interrupt closes whatever file the lab was writing, which is no fault of the lab.
    private static NotMeasured verdict(LabFaultException fault) {
        return Thread.currentThread().isInterrupted()
                ? new RunOutcome.Cancelled(
                        Failure.of(
                                Stage.MEASURE,
                                FailureCategory.CANCELLED,
                                "stopped before it was done"))
                : new RunOutcome.LabFault(
                        Failure.of(
                                Stage.MEASURE,
                                FailureCategory.LAB_FAULT,
                                String.valueOf(fault.getMessage())));
    }

    /// What it returns stands against the experiment as a whole, here and below.
    private Optional<NotMeasured> screen(Sheet sheet) {
        if (sheet.decoderBytes > DecoderSize.BYTES_MAX) {
            return Optional.of(
                    new RunOutcome.Invalid(
                            Failure.of(
                                    Stage.SCREEN,
                                    FailureCategory.CONTRACT,
                                    "decoder: expected at most %d bytes of xz, got %d"
                                            .formatted(
                                                    DecoderSize.BYTES_MAX, sheet.decoderBytes))));
        }
        sheet.came(Stage.SCREEN, 0, clock.instant());
        return switch (sandbox.screen(sheet.candidate())) {
            case ScreenResult.Refused refused -> Optional.of(traces.keep(refused.outcome()));
            case ScreenResult.Passed passed -> {
                sheet.labels.addAll(passed.labels());
                yield Optional.empty();
            }
        };
    }

    private Optional<NotMeasured> carryOut(Sheet sheet, Progress progress) {
        if (Sandbox.needsBuild(sheet.candidate())) {
            sheet.came(Stage.BUILD, 0, clock.instant());
            tellBuild(sheet.experiment, progress);
            Optional<RunOutcome> unbuilt = pool.carryOut(List.of(() -> build(sheet))).getFirst();
            if (unbuilt.isPresent()) {
                return unbuilt.map(NotMeasured.class::cast);
            }
        }
        return carryOutRuns(sheet, progress);
    }

    /// The first run of all waits for the build.
    private static void tellBuild(Experiment experiment, Progress progress) {
        Clip first = experiment.clips().getFirst();
        progress.report(
                new Progress.Event.Phase(
                        experiment.id(), first.name(), 0, Stage.BUILD, 0, first.frameCount()));
    }

    /// Builds a candidate that needs it, and reports it on the sheet; gives what stands against it.
    private Optional<RunOutcome> build(Sheet sheet) {
        sheet.output.ifPresent(BuildOutput::close);
        switch (sandbox.build(sheet.candidate(), sheet.experiment.limitClass().buildLimit())) {
            case BuildResult.Stopped stopped -> {
                return Optional.of(traces.keep(stopped.outcome()));
            }
            case BuildResult.Built built -> {
                sheet.output = Optional.of(built.output());
                byte[] archive = built.output().archive();
                sheet.build =
                        Optional.of(
                                new BuildReport(
                                        artifacts.put(archive),
                                        archive.length,
                                        built.usage(),
                                        built.labels()));
                return Optional.empty();
            }
        }
    }

    private Optional<NotMeasured> carryOutRuns(Sheet sheet, Progress progress) {
        Experiment experiment = sheet.experiment;
        ExperimentRuns runs =
                new ExperimentRuns(
                        experiment,
                        plan -> evaluation(plan, sheet, progress),
                        pool,
                        traces,
                        progress,
                        (stage, runCount) -> sheet.came(stage, runCount, clock.instant()));
        try {
            runs.carryOut();
        } finally {
            sheet.runs.addAll(runs.results());
        }
        if (!runs.areMeasured()) {
            return Optional.empty();
        }
        sheet.came(Stage.MEASURE, 0, clock.instant());
        sheet.bdRates.addAll(bdTable.compute(experiment, sheet.runs, sheet.decoderBytes, progress));
        return Plausibility.objection(sheet.runs, sheet.bdRates);
    }

    private RunEvaluation evaluation(RunPlan plan, Sheet sheet, Progress progress) {
        return new RunEvaluation(
                sandbox,
                clips,
                artifacts,
                sheet.experiment,
                plan,
                sheet.labels,
                sheet.output,
                progress);
    }

    /// What is known of an experiment while it is carried out. Runs read of it what was there
    /// before they began; one thread writes.
    private static final class Sheet {
        private final Experiment experiment;
        private final long decoderBytes;
        private final Instant startedAt;
        private final List<String> labels = new ArrayList<>();
        private final List<RunResult> runs = new ArrayList<>();
        private final List<BdEntry> bdRates = new ArrayList<>();
        private final List<StageMoment> stages = new ArrayList<>();
        private Optional<NotMeasured> verdict = Optional.empty();
        private Optional<BuildOutput> output = Optional.empty();
        private Optional<BuildReport> build = Optional.empty();

        private Sheet(Experiment experiment, Instant startedAt) {
            this.experiment = experiment;
            this.decoderBytes = DecoderSize.compute(candidate());
            this.startedAt = startedAt;
        }

        private Candidate candidate() {
            return experiment.proposal().candidate();
        }

        private void came(Stage stage, int runCount, Instant at) {
            stages.add(new StageMoment(stage, runCount, at));
        }

        private ExperimentResult close(Instant finishedAt, Provenance provenance) {
            return new ExperimentResult(
                    experiment,
                    verdict,
                    runs,
                    bdRates,
                    OptionalLong.of(decoderBytes),
                    build,
                    provenance,
                    startedAt,
                    stages,
                    finishedAt);
        }
    }
}
