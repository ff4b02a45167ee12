package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.experiment.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// One sandboxed process from start to end: fed, read, watched, and killed whole.
///
/// Theory of operation. Three pumps, one for each pipe, and the calling thread, which looks every
/// [#SAMPLE_MILLIS] at time and memory. Whichever of them first sees a reason to stop records it;
/// the calling thread then kills: the candidate first, then its launcher. After the pumps have
/// ended nothing of the process is left. The pumps never decide what a result is worth: that is for
/// the [MessageHandler].
final class SandboxedProcess {
    private static final long SAMPLE_MILLIS = 20;
    private static final long STDERR_BYTES_MAX = 16L << 20;
    private static final int STDERR_TAIL_BYTES = 1 << 18;
    private static final long PUMP_END_MILLIS = 10_000;

    private final Process process;
    private final ProcessWatch watch;
    private final StageLimit limit;
    private final Tail stderr = new Tail(STDERR_TAIL_BYTES);
    private final AtomicReference<Optional<Stop>> stop = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<IOException>> labFault =
            new AtomicReference<>(Optional.empty());

    SandboxedProcess(Process process, StageLimit limit) {
        this.process = process;
        this.watch = new ProcessWatch(process.pid());
        this.limit = limit;
    }

    /// Why a process ended.
    enum Stop {
        DONE,
        EXITED,
        WALL_TIME,
        CPU_TIME,
        MEMORY,
        STDERR_FLOOD,
        REFUSED,
        CANCELLED
    }

    /// How it ended: `exitStatus` is 128 + signal for one that died by a signal, meaningful for
    /// `EXITED` only.
    record Ending(Stop stop, int exitStatus, Usage usage, String stderrTail) {}

    /// Writes the job, then whatever belongs behind it.
    @FunctionalInterface
    interface Feed {
        void write(OutputStream stdin) throws IOException;
    }

    /// Runs to the end. Throws [LabFaultException] when feed or handler failed on the lab's side.
    Ending run(Feed feed, MessageHandler handler) {
        Thread feeder = pump("feed", () -> feed(feed));
        Thread reader = pump("results", () -> read(handler));
        Thread logger = pump("log", this::drainStderr);
        int status = -1;
        try {
            status = supervise();
            if (stop.get().isEmpty()) {
                // It ended by itself: what it left in its pipes is read first, for killing closes
                // them.
                watch.killInner();
                join(reader);
                join(logger);
            }
        } finally {
            kill();
            boolean isInterrupted = Thread.interrupted();
            process.onExit().join();
            join(reader);
            join(logger);
            join(feeder);
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        Optional<IOException> fault = labFault.get();
        if (fault.isPresent()) {
            throw new LabFaultException("sandbox: " + fault.get().getMessage(), fault.get());
        }
        return new Ending(stop.get().orElse(Stop.EXITED), status, watch.usage(), stderr.text());
    }

    void kill() {
        watch.killInner();
        process.destroyForcibly();
    }

    private int supervise() {
        while (true) {
            try {
                boolean isOver = process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
                if (isOver) {
                    return process.exitValue();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ask(Stop.CANCELLED);
            }
            watch.sample();
            if (watch.heldBytes() > limit.memoryBytesMax()) {
                ask(Stop.MEMORY);
            } else if (watch.cpu().compareTo(limit.cpuTimeMax()) > 0) {
                ask(Stop.CPU_TIME);
            } else if (watch.wall().compareTo(limit.wallTimeMax()) > 0) {
                ask(Stop.WALL_TIME);
            }
            if (stop.get().isPresent()) {
                return -1;
            }
        }
    }

    /// The first reason stands.
    private void ask(Stop reason) {
        stop.compareAndSet(Optional.empty(), Optional.of(reason));
    }

    private void feed(Feed feed) throws IOException {
        OutputStream stdin = process.getOutputStream();
        try {
            feed.write(new PipeOutput(stdin));
        } catch (PipeOutput.ClosedException candidateGone) {
            // It does not want the rest, or it is dead: its result says which.
            return;
        }
    }

    private void read(MessageHandler handler) throws IOException {
        MessageReader messages =
                new MessageReader(
                        process.getInputStream(), limit.outputBytesMax(), handler::payloadBytesMax);
        while (true) {
            Optional<MessageReader.Message> message = messages.next();
            if (message.isEmpty()) {
                return;
            }
            if (message.get().letter() == MessageReader.DONE) {
                watch.sample();
                ask(Stop.DONE);
                return;
            }
            if (!handler.accept(message.get())) {
                watch.sample();
                ask(Stop.REFUSED);
                return;
            }
        }
    }

    private void drainStderr() throws IOException {
        InputStream in = process.getErrorStream();
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        int count = readQuietly(in, buffer);
        while (count > 0) {
            total += count;
            stderr.add(buffer, count);
            if (total > STDERR_BYTES_MAX) {
                ask(Stop.STDERR_FLOOD);
                return;
            }
            count = readQuietly(in, buffer);
        }
    }

    private static int readQuietly(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException closed) {
            return -1;
        }
    }

    /// A pump's work; an exception of it is the lab's fault, since those of the candidate's pipes
    /// are caught where they arise.
    private interface Work {
        void run() throws IOException;
    }

    private Thread pump(String name, Work work) {
        return Thread.ofPlatform()
                .name("sandbox-" + name + "-" + process.pid())
                .daemon()
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                labFault.compareAndSet(Optional.empty(), Optional.of(e));
                                ask(Stop.CANCELLED);
                            } catch (RuntimeException | OutOfMemoryError e) {
                                labFault.compareAndSet(
                                        Optional.empty(), Optional.of(new IOException(e)));
                                ask(Stop.CANCELLED);
                            }
                        });
    }

    private static void join(Thread thread) {
        try {
            thread.join(PUMP_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The end of what a candidate wrote to standard error.
    private static final class Tail {
        private final byte[] ring;
        private long written;

        private Tail(int size) {
            ring = new byte[size];
        }

        private synchronized void add(byte[] bytes, int count) {
            for (int i = Math.max(0, count - ring.length); i < count; i++) {
                ring[(int) ((written + i) % ring.length)] = bytes[i];
            }
            written += count;
        }

        private synchronized String text() {
            int size = (int) Math.min(written, ring.length);
            byte[] ordered = new byte[size];
            for (int i = 0; i < size; i++) {
                ordered[i] = ring[(int) ((written - size + i) % ring.length)];
            }
            return new String(ordered, StandardCharsets.UTF_8);
        }
    }
}
