package aiv1.cluster;

import java.net.URI;

/// Hears which workers come and go. Called from several threads.
public interface WorkersListener {
    WorkersListener NONE = new WorkersListener() {};

    /// It gets no work until it is well again.
    default void lost(URI worker, WorkerTroubleException why) {}

    /// It is well again.
    default void joined(URI worker) {}
}
