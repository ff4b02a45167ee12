package aiv1.worker.http;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// The experiments that a worker was given: waiting, running, done. Thread-safe.
///
/// An id is carried out once, however often it is asked for. So many may wait and no more; results
/// are kept for whoever asks again, the oldest are forgotten.
final class Desk implements AutoCloseable {
    static final int WAITING_COUNT_MAX = 16;
    static final int DONE_COUNT_MAX = 1000;

    private final Evaluator evaluator;
    private final RequestLog log;
    private final Meters meters;
    private final int slotCount;
    private final ExecutorService slots;
    private final Map<ExperimentId, Entry> entries = new LinkedHashMap<>();
    private boolean isDraining;

    Desk(Evaluator evaluator, int slotCount, RequestLog log, Meters meters) {
        this.evaluator = evaluator;
        this.log = log;
        this.meters = meters;
        this.slotCount = slotCount;
        this.slots = Executors.newFixedThreadPool(slotCount);
    }

    /// What became of an order.
    enum Acceptance {
        NEW,
        KNOWN,
        OTHER_UNDER_THIS_ID,
        FULL,
        DRAINING
    }

    /// Where an experiment is.
    enum State {
        WAITING,
        RUNNING,
        DONE
    }

    /// One experiment at the desk.
    static final class Entry {
        private final Experiment experiment;
        private final EventLog events = new EventLog();
        private final FutureTask<ExperimentResult> task;
        private volatile State state = State.WAITING;
        private volatile long startedNanos;

        private Entry(Experiment experiment, Desk desk) {
            this.experiment = experiment;
            this.task = new FutureTask<>(() -> carryOut(desk));
        }

        private ExperimentResult carryOut(Desk desk) {
            startedNanos = System.nanoTime();
            state = State.RUNNING;
            desk.log.started(experiment.id());
            String outcome = "fault";
            try {
                ExperimentResult result = desk.evaluator.evaluate(experiment, events);
                outcome = result.outcomeLabel();
                return result;
            } finally {
                state = State.DONE;
                desk.meters.finished(outcome);
                desk.log.finished(experiment.id(), outcome, runningFor());
                events.close();
            }
        }

        Experiment experiment() {
            return experiment;
        }

        EventLog events() {
            return events;
        }

        State state() {
            return state;
        }

        /// How long it has been running.
        Duration runningFor() {
            return Duration.ofNanos(System.nanoTime() - startedNanos);
        }

        /// Waits; empty when it is not done in time, or was cancelled.
        Optional<ExperimentResult> result(Duration wait) throws InterruptedException {
            try {
                return Optional.of(task.get(wait.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | CancellationException none) {
                return Optional.empty();
            } catch (ExecutionException bug) {
                throw new IllegalStateException("evaluating " + experiment.id(), bug.getCause());
            }
        }
    }

    synchronized Acceptance accept(Experiment experiment) {
        Optional<Entry> known = Optional.ofNullable(entries.get(experiment.id()));
        if (known.isPresent()) {
            return known.get().experiment().equals(experiment)
                    ? Acceptance.KNOWN
                    : Acceptance.OTHER_UNDER_THIS_ID;
        }
        if (isDraining) {
            return Acceptance.DRAINING;
        }
        if (count(State.WAITING) >= WAITING_COUNT_MAX) {
            return Acceptance.FULL;
        }
        forgetOldest();
        Entry entry = new Entry(experiment, this);
        entries.put(experiment.id(), entry);
        log.accepted(experiment.id());
        slots.execute(entry.task);
        return Acceptance.NEW;
    }

    synchronized Optional<Entry> find(ExperimentId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /// In the order in which they came.
    synchronized List<Entry> unfinished() {
        return entries.values().stream().filter(entry -> entry.state() != State.DONE).toList();
    }

    synchronized int count(State state) {
        return (int) entries.values().stream().filter(entry -> entry.state() == state).count();
    }

    /// Those of experiments that wait or run.
    Set<ClipId> clipsInUse() {
        return unfinished().stream()
                .flatMap(entry -> entry.experiment().clips().stream())
                .map(Clip::id)
                .collect(Collectors.toSet());
    }

    int slotCount() {
        return slotCount;
    }

    synchronized boolean isDraining() {
        return isDraining;
    }

    /// Takes no more; what was taken goes on.
    synchronized void drain() {
        isDraining = true;
        slots.shutdown();
    }

    /// Whether all that was taken is done.
    boolean awaitDrained(Duration wait) throws InterruptedException {
        return slots.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Stops an experiment and forgets it, so that it can be asked for again; false for one that is
    /// unknown or done.
    synchronized boolean cancel(ExperimentId id) {
        Optional<Entry> entry = find(id).filter(known -> known.state() != State.DONE);
        entry.ifPresent(
                known -> {
                    entries.remove(id);
                    known.task.cancel(true);
                    known.events.close();
                });
        return entry.isPresent();
    }

    @Override
    public void close() {
        drain();
        unfinished().forEach(entry -> entry.task.cancel(true));
        slots.close();
    }

    private void forgetOldest() {
        Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() >= DONE_COUNT_MAX && oldest.hasNext()) {
            if (oldest.next().state() == State.DONE) {
                oldest.remove();
            }
        }
    }
}
