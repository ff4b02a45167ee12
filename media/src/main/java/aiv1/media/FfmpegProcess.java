package aiv1.media;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One running ffmpeg: read its [#output], then [#finish]; closing it before that kills it.
///
/// Standard output is always a pipe to the lab, so that an ffmpeg whose lab has died ends at its
/// next write. A lab that ends in order kills those still alive.
final class FfmpegProcess implements AutoCloseable {
    private static final int LOG_BYTES_MAX = 1 << 18;
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Duration durationMax;
    private final CompletableFuture<String> log;
    private final CompletableFuture<Boolean> lateness;
    private final CompletableFuture<Void> alarm;
    private volatile boolean timedOut;

    FfmpegProcess(Process process, Duration durationMax) {
        this.process = process;
        this.durationMax = durationMax;
        ALIVE.add(process);
        this.log =
                CompletableFuture.supplyAsync(
                        () -> readLog(process), command -> Thread.ofVirtual().start(command));
        this.lateness =
                new CompletableFuture<Boolean>()
                        .completeOnTimeout(true, durationMax.toMillis(), TimeUnit.MILLISECONDS);
        this.alarm = lateness.thenAccept(this::expireIf);
    }

    InputStream output() {
        return process.getInputStream();
    }

    /// For what is fed by the lab; whoever feeds it closes it.
    OutputStream input() {
        return process.getOutputStream();
    }

    /// Waits for the end. Standard output must have been read, or it would wait for its reader.
    FfmpegLog finish() {
        try {
            int exitCode = process.waitFor();
            if (timedOut) {
                throw new LabFaultException("ffmpeg: expected an end within " + durationMax);
            }
            return new FfmpegLog(exitCode, log.join());
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LabFaultException("ffmpeg: interrupted while it ran", interruption);
        } finally {
            forget();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        forget();
        process.getInputStream().close();
    }

    /// Lets go of the alarm too, which would keep this process and its log until it rings.
    private void forget() {
        ALIVE.remove(process);
        lateness.complete(false);
        alarm.join();
    }

    private void expireIf(boolean isLate) {
        if (isLate && process.isAlive()) {
            timedOut = true;
            process.destroyForcibly();
        }
    }

    private static String readLog(Process process) {
        try (InputStream error = process.getErrorStream()) {
            String first = new String(error.readNBytes(LOG_BYTES_MAX / 2), StandardCharsets.UTF_8);
            byte[] last = new byte[0];
            for (byte[] next = error.readNBytes(LOG_BYTES_MAX / 2);
                    next.length > 0;
                    next = error.readNBytes(LOG_BYTES_MAX / 2)) {
                last = next;
            }
            return first + new String(last, StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }
}
