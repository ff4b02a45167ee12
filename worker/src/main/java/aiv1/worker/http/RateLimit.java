package aiv1.worker.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often a peer may ask: so many requests a second on average, and for a moment twice as many
/// (a token bucket). Thread-safe.
///
/// So many peers are remembered and no more; the one that was silent longest is forgotten first,
/// and begins with a full bucket again.
final class RateLimit {
    static final int PEER_COUNT_MAX = 10_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final int requestsPerSecond;
    private final LongSupplier nanoClock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /// `requestsPerSecond` > 0.
    RateLimit(int requestsPerSecond, LongSupplier nanoClock) {
        this.requestsPerSecond = requestsPerSecond;
        this.nanoClock = nanoClock;
    }

    private static final class Bucket {
        private double tokens;
        private long filledAtNanos;
    }

    /// Whether this request of the peer may pass.
    synchronized boolean admits(String peer) {
        long now = nanoClock.getAsLong();
        double full = 2.0 * requestsPerSecond;
        Bucket bucket =
                buckets.computeIfAbsent(
                        peer,
                        any -> {
                            Bucket fresh = new Bucket();
                            fresh.tokens = full;
                            fresh.filledAtNanos = now;
                            return fresh;
                        });
        double earned = (now - bucket.filledAtNanos) / NANOS_PER_SECOND * requestsPerSecond;
        bucket.tokens = Math.min(full, bucket.tokens + earned);
        bucket.filledAtNanos = now;
        if (buckets.size() > PEER_COUNT_MAX) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
