package aiv1.cluster;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Carries out experiments on other machines. Start reading here.
///
/// An experiment goes to a free worker and is watched until it is over; its clips are sent first,
/// as far as the worker lacks them, and what it left is fetched last. A worker that is lost on the
/// way costs nothing but time: the experiment is given to the next one, and an id is carried out
/// once on each worker however often it is asked for. Some results are measured again before they
/// are believed ([SpotChecks]); a worker that is caught gets no more work, the result goes to
/// another one, and all that it gave before is measured again too. Only when no worker is to be had
/// is there a result that says so, as the lab's own fault. Thread-safe.
public final class RemoteEvaluator implements Evaluator {
    static final int LOSS_COUNT_MAX = 5;

    private final Workers workers;
    private final ClipFile clips;
    private final ArtifactStore artifacts;
    private final Provenance provenance;
    private final InstantSource clock;
    private final Patience patience;
    private final Distrust distrust;

    /// `provenance` is that of results which no worker made; those that one made must be of its
    /// build.
    public RemoteEvaluator(
            Workers workers,
            ClipFile clips,
            ArtifactStore artifacts,
            Provenance provenance,
            InstantSource clock,
            SpotChecks checks) {
        this(workers, clips, artifacts, provenance, clock, checks, Patience.USUAL);
    }

    RemoteEvaluator(
            Workers workers,
            ClipFile clips,
            ArtifactStore artifacts,
            Provenance provenance,
            InstantSource clock,
            SpotChecks checks,
            Patience patience) {
        this.workers = workers;
        this.clips = clips;
        this.artifacts = artifacts;
        this.provenance = provenance;
        this.clock = clock;
        this.patience = patience;
        this.distrust = new Distrust(workers, artifacts, clips, checks);
    }

    @Override
    public ExperimentResult evaluate(Experiment experiment, Progress progress) {
        Instant startedAt = clock.instant();
        List<WorkerTroubleException> losses = new ArrayList<>();
        while (losses.size() < LOSS_COUNT_MAX) {
            Optional<WorkerClient> taken;
            try {
                taken = take(experiment);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return without(experiment, startedAt, cancelled());
            }
            if (taken.isEmpty()) {
                return without(experiment, startedAt, noWorker(losses));
            }
            WorkerClient worker = taken.get();
            workers.begins(worker, experiment.id());
            try {
                ExperimentResult result = carryOut(worker, experiment, progress);
                distrust.require(worker, result);
                return result;
            } catch (WorkerTroubleException lost) {
                if (Thread.currentThread().isInterrupted()) {
                    return without(experiment, startedAt, stopped(worker, experiment));
                }
                losses.add(lost);
                workers.flag(worker, lost);
            } finally {
                workers.giveBack(worker, experiment.id());
            }
        }
        return without(experiment, startedAt, noWorker(losses));
    }

    /// Where nobody has what the experiment needs it waits for who has, however long.
    private Optional<WorkerClient> take(Experiment experiment) throws InterruptedException {
        while (true) {
            Optional<String> lack = workers.lack();
            lack.ifPresent(what -> workers.listener().waits(experiment.id(), what));
            Optional<WorkerClient> taken = workers.take(patience.workerWait());
            if (taken.isPresent() || lack.isEmpty()) {
                return taken;
            }
        }
    }

    private ExperimentResult carryOut(WorkerClient worker, Experiment experiment, Progress progress)
            throws WorkerTroubleException {
        for (Clip clip : experiment.clips()) {
            worker.send(clip, clips, experiment.id());
        }
        worker.order(experiment);
        long last = 0;
        long heardNanos = System.nanoTime();
        while (true) {
            Optional<WorkerClient.Batch> batch = worker.events(experiment.id(), last);
            if (batch.isEmpty()) {
                // It was started anew and knows nothing: asked again, it begins again.
                worker.order(experiment);
                last = 0;
                heardNanos = System.nanoTime();
                continue;
            }
            batch.get().events().forEach(progress::report);
            heardNanos = batch.get().events().isEmpty() ? heardNanos : System.nanoTime();
            last = batch.get().last();
            if (batch.get().isOver()) {
                ExperimentResult result = worker.result(experiment);
                requireBuild(worker, result);
                fetch(worker, result);
                return result;
            }
            requireNews(worker, experiment, System.nanoTime() - heardNanos);
        }
    }

    /// A worker may live, and its experiment stand still.
    private void requireNews(WorkerClient worker, Experiment experiment, long silentNanos)
            throws WorkerTroubleException {
        Duration most = patience.silence().apply(experiment);
        if (silentNanos > most.toNanos()) {
            throw worker.trouble(
                    Trouble.TIMED_OUT,
                    "timed out: nothing new of %s within %d s"
                            .formatted(experiment.id(), most.toSeconds()));
        }
    }

    /// Its health said so a moment ago; in between it may have been started anew, as something
    /// else.
    private void requireBuild(WorkerClient worker, ExperimentResult result)
            throws WorkerTroubleException {
        if (!result.provenance().build().equals(provenance.build())) {
            throw worker.trouble(
                    Trouble.WRONG_BUILD,
                    "expected a result of build %s, got one of %s"
                            .formatted(provenance.build(), result.provenance().build()));
        }
    }

    private void fetch(WorkerClient worker, ExperimentResult result) throws WorkerTroubleException {
        for (ArtifactId id : NamedArtifacts.of(result)) {
            if (artifacts.find(id).isEmpty()) {
                artifacts.put(worker.artifact(id, result.experiment().id()));
            }
        }
    }

    private ExperimentResult without(
            Experiment experiment, Instant startedAt, NotMeasured verdict) {
        return new ExperimentResult(
                experiment,
                Optional.of(verdict),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                provenance,
                startedAt,
                clock.instant());
    }

    /// Tells the worker too, as far as it can be told.
    private static NotMeasured stopped(WorkerClient worker, Experiment experiment) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            worker.cancel(experiment.id());
        } catch (WorkerTroubleException deaf) {
            return cancelled();
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return cancelled();
    }

    private static NotMeasured cancelled() {
        return new RunOutcome.Cancelled(
                Failure.of(Stage.MEASURE, FailureCategory.CANCELLED, "stopped before it was done"));
    }

    private NotMeasured noWorker(List<WorkerTroubleException> losses) {
        List<String> reasons = new ArrayList<>();
        losses.forEach(loss -> reasons.add(String.valueOf(loss.getMessage())));
        workers.troubles().forEach(trouble -> reasons.add(String.valueOf(trouble.getMessage())));
        return new RunOutcome.LabFault(
                Failure.of(
                        Stage.MEASURE,
                        FailureCategory.WORKER_LOST,
                        reasons.isEmpty()
                                ? "no worker was free in %d s"
                                        .formatted(patience.workerWait().toSeconds())
                                : String.join("; ", reasons.stream().distinct().toList())));
    }
}
