package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;

/// Hears which workers come and go. Called from several threads.
public interface WorkersListener {
    WorkersListener NONE = new WorkersListener() {};

    /// It gets no work until it is well again.
    default void lost(Place worker, WorkerTroubleException why) {}

    /// It is new and was found right, or is well again.
    default void joined(Place worker) {}

    /// No worker has what the experiment needs, as `lack` says; it waits until one joins.
    default void waits(ExperimentId experiment, String lack) {}

    /// A result was due to be measured again, and could not be; it was taken as it came.
    default void unchecked(ExperimentId experiment, Place worker, String why) {}

    /// A result that was recorded cannot be believed any more: its worker lied elsewhere, and it
    /// was measured again.
    default void disputed(ExperimentId experiment, Place worker, String why) {}
}
