package aiv1.store;

import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that records proposals and results from two threads, and prints what was acknowledged.
///
/// Arguments: the home folder, the campaign, the first index, the index to stop before. Prints
/// `proposal N;` and `result N;` each after its append returned.
final class AppendingProcess {
    private static final int THREAD_COUNT = 2;

    private AppendingProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path home = Path.of(arguments[0]);
        String campaign = arguments[1];
        AtomicInteger next = new AtomicInteger(Integer.parseInt(arguments[2]));
        int end = Integer.parseInt(arguments[3]);
        try (Ledger ledger = open(home)) {
            Thread[] threads = new Thread[THREAD_COUNT];
            for (int index = 0; index < THREAD_COUNT; index++) {
                threads[index] =
                        Thread.ofPlatform().start(() -> append(ledger, campaign, next, end));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    static Ledger open(Path home) {
        return SqliteLedger.open(
                home.resolve("ledger.db"), FileArtifactStore.open(home.resolve("artifacts")));
    }

    private static void append(Ledger ledger, String campaign, AtomicInteger next, int end) {
        for (int index = next.getAndIncrement(); index < end; index = next.getAndIncrement()) {
            ExperimentResult result = TestResults.result(campaign, index);
            ledger.append(
                    new CampaignId(campaign),
                    result.experiment().id(),
                    result.experiment().proposal());
            acknowledge("proposal", index);
            ledger.append(result);
            acknowledge("result", index);
        }
    }

    private static void acknowledge(String what, int index) {
        System.out.print(what + " " + index + ";\n");
        System.out.flush();
    }
}
