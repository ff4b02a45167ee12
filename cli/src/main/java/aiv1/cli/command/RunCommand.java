package aiv1.cli.command;

import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignListener;
import aiv1.campaign.CampaignLoop;
import aiv1.campaign.StopSignal;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Alarms;
import aiv1.cli.lab.Evaluators;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.LiveFile;
import aiv1.cli.lab.Page;
import aiv1.cli.lab.Proposers;
import aiv1.cli.terminal.LiveCalls;
import aiv1.cli.terminal.LiveCluster;
import aiv1.cli.terminal.LiveWorkers;
import aiv1.cli.terminal.Screen;
import aiv1.cluster.WorkersListener;
import aiv1.dashboard.http.DashboardException;
import aiv1.domain.campaign.Campaign;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description =
                "Runs a campaign: a proposer invents codecs, the lab evaluates and stores them.",
        footer = {
            "",
            "Example:",
            "  aiv1 run --experiments 40 --seed 7 --clip flower --clip cars",
            "",
            "Ctrl-C once ends after the experiment that runs, twice at once; 'aiv1 run --resume ID' goes on.",
        })
final class RunCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();
    @Mixin private ClipOptions clips = new ClipOptions();

    @Option(names = "--experiments", paramLabel = "N", description = "How many (default 10).")
    private @Nullable String experiments;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of all chance (default 1).")
    private @Nullable String seed;

    @Option(
            names = "--proposer",
            paramLabel = "NAME",
            description =
                    "Who proposes: inventor (default), anthropic:MODEL, openai:MODEL,"
                            + " bedrock:MODEL, mailbox:DIR, replay:CAMPAIGN, or a mix such as"
                            + " 3*openai:gpt-5,1*inventor.")
    private @Nullable String proposer;

    @Option(
            names = "--budget-usd",
            paramLabel = "X",
            description = "Stop before models cost more than this.")
    private @Nullable String budgetUsd;

    @Option(
            names = "--budget-tokens",
            paramLabel = "N",
            description = "Stop before models use more tokens than this.")
    private @Nullable String budgetTokens;

    @Option(
            names = "--model-url",
            paramLabel = "URL",
            description =
                    "Where the model server is, else the provider's own. In a mix PROVIDER=URL,"
                            + " once for each.")
    private List<String> modelUrls = List.of();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description =
                    "Experiments side by side (default 1): each proposal knows the results up to the Nth before it.")
    private @Nullable String parallel;

    @Option(
            names = "--worker",
            paramLabel = "URL",
            description =
                    "Where workers are, once for each (default: this process): http://NAME:PORT, of which every address is a worker, or file:PATH with a URL a line. Both are watched: workers may come and go.")
    private List<String> workers = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description =
                    "A Temporal server by which workers are found: temporal://HOST:PORT/NAMESPACE. Nothing else needs an address.")
    private @Nullable String cluster;

    @Option(
            names = "--spot-checks",
            paramLabel = "SHARE",
            description =
                    "Share of workers' results that are measured again before they are believed (default 0.1).")
    private @Nullable String spotChecks;

    @Option(names = "--no-page", description = "Do not serve the web page.")
    private boolean isWithoutPage;

    @Option(names = "--delay", paramLabel = "TIME", description = "Pause after each, such as 60s.")
    private @Nullable String delay;

    @Option(
            names = "--campaign",
            paramLabel = "ID",
            description =
                    "Its id: begins it, or goes on with it where it was begun, for whoever starts it again and again.")
    private @Nullable String id;

    @Option(names = "--resume", paramLabel = "CAMPAIGN", description = "Go on with a campaign.")
    private @Nullable String resume;

    @Override
    public Integer call() {
        Configuration configuration = global.configuration(flags());
        Screen screen = global.screen();
        try (Lab lab = new Lab(configuration);
                Interrupts interrupts = Interrupts.install()) {
            lab.waitForStores(screen::line);
            CampaignChoice choice =
                    CampaignChoice.of(lab, Optional.ofNullable(id), Optional.ofNullable(resume));
            Campaign campaign = choice.campaign(experiments != null);
            try (Alarms alarms = Alarms.open(configuration, campaign, screen::line)) {
                try {
                    CampaignEnd end =
                            run(lab, campaign, choice.isBegun(), screen, interrupts, alarms);
                    alarms.ended(end);
                    return exitCode(end);
                } catch (RuntimeException failure) {
                    alarms.broke(failure);
                    throw failure;
                }
            }
        }
    }

    private CampaignEnd run(
            Lab lab,
            Campaign campaign,
            boolean isResumed,
            Screen screen,
            Interrupts interrupts,
            Alarms alarms) {
        WorkersListener terminal =
                new LiveWorkers(screen, lab.flags()::append, InstantSource.system());
        try (LiveCalls calls = new LiveCalls(screen, global.isQuiet());
                Evaluators evaluators =
                        new Evaluators(
                                lab,
                                alarms.listening(terminal),
                                new LiveCluster(
                                        screen, lab.flags()::append, InstantSource.system()))) {
            CampaignOutput output =
                    new CampaignOutput(campaign, lab, screen, global.isJson(), global.isQuiet());
            output.opening(lab.configuration(), isResumed);
            StopSignal stop = new StopSignal();
            interrupts.onFirst(
                    () -> {
                        stop.request();
                        output.draining();
                    });
            // Before any model is asked, for that may be paid for.
            Evaluators.Opened evaluator = evaluators.open();
            output.canary(evaluator.preflight());
            CampaignControls controls =
                    new CampaignControls(campaign, stop, line -> tell(screen, line));
            try (LiveFile live = new LiveFile(lab.home(), campaign.id(), InstantSource.system());
                    Page page = page(lab, controls, evaluators, screen);
                    Proposers proposers =
                            new Proposers(
                                    lab,
                                    page == null ? calls : new PageCalls(calls, page.board()))) {
                CampaignListener told = new LiveListener(output, live);
                CampaignListener listener =
                        page == null ? told : new PageListener(told, page.board());
                CampaignLoop loop =
                        new CampaignLoop(
                                campaign,
                                proposers.open(campaign),
                                evaluator.evaluator(),
                                lab.ledger(),
                                alarms.listening(listener),
                                stop,
                                lab.flags()::contains);
                controls.steer(loop);
                CampaignEnd end = loop.run();
                if (listener instanceof PageListener shown && end != CampaignEnd.STOPPED) {
                    new Reruns(
                                    lab.ledger(),
                                    evaluator.evaluator(),
                                    shown,
                                    stop,
                                    line -> tell(screen, line))
                            .carryOut(controls);
                }
                output.closing(loop.results(), end);
                return end;
            }
        }
    }

    private void tell(Screen screen, String line) {
        if (!global.isQuiet()) {
            screen.line(line);
        }
    }

    private static int exitCode(CampaignEnd end) {
        return switch (end) {
            case BUDGET_USED, SPENT -> ExitCode.DONE;
            case NO_PROPOSER -> ExitCode.MISSING;
            case STOPPED -> ExitCode.INTERRUPTED;
        };
    }

    /// A campaign goes on without its page when the page cannot be served.
    private @Nullable Page page(
            Lab lab, CampaignControls controls, Evaluators evaluators, Screen screen) {
        if (isWithoutPage) {
            return null;
        }
        try {
            Page page =
                    Page.open(lab, controls, () -> evaluators.standing().map(WatchedWorkers::rows));
            if (!global.isQuiet()) {
                screen.line("page at " + page.url());
            }
            return page;
        } catch (DashboardException taken) {
            screen.line(
                    "no page: %s ('aiv1 dashboard --port 0' serves it beside the run)"
                            .formatted(taken.getMessage()));
            return null;
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>(clips.flags());
        put(flags, Keys.EXPERIMENTS.name(), experiments);
        put(flags, Keys.SEED.name(), seed);
        put(flags, Keys.PROPOSER.name(), proposer);
        put(flags, Keys.PARALLEL_EXPERIMENTS.name(), parallel);
        put(flags, Keys.CLUSTER.name(), cluster);
        put(flags, Keys.SPOT_CHECKS.name(), spotChecks);
        put(flags, Keys.DELAY.name(), delay);
        put(flags, Keys.BUDGET_USD.name(), budgetUsd);
        put(flags, Keys.BUDGET_TOKENS.name(), budgetTokens);
        if (!workers.isEmpty()) {
            flags.put(Keys.WORKERS.name(), String.join(",", workers));
        }
        if (!modelUrls.isEmpty()) {
            flags.put(Keys.MODEL_URL.name(), String.join(",", modelUrls));
        }
        return flags;
    }

    private static void put(Map<String, String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, value);
        }
    }
}
