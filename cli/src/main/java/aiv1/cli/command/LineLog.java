package aiv1.cli.command;

import aiv1.cluster.local.LocalCampaign;
import aiv1.cluster.local.LocalCluster;
import java.io.PrintStream;

/// The lines of a local cluster's processes side by side, each with the name of who said it. What
/// the campaign says as a result is standard output as it is; all else goes to standard error.
/// Thread-safe.
final class LineLog implements LocalCluster.LineListener {
    private static final int NAME_LENGTH = 8;

    private final PrintStream out;
    private final PrintStream err;

    LineLog(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public synchronized void line(String process, boolean isResult, String text) {
        if (isResult && process.equals(LocalCampaign.NAME)) {
            out.println(text);
            return;
        }
        err.println(padded(process) + " | " + text);
    }

    /// What the cluster itself has to say.
    synchronized void say(String text) {
        err.println(padded("cluster") + " | " + text);
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(0, NAME_LENGTH - name.length()));
    }
}
