package aiv1.cli.command;

import aiv1.campaign.CampaignLoop;
import aiv1.campaign.StopSignal;
import aiv1.dashboard.Controls;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// What the page may do with the campaign that this process runs. Thread-safe.
final class CampaignControls implements Controls {
    private final Campaign campaign;
    private final StopSignal stop;
    private final Consumer<String> terminal;
    private final AtomicReference<Optional<CampaignLoop>> loop =
            new AtomicReference<>(Optional.empty());
    private final ConcurrentLinkedQueue<Rerun> reruns = new ConcurrentLinkedQueue<>();

    /// A candidate that is measured once more.
    record Rerun(ExperimentId first, ExperimentId again) {}

    /// `terminal` takes a line for whoever sits there.
    CampaignControls(Campaign campaign, StopSignal stop, Consumer<String> terminal) {
        this.campaign = campaign;
        this.stop = stop;
        this.terminal = terminal;
    }

    /// What it steers, once that is there.
    void steer(CampaignLoop running) {
        loop.set(Optional.of(running));
    }

    /// What was asked for next, if anything.
    Optional<Rerun> nextRerun() {
        return Optional.ofNullable(reruns.poll());
    }

    @Override
    public State state(CampaignId id) {
        if (!id.equals(campaign.id())) {
            return State.ELSEWHERE;
        }
        if (stop.isRequested()) {
            return State.STOPPING;
        }
        return stop.isHeld() ? State.PAUSED : State.RUNNING;
    }

    @Override
    public void pause(CampaignId id) {
        stop.hold();
        terminal.accept("paused from the page: nothing new begins until it is started there");
    }

    @Override
    public void start(CampaignId id) {
        stop.release();
        terminal.accept("started again from the page");
    }

    @Override
    public void stop(CampaignId id) {
        stop.request();
        terminal.accept("stopped from the page: it ends after what runs");
    }

    @Override
    public boolean isUnderWay(ExperimentId experiment) {
        return loop.get().filter(running -> running.isUnderWay(experiment)).isPresent();
    }

    @Override
    public boolean cancel(ExperimentId experiment) {
        terminal.accept("cancelled from the page: " + experiment);
        return loop.get().filter(running -> running.cancel(experiment)).isPresent();
    }

    @Override
    public boolean canRerun() {
        return !stop.isRequested();
    }

    @Override
    public void rerun(ExperimentId first, ExperimentId again) {
        reruns.add(new Rerun(first, again));
        terminal.accept(
                "asked for on the page: %s, measured when the campaign is over".formatted(again));
    }
}
