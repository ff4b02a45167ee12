package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.ExperimentExport;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description =
                "Writes an experiment to a folder that stands by itself: code, bitstreams, numbers, decode.py.",
        footer = {"", "Example:", "  aiv1 export c-20261123-081500.0003 champion/"})
final class ExportCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its id, or its beginning.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "A folder that is not there yet, or empty.")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            ExperimentResult result = StoredExperiment.require(lab, id);
            ExperimentExport.write(result, lab.artifacts(), directory);
            System.err.println("aiv1: exported " + result.experiment().id() + " to " + directory);
            return ExitCode.DONE;
        }
    }
}
