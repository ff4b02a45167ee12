package aiv1.cluster;

/// Hears which workers come and go. Called from several threads.
public interface WorkersListener {
    WorkersListener NONE = new WorkersListener() {};

    /// It gets no work until it is well again.
    default void lost(Place worker, WorkerTroubleException why) {}

    /// It is new and was found right, or is well again.
    default void joined(Place worker) {}
}
