package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description =
                "Measures the lab itself beside its peers, in one run: 'metrics', 'sandbox', 'build'"
                        + " (a codec in C, numba and Python; some minutes) or 'workers'.",
        footer = {"", "Example:", "  aiv1 bench metrics"})
final class BenchCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "NAME", description = "metrics, sandbox, build or workers")
    private String name = "";

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            String report =
                    switch (name) {
                        case "metrics" -> MetricsBenchmark.run(lab.ffmpeg());
                        case "sandbox" -> SandboxBenchmark.run(lab.sandbox());
                        case "build" -> build(lab);
                        case "workers" -> workers();
                        default ->
                                throw new ConfigurationException(
                                        List.of(
                                                "bench: expected metrics, sandbox, build or workers, got '"
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
