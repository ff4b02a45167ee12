package aiv1.cli.command;

import aiv1.cli.config.Keys;
import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.Strays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "down",
        description =
                "Ends the cluster that 'aiv1 up' started at this home, and whatever is left over of one.",
        footer = {"", "Example:", "  aiv1 down", "", "Exit: 0 when nothing of it runs any more."})
final class DownCommand implements Callable<Integer> {
    private static final long UP_SECONDS_MAX = 15;

    @Mixin private GlobalOptions global = new GlobalOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder =
                global.configuration(Map.of())
                        .path(Keys.HOME)
                        .toAbsolutePath()
                        .resolve(UpCommand.FOLDER);
        Optional<ProcessHandle> up = RunningMark.find(folder);
        if (up.isPresent()) {
            end(up.get());
            System.out.println("ended: up, process " + up.get().pid());
        }
        List<Strays.Stray> strays = Strays.find(LocalCluster.mark(folder));
        Strays.end(strays);
        strays.forEach(
                stray ->
                        System.out.printf(
                                "ended: %s, process %d%n", stray.what(), stray.process().pid()));
        if (up.isEmpty() && strays.isEmpty()) {
            System.out.println("nothing runs");
        }
        return ExitCode.DONE;
    }

    /// It ends its children itself when it is asked twice, else it is forced.
    private static void end(ProcessHandle up) throws InterruptedException {
        up.destroy();
        TimeUnit.MILLISECONDS.sleep(500);
        up.destroy();
        try {
            up.onExit().get(UP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            up.destroyForcibly();
        }
    }
}
