package aiv1.dashboard;

import aiv1.domain.experiment.CampaignId;

/// The seam to the campaign that runs in this process.
public interface Controls {
    /// Whether this process runs that campaign now.
    boolean isRunning(CampaignId campaign);

    /// Asks it to end after the experiment that runs.
    void stop(CampaignId campaign);

    /// Of a process that runs none.
    Controls NONE =
            new Controls() {
                @Override
                public boolean isRunning(CampaignId campaign) {
                    return false;
                }

                @Override
                public void stop(CampaignId campaign) {
                    throw new IllegalStateException(campaign + " does not run here");
                }
            };
}
