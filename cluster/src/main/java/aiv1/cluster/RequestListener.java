package aiv1.cluster;

import java.time.Duration;

/// Hears of each request to a worker when it is over. Called from many threads.
@FunctionalInterface
public interface RequestListener {
    RequestListener NONE = (worker, requestId, method, path, outcome, took) -> {};

    /// `requestId` is what the worker logs too; `outcome` the answer's status, or what kept it
    /// away, such as `refused`.
    void asked(
            Place worker,
            String requestId,
            String method,
            String path,
            String outcome,
            Duration took);
}
