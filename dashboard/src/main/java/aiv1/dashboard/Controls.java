package aiv1.dashboard;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;

/// The seam to the campaign that runs in this process. Thread-safe.
public interface Controls {
    /// How a campaign stands with this process: it does not run it, runs it, begins nothing new
    /// until it is started again, or ends it after what runs.
    enum State {
        ELSEWHERE,
        RUNNING,
        PAUSED,
        STOPPING
    }

    State state(CampaignId campaign);

    /// Begins nothing new; what runs goes on to its end.
    void pause(CampaignId campaign);

    /// Goes on after a pause.
    void start(CampaignId campaign);

    /// Ends it after the experiments that run, as Ctrl-C does.
    void stop(CampaignId campaign);

    /// Whether this process carries it out now.
    boolean isUnderWay(ExperimentId experiment);

    /// Stops it, so that it is recorded as cancelled; false when it has ended meanwhile.
    boolean cancel(ExperimentId experiment);

    /// Whether this process will carry out what is asked for now.
    boolean canRerun();

    /// Measures the candidate of a recorded experiment once more, as `again`, when the campaign of
    /// this process is over.
    void rerun(ExperimentId first, ExperimentId again);

    /// Of a process that runs none.
    Controls NONE =
            new Controls() {
                @Override
                public State state(CampaignId campaign) {
                    return State.ELSEWHERE;
                }

                @Override
                public void pause(CampaignId campaign) {
                    throw new IllegalStateException(campaign + " does not run here");
                }

                @Override
                public void start(CampaignId campaign) {
                    throw new IllegalStateException(campaign + " does not run here");
                }

                @Override
                public void stop(CampaignId campaign) {
                    throw new IllegalStateException(campaign + " does not run here");
                }

                @Override
                public boolean isUnderWay(ExperimentId experiment) {
                    return false;
                }

                @Override
                public boolean cancel(ExperimentId experiment) {
                    return false;
                }

                @Override
                public boolean canRerun() {
                    return false;
                }

                @Override
                public void rerun(ExperimentId first, ExperimentId again) {
                    throw new IllegalStateException("this process measures nothing");
                }
            };
}
