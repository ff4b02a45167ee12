package aiv1.worker.http;

import java.util.Map;
import java.util.TreeMap;

/// What a worker counts since it started. Thread-safe.
final class Meters {
    private final Map<String, Long> finishedByOutcome = new TreeMap<>();
    private final Map<Integer, Long> answeredByStatus = new TreeMap<>();
    private long clipBytes;
    private long artifactBytes;
    private long lastWorkNanos = System.nanoTime();

    synchronized void finished(String outcome) {
        finishedByOutcome.merge(outcome, 1L, Long::sum);
        lastWorkNanos = System.nanoTime();
    }

    synchronized void answered(int status) {
        answeredByStatus.merge(status, 1L, Long::sum);
    }

    synchronized void receivedClipBytes(long bytes) {
        clipBytes += bytes;
    }

    synchronized void sentArtifactBytes(long bytes) {
        artifactBytes += bytes;
    }

    /// Somebody asked about an experiment or for what it left.
    synchronized void worked() {
        lastWorkNanos = System.nanoTime();
    }

    /// Since the last experiment ended, or was asked about.
    synchronized long quietNanos() {
        return System.nanoTime() - lastWorkNanos;
    }

    synchronized Map<String, Long> finishedByOutcome() {
        return Map.copyOf(finishedByOutcome);
    }

    synchronized Map<Integer, Long> answeredByStatus() {
        return Map.copyOf(answeredByStatus);
    }

    synchronized long clipBytes() {
        return clipBytes;
    }

    synchronized long artifactBytes() {
        return artifactBytes;
    }
}
