package aiv1.cli.command;

import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignListener;
import aiv1.campaign.Ranking;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.LadderPlace;
import aiv1.cli.terminal.LiveRuns;
import aiv1.cli.terminal.ResultText;
import aiv1.cli.terminal.Screen;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.media.Anchor;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A campaign as people and scripts see it: the settings at start, a line for each experiment with
/// what runs below it, and the standing at the end. With `--json` each event is an object on a line
/// of standard output.
final class CampaignOutput implements CampaignListener {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Campaign campaign;
    private final Lab lab;
    private final Screen screen;
    private final boolean isJson;
    private final boolean isQuiet;
    private final Ranking ranking;
    private final LiveRuns live;
    private final JsonEvents events = new JsonEvents(System.out);

    CampaignOutput(Campaign campaign, Lab lab, Screen screen, boolean isJson, boolean isQuiet) {
        this.campaign = campaign;
        this.lab = lab;
        this.screen = screen;
        this.isJson = isJson;
        this.isQuiet = isQuiet;
        this.ranking = new Ranking(campaign.rankingAnchor(), id -> lab.flags().contains(id));
        this.live = new LiveRuns(screen, true);
    }

    void opening(Configuration configuration, boolean isResumed) {
        if (isJson) {
            events.campaign(campaign, isResumed ? "resumed" : "started");
        }
        say(
                screen.bold("campaign " + campaign.id())
                        + (isResumed ? " resumed" : "")
                        + ": "
                        + campaign.goal());
        TextTable table = new TextTable().left("setting").left("value").left("from");
        for (Key key : Keys.all()) {
            Configuration.Resolved shown = configuration.shown(key);
            if (!shown.value().isEmpty() && !isOfServers(key, shown)) {
                table.row(key.name(), shown.value(), shown.source());
            }
        }
        table.lines().forEach(line -> say("  " + line));
        campaign.clips()
                .forEach(
                        clip ->
                                say(
                                        "  clip %s %s %d frames sha256 %s"
                                                .formatted(
                                                        clip.name(),
                                                        clip.format(),
                                                        clip.frameCount(),
                                                        clip.id().abbreviated())));
    }

    /// How servers listen when nobody says so means nothing to a campaign.
    private static boolean isOfServers(Key key, Configuration.Resolved shown) {
        return shown.source().equals("default")
                && (key.name().startsWith("worker-") || key.name().startsWith("page-"));
    }

    /// `outcome` is what the canary codec gave.
    void canary(String outcome) {
        say("  canary codec " + outcome);
    }

    void draining() {
        say("stopping after what runs; once more stops at once");
    }

    @Override
    public void started(Experiment experiment, int index) {
        if (isJson) {
            events.started(experiment, index);
        }
        live.begin(
                experiment.id(),
                "experiment %d of %d  %s"
                        .formatted(
                                index + 1,
                                campaign.experimentCountMax(),
                                experiment.proposal().candidate().id().abbreviated()));
    }

    @Override
    public void report(Event event) {
        live.report(event);
        if (isJson) {
            events.progress(event);
        }
    }

    @Override
    public void finished(ExperimentResult result, boolean isBest) {
        if (isJson) {
            events.finished(result, isBest);
        }
        live.end(result.experiment().id());
        String number = result.experiment().id().value().replaceFirst(".*\\.", "");
        String line =
                "%s  %s  %s  %-14s %s"
                        .formatted(
                                LocalTime.now(ZoneId.systemDefault()).format(CLOCK),
                                number,
                                result.experiment().proposal().candidate().id().abbreviated(),
                                result.outcomeLabel(),
                                verdict(result));
        String head = isBest ? line + "  best so far" : line;
        String summary = screen.rest(head.length() + 2, StandingText.firstLine(result));
        if (isBest) {
            say(screen.green(head) + "  " + summary);
        } else {
            say((result.isMeasured() ? head : screen.red(head)) + "  " + summary);
        }
    }

    @Override
    public void noProposal(ExperimentId id, String reason) {
        say(screen.red("no proposal for " + id + ": ") + Screen.clean(reason, 600));
    }

    @Override
    public void labFault(ExperimentId id, Failure failure) {
        say(screen.red("the lab failed at " + id + ": " + failure.summary()) + "; trying again");
    }

    /// The standing and the best codec: the result of the command, so on standard output.
    void closing(List<ExperimentResult> results, CampaignEnd end) {
        live.end();
        List<String> ladder = lab.catalogue().anchors().stream().map(Anchor::name).toList();
        if (isJson) {
            events.campaign(
                    campaign,
                    switch (end) {
                        case BUDGET_USED -> "done";
                        case SPENT -> "spent";
                        case NO_PROPOSER -> "paused";
                        case STOPPED -> "stopped";
                    });
            return;
        }
        System.out.println(StandingText.of(campaign, results, ladder, ranking));
        ranking.best(results)
                .ifPresent(
                        best -> {
                            System.out.println();
                            System.out.println(ResultText.of(best, LadderPlace.of(best, ladder)));
                        });
        if (end != CampaignEnd.BUDGET_USED) {
            System.out.println("go on with: aiv1 run --resume " + campaign.id());
        }
    }

    private String verdict(ExperimentResult result) {
        if (!result.isMeasured()) {
            return result.stopper().orElseThrow().failure().summary();
        }
        OptionalDouble score = ranking.score(result);
        return score.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "BD-rate %+.1f %% against %s",
                        score.getAsDouble(),
                        campaign.rankingAnchor())
                : "no BD-rate on every clip";
    }

    private void say(String line) {
        if (!isQuiet) {
            screen.line(line);
        }
    }
}
