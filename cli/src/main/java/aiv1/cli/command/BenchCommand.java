package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Build;
import aiv1.cli.lab.ExampleCodecs;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Machine;
import aiv1.media.MetricsBenchmark;
import aiv1.sandbox.PythonFacts;
import aiv1.sandbox.SandboxBenchmark;
import aiv1.worker.BuildBenchmark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description =
                "Measures the lab itself beside its peers, in one run: 'metrics', 'sandbox', 'build'"
                        + " (a codec in C, numba and Python; some minutes), 'workers', 'cluster' (a"
                        + " Temporal server and up to four workers), or 'dashboard' (the page over"
                        + " 100,000 experiments; some minutes and 2 GB of disk).",
        footer = {"", "Example:", "  aiv1 bench metrics"})
final class BenchCommand implements Callable<Integer> {
    /// Not for people: a worker of `bench cluster`.
    static final String SIMULATED_WORKER = "simulated-worker";

    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(
            paramLabel = "NAME",
            description = "metrics, sandbox, build, workers, cluster or dashboard")
    private String name = "";

    @Option(
            names = "--experiments",
            paramLabel = "N",
            description = "dashboard: how many (default 100000).")
    private int experiments = DashboardBench.EXPERIMENT_COUNT;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "dashboard: a home to fill, keep and use again (default: none is kept).")
    private @Nullable Path folder;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "cluster: how long an experiment waits (default 2).")
    private int seconds = 2;

    @Option(names = "--cluster", hidden = true)
    private String cluster = "";

    @Option(names = "--name", hidden = true)
    private String workerName = "";

    @Override
    public Integer call() throws InterruptedException {
        if (name.equals(SIMULATED_WORKER)) {
            SimulatedWorker.work(
                    cluster,
                    global.configuration(Map.of()).path(Keys.HOME),
                    workerName,
                    Duration.ofSeconds(seconds));
            return ExitCode.DONE;
        }
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            String report =
                    switch (name) {
                        case "metrics" -> MetricsBenchmark.run(lab.ffmpeg());
                        case "sandbox" ->
                                SandboxBenchmark.run(lab.sandbox(), ExampleCodecs.motionInNumba());
                        case "build" -> build(lab);
                        case "workers" -> workers();
                        case "cluster" -> cluster();
                        case "dashboard" -> dashboard();
                        default ->
                                throw new ConfigurationException(
                                        List.of(
                                                "bench: expected metrics, sandbox, build, workers, cluster or dashboard, got '"
                                                        + name
                                                        + "'"));
                    };
            System.out.println(report);
            return ExitCode.DONE;
        }
    }

    private String workers() {
        try {
            return "aiv1 %s%n%s%n%s"
                    .formatted(Build.id(), Machine.describe(), WorkersBench.run(global));
        } catch (IOException e) {
            throw new UncheckedIOException("bench workers", e);
        }
    }

    private String cluster() throws InterruptedException {
        try {
            return "aiv1 %s%n%s%n%s"
                    .formatted(
                            Build.id(),
                            Machine.describe(),
                            ClusterBench.run(Duration.ofSeconds(seconds)));
        } catch (IOException e) {
            throw new UncheckedIOException("bench cluster", e);
        }
    }

    private String dashboard() {
        try {
            return "aiv1 %s%n%s%n%s"
                    .formatted(
                            Build.id(),
                            Machine.describe(),
                            DashboardBench.run(global, experiments, Optional.ofNullable(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException("bench dashboard", e);
        }
    }

    private static String build(Lab lab) {
        PythonFacts facts = lab.sandbox().python();
        return "aiv1 %s, gcc %s, Python %s, numpy %s, numba %s%n%s%n%s"
                .formatted(
                        Build.id(),
                        facts.gcc(),
                        facts.version(),
                        facts.numpy(),
                        facts.numba(),
                        Machine.describe(),
                        BuildBenchmark.run(
                                lab.sandbox(),
                                lab.clips(),
                                ExampleCodecs.motionInNumba(),
                                ExampleCodecs.motionInC()));
    }
}
