package aiv1.store;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import java.nio.file.Path;
import java.util.Random;

/// How many durable appends a second this disk takes. Not a test: run `main` with a folder on the
/// disk in question.
final class LedgerBench {
    private static final int COUNT = 2000;
    private static final String CAMPAIGN = "bench";

    private LedgerBench() {}

    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        Random random = new Random();
        ArtifactStore artifacts = FileArtifactStore.open(home.resolve("artifacts"));
        byte[] bytes = new byte[20_000];
        measure(
                "artifacts of 20 kB",
                index -> {
                    random.nextBytes(bytes);
                    artifacts.put(bytes);
                });
        try (Ledger ledger = AppendingProcess.open(home)) {
            measure(
                    "proposals",
                    index ->
                            ledger.append(
                                    new CampaignId(CAMPAIGN),
                                    TestResults.id(CAMPAIGN, index),
                                    TestResults.proposal(index)));
            measure("results", index -> ledger.append(TestResults.result(CAMPAIGN, index)));
            long start = System.nanoTime();
            int read = ledger.results().size();
            say("results read", read, start);
        }
    }

    /// What is done for one index.
    @FunctionalInterface
    private interface Step {
        void at(int index);
    }

    private static void measure(String what, Step step) {
        long start = System.nanoTime();
        for (int index = 0; index < COUNT; index++) {
            step.at(index);
        }
        say(what, COUNT, start);
    }

    private static void say(String what, int count, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s: %d in %.2f s, %.0f a second%n", what, count, seconds, count / seconds);
    }
}
