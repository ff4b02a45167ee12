package aiv1.dashboard;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Notes what it was told, and stands as a test says.
public final class ScriptedControls implements Controls {
    public final List<String> told = new CopyOnWriteArrayList<>();
    public volatile State state = State.ELSEWHERE;
    public volatile String underWay = "";

    @Override
    public State state(CampaignId campaign) {
        return state;
    }

    @Override
    public void pause(CampaignId campaign) {
        told.add("pause " + campaign);
        state = State.PAUSED;
    }

    @Override
    public void start(CampaignId campaign) {
        told.add("start " + campaign);
        state = State.RUNNING;
    }

    @Override
    public void stop(CampaignId campaign) {
        told.add("stop " + campaign);
        state = State.STOPPING;
    }

    @Override
    public boolean isUnderWay(ExperimentId experiment) {
        return underWay.equals(experiment.value());
    }

    @Override
    public boolean cancel(ExperimentId experiment) {
        told.add("cancel " + experiment);
        return true;
    }

    @Override
    public boolean canRerun() {
        return state == State.RUNNING;
    }

    @Override
    public void rerun(ExperimentId first, ExperimentId again) {
        told.add("rerun " + first + " as " + again);
    }
}
