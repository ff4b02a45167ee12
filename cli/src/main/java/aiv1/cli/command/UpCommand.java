package aiv1.cli.command;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.ProviderUnavailableException;
import aiv1.cluster.local.LocalCampaign;
import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.TemporalProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

@Command(
        name = "up",
        description =
                "A cluster on this machine: a Temporal server, workers and a campaign, each a process of its own, until the campaign is over.",
        footer = {
            "",
            "Example:",
            "  aiv1 up --experiments 20 --seed 7 --clip flower",
            "",
            "Options that it does not know go to the campaign, as 'aiv1 run' takes them. What dies is started again.",
            "Ctrl-C once lets the campaign finish what runs, twice ends all at once;",
            "'aiv1 down' ends what is left over of one that was killed. Exit: that of the campaign."
        })
final class UpCommand implements Callable<Integer> {
    static final String FOLDER = "cluster";

    @Mixin private GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many worker processes (default 2).")
    private int workerCount = 2;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where the server listens, on loopback (default: a free port).")
    private int port;

    @Option(names = "--idle", description = "Without a campaign, until Ctrl-C.")
    private boolean isIdle;

    @Unmatched private List<String> more = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Configuration configuration = global.configuration(Map.of());
        Path home = configuration.path(Keys.HOME).toAbsolutePath();
        Path folder = home.resolve(FOLDER);
        String mark = LocalCluster.mark(folder);
        Path program =
                TemporalProgram.find(System.getenv())
                        .orElseThrow(
                                () ->
                                        new ProviderUnavailableException(
                                                "no Temporal server: run 'aiv1 setup', or set TEMPORAL_BIN to the program 'temporal'"));
        LineLog lines = new LineLog(System.out, System.err);
        RunningMark running = RunningMark.set(folder);
        try (Interrupts interrupts = Interrupts.install();
                LocalCluster cluster = LocalCluster.start(program, folder, port, lines)) {
            Thread ending = new Thread(cluster::close);
            Runtime.getRuntime().addShutdownHook(ending);
            String url = cluster.address().toString();
            lines.say("server at %s, its data below %s".formatted(url, folder));
            for (int i = 1; i <= workerCount; i++) {
                String name = "worker-" + i;
                cluster.startWorker(
                        name,
                        own(
                                configuration,
                                mark,
                                home,
                                List.of("worker", "--cluster", url, "--name", name)));
            }
            int status =
                    isIdle
                            ? idle(interrupts, lines, url)
                            : campaign(configuration, mark, home, url, lines, interrupts);
            Runtime.getRuntime().removeShutdownHook(ending);
            return status;
        } finally {
            running.clear();
        }
    }

    private int campaign(
            Configuration configuration,
            String mark,
            Path home,
            String url,
            LineLog lines,
            Interrupts interrupts)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("run", "--cluster", url));
        arguments.addAll(more);
        if (!more.contains("--parallel")) {
            arguments.addAll(List.of("--parallel", Integer.toString(Math.max(1, workerCount))));
        }
        if (global.isJson()) {
            arguments.add("--json");
        }
        if (global.isQuiet()) {
            arguments.add("--quiet");
        }
        LocalCampaign campaign =
                LocalCampaign.start(own(configuration, mark, home, arguments), lines);
        Thread ending = new Thread(campaign::close);
        Runtime.getRuntime().addShutdownHook(ending);
        interrupts.onFirst(
                () -> {
                    lines.say("the campaign finishes what runs; again ends all at once");
                    campaign.askToEnd();
                });
        int status = campaign.awaitEnd();
        Runtime.getRuntime().removeShutdownHook(ending);
        return status;
    }

    private static int idle(Interrupts interrupts, LineLog lines, String url)
            throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        interrupts.onFirst(end::countDown);
        lines.say("ready: aiv1 run --cluster " + url);
        end.await();
        return ExitCode.DONE;
    }

    private List<String> own(
            Configuration configuration, String mark, Path home, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--home", home.toString()));
        global.configFile().ifPresent(file -> all.addAll(List.of("--config", file.toString())));
        for (Key key : List.of(Keys.STORE, Keys.ARTIFACTS)) {
            configuration
                    .optional(key)
                    .ifPresent(url -> all.addAll(List.of("--" + key.name(), url)));
        }
        return OwnProgram.command(mark, all);
    }
}
