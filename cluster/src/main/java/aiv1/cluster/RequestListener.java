package aiv1.cluster;

import java.time.Duration;

/// Hears of each request to a worker when it is over. Called from many threads.
@FunctionalInterface
public interface RequestListener {
    RequestListener NONE = (worker, requestId, request, outcome, took, bytes) -> {};

    /// `requestId` is what the worker logs too; `request` its method and path; `outcome` the
    /// answer's status, or what kept it away, such as `refused`; `bytes` those of both bodies.
    void asked(
            Place worker,
            String requestId,
            String request,
            String outcome,
            Duration took,
            long bytes);
}
