package aiv1.cluster.temporal;

import aiv1.domain.experiment.ExperimentId;

/// Hears what a campaign on a cluster had to get over. Called from several threads.
public interface ClusterListener {
    ClusterListener NONE =
            new ClusterListener() {
                @Override
                public void begunAgain(ExperimentId experiment, int attempt, String why) {}

                @Override
                public void refused(ExperimentId experiment, String worker, String why) {}

                @Override
                public void unchecked(ExperimentId experiment, String worker, String why) {}

                @Override
                public void disputed(ExperimentId experiment, String worker, String why) {}

                @Override
                public void server(String what) {}
            };

    /// An experiment was begun once more (`attempt` > 1): one worker may still be at it, and one
    /// result will be taken.
    void begunAgain(ExperimentId experiment, int attempt, String why);

    /// What a worker gave as a result is not one, and the experiment is asked for again.
    void refused(ExperimentId experiment, String worker, String why);

    /// A result was due to be measured again, and could not be; it was taken as it came.
    void unchecked(ExperimentId experiment, String worker, String why);

    /// A result that was recorded is not to be believed any more.
    void disputed(ExperimentId experiment, String worker, String why);

    /// The server went away, or is back.
    void server(String what);
}
