package aiv1.cli.lab;

import aiv1.alerts.Alert;
import aiv1.alerts.AlertKind;
import aiv1.alerts.Silence;
import aiv1.alerts.Webhook;
import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignListener;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cluster.Place;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.WorkersListener;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RateKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;

/// What of a campaign goes to the webhook of the settings; nothing when there is none.
public final class Alarms implements AutoCloseable {
    private final Campaign campaign;
    private final Optional<Webhook> webhook;
    private final Optional<Silence> silence;

    private Alarms(Campaign campaign, Optional<Webhook> webhook, Duration limit) {
        this.campaign = campaign;
        this.webhook = webhook;
        this.silence =
                webhook.isEmpty() || limit.isZero()
                        ? Optional.empty()
                        : Optional.of(new Silence(limit, InstantSource.system(), this::silent));
    }

    /// `say` hears, in a line each, which alerts could not be delivered.
    public static Alarms open(
            Configuration configuration, Campaign campaign, Consumer<String> say) {
        Optional<Webhook> webhook;
        try {
            webhook =
                    configuration
                            .optional(Keys.ALERT_URL)
                            .map(
                                    url ->
                                            new Webhook(
                                                    url,
                                                    configuration.optional(Keys.ALERT_SECRET),
                                                    (alert, why) ->
                                                            say.accept(undelivered(alert, why))));
        } catch (IllegalArgumentException unfit) {
            throw new ConfigurationException(List.of("alert-url: " + unfit.getMessage()));
        }
        Alarms alarms = new Alarms(campaign, webhook, configuration.duration(Keys.ALERT_SILENCE));
        alarms.silence.ifPresent(Silence::start);
        alarms.send(
                AlertKind.CAMPAIGN_STARTED,
                Optional.empty(),
                "started, up to %d experiments".formatted(campaign.experimentCountMax()));
        return alarms;
    }

    private static String undelivered(Alert alert, String why) {
        return "  alert %s was not delivered: %s".formatted(alert.kind().label(), why);
    }

    /// Hears what `other` hears.
    public CampaignListener listening(CampaignListener other) {
        return new Campaigning(other);
    }

    /// Hears what `other` hears.
    public WorkersListener listening(WorkersListener other) {
        return new Watching(other);
    }

    public void ended(CampaignEnd end) {
        switch (end) {
            case BUDGET_USED ->
                    send(AlertKind.BUDGET_REACHED, Optional.empty(), "all experiments are done");
            case SPENT ->
                    send(
                            AlertKind.BUDGET_REACHED,
                            Optional.empty(),
                            "what may be spent on models is spent");
            case NO_PROPOSER -> stopped("nobody who proposes answers");
            case STOPPED -> stopped("somebody stopped it");
        }
    }

    /// It ended for a reason that nobody wanted.
    public void broke(RuntimeException cause) {
        stopped("the lab failed: " + cause.getMessage());
    }

    @Override
    public void close() {
        silence.ifPresent(Silence::close);
        webhook.ifPresent(Webhook::close);
    }

    private void stopped(String why) {
        send(
                AlertKind.CAMPAIGN_STOPPED,
                Optional.empty(),
                "stopped: %s; go on with: aiv1 run --resume %s".formatted(why, campaign.id()));
    }

    private void silent(Duration time) {
        send(
                AlertKind.NOTHING_MEASURED,
                Optional.empty(),
                "nothing was measured for %d min".formatted(time.toMinutes()));
    }

    private void send(AlertKind kind, Optional<ExperimentId> experiment, String text) {
        CampaignId id = campaign.id();
        webhook.ifPresent(
                to ->
                        to.send(
                                new Alert(
                                        UUID.randomUUID(),
                                        kind,
                                        Instant.now(),
                                        id,
                                        experiment,
                                        id + ": " + text)));
    }

    private String bestText(ExperimentResult result) {
        OptionalDouble percent = result.meanBdRatePercent(campaign.rankingAnchor(), RateKind.TOTAL);
        ExperimentId id = result.experiment().id();
        return percent.isEmpty()
                ? "new best: " + id
                : String.format(
                        Locale.ROOT,
                        "new best: %s, BD-rate %+.1f %% against %s",
                        id,
                        percent.getAsDouble(),
                        campaign.rankingAnchor());
    }

    private final class Campaigning implements CampaignListener {
        private final CampaignListener other;

        private Campaigning(CampaignListener other) {
            this.other = other;
        }

        @Override
        public void started(Experiment experiment, int index) {
            other.started(experiment, index);
        }

        @Override
        public void finished(ExperimentResult result, boolean isBest) {
            other.finished(result, isBest);
            if (result.isMeasured()) {
                silence.ifPresent(Silence::end);
            }
            if (isBest) {
                send(AlertKind.NEW_BEST, Optional.of(result.experiment().id()), bestText(result));
            }
        }

        @Override
        public void noProposal(ExperimentId id, String reason) {
            other.noProposal(id, reason);
        }

        @Override
        public void labFault(ExperimentId id, Failure failure) {
            other.labFault(id, failure);
        }

        @Override
        public void report(Event event) {
            other.report(event);
        }
    }

    private final class Watching implements WorkersListener {
        private final WorkersListener other;

        private Watching(WorkersListener other) {
            this.other = other;
        }

        @Override
        public void lost(Place worker, WorkerTroubleException why) {
            other.lost(worker, why);
            send(AlertKind.WORKER_LOST, Optional.empty(), "lost " + why.getMessage());
        }

        @Override
        public void joined(Place worker) {
            other.joined(worker);
        }

        @Override
        public void waits(ExperimentId experiment, String lack) {
            other.waits(experiment, lack);
        }

        @Override
        public void unchecked(ExperimentId experiment, Place worker, String why) {
            other.unchecked(experiment, worker, why);
        }

        @Override
        public void disputed(ExperimentId experiment, Place worker, String why) {
            other.disputed(experiment, worker, why);
            send(
                    AlertKind.RESULT_DISPUTED,
                    Optional.of(experiment),
                    "%s, measured by %s, is not believed any more: %s"
                            .formatted(experiment, worker, why));
        }
    }
}
