package aiv1.worker.picture;

import aiv1.domain.LabFaultException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes one thing after another, each once however often it is asked for. Thread-safe.
///
/// One at a time, so that looking at pictures takes a campaign at most one core's worth of
/// decoding. Why something could not be made is remembered for a while, so that whoever asked hears
/// it; then it is tried anew.
final class PictureJobs implements AutoCloseable {
    static final int WAITING_COUNT_MAX = 32;
    static final Duration REFUSAL_KEPT = Duration.ofSeconds(30);

    private static final int REFUSAL_COUNT_MAX = 200;
    private static final Duration END_WAIT = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Thread thread;
    private final LinkedHashMap<String, Runnable> waiting = new LinkedHashMap<>();
    private final LinkedHashMap<String, Kept> refusals = new LinkedHashMap<>();
    private Optional<String> running = Optional.empty();
    private boolean isClosed;

    PictureJobs(InstantSource clock) {
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("pictures").daemon().start(this::work);
    }

    private record Kept(Picture.Refused refused, Instant until) {}

    private record Job(String name, Runnable work) {}

    /// Sees to it that `work` is done under that name, unless it was refused a moment ago.
    synchronized Picture ask(String name, Runnable work) {
        Kept kept = refusals.get(name);
        if (kept != null && clock.instant().isBefore(kept.until())) {
            return kept.refused();
        }
        if (running.filter(name::equals).isPresent()) {
            return new Picture.Coming(0);
        }
        if (!waiting.containsKey(name)) {
            if (waiting.size() >= WAITING_COUNT_MAX || isClosed) {
                return new Picture.Refused(
                        Picture.Reason.BUSY,
                        "expected at most %d pictures to wait, got one more: try again in a moment"
                                .formatted(WAITING_COUNT_MAX));
            }
            waiting.put(name, work);
            notifyAll();
        }
        int place = new ArrayList<>(waiting.keySet()).indexOf(name);
        return new Picture.Coming(place + (running.isPresent() ? 1 : 0));
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            waiting.clear();
        }
        thread.interrupt();
        try {
            thread.join(END_WAIT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                Job job = next();
                Optional<Picture.Refused> refused = tried(job.work());
                synchronized (this) {
                    refusals.remove(job.name());
                    refused.ifPresent(why -> keep(job.name(), why));
                    running = Optional.empty();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Job next() throws InterruptedException {
        while (waiting.isEmpty()) {
            if (isClosed) {
                throw new InterruptedException("closed");
            }
            wait();
        }
        Map.Entry<String, Runnable> first = waiting.pollFirstEntry();
        running = Optional.of(first.getKey());
        return new Job(first.getKey(), first.getValue());
    }

    /// Whatever goes wrong is told to whoever asked, and ends this job alone.
    private static Optional<Picture.Refused> tried(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (PictureException refusal) {
            return Optional.of(refusal.refused());
        } catch (LabFaultException fault) {
            return Optional.of(unavailable(String.valueOf(fault.getMessage())));
        } catch (RuntimeException unexpected) {
            System.err.println("aiv1: pictures: " + unexpected);
            return Optional.of(unavailable("pictures: " + unexpected));
        }
    }

    private static Picture.Refused unavailable(String words) {
        return new Picture.Refused(Picture.Reason.UNAVAILABLE, words);
    }

    private void keep(String name, Picture.Refused refused) {
        if (refusals.size() >= REFUSAL_COUNT_MAX) {
            refusals.pollFirstEntry();
        }
        refusals.put(name, new Kept(refused, clock.instant().plus(REFUSAL_KEPT)));
    }
}
