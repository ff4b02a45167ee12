package aiv1.cli.command;

import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Page;
import aiv1.dashboard.Controls;
import aiv1.dashboard.WorkerWatch;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "dashboard",
        description = "Serves the web page of this home.",
        footer = {
            "",
            "Example:",
            "  aiv1 dashboard --port 8090",
            "",
            "It shows what the ledger holds, also while another program adds to it. Ctrl-C ends it.",
        })
final class DashboardCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Option(names = "--port", paramLabel = "N", description = "Where it listens (default 8090).")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description =
                    "On which of this machine's addresses (default 127.0.0.1, which others do not reach).")
    private @Nullable String host;

    @Override
    public Integer call() throws InterruptedException {
        try (Lab lab = new Lab(global.configuration(flags()));
                Interrupts interrupts = Interrupts.install();
                Page page = Page.open(lab, Controls.NONE, WorkerWatch.NONE)) {
            CountDownLatch asked = new CountDownLatch(1);
            interrupts.onFirst(asked::countDown);
            System.out.println("page at " + page.url());
            asked.await();
        }
        return ExitCode.DONE;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (port != null) {
            flags.put(Keys.PAGE_PORT.name(), port);
        }
        if (host != null) {
            flags.put(Keys.PAGE_HOST.name(), host);
        }
        return flags;
    }
}
