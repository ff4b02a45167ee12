package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.Lab;
import aiv1.media.MetricsBenchmark;
import aiv1.sandbox.SandboxBenchmark;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description =
                "Measures the lab itself beside its peers, in one run: 'metrics' or 'sandbox'.",
        footer = {"", "Example:", "  aiv1 bench metrics"})
final class BenchCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "NAME", description = "metrics or sandbox")
    private String name = "";

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            String report =
                    switch (name) {
                        case "metrics" -> MetricsBenchmark.run(lab.ffmpeg());
                        case "sandbox" -> SandboxBenchmark.run(lab.sandbox());
                        default ->
                                throw new ConfigurationException(
                                        List.of(
                                                "bench: expected metrics or sandbox, got '"
                                                        + name
                                                        + "'"));
                    };
            System.out.println(report);
            return ExitCode.DONE;
        }
    }
}
