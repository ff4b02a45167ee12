package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A process on a tiny disk: it fills the disk, and prints what the stores say and what is there.
///
/// Argument: a folder on the tiny disk.
final class FillingProcess {
    private static final int ARTIFACT_BYTES = 30_000;

    private FillingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        Path spare = Files.write(home.resolve("spare"), new byte[200_000]);
        try (Ledger ledger = AppendingProcess.open(home)) {
            ledger.append(TestResults.result("early", 0));
            int campaigns = fillLedger(ledger);
            say("campaigns " + (campaigns == ledger.campaigns().size()));
            fillArtifacts(home);
            try {
                ledger.append(TestResults.result("refused", 0));
                say("appended");
            } catch (LabFaultException full) {
                say("refused " + full.getMessage());
            }
            say("proposals " + ledger.findProposal(TestResults.id("refused", 0)).isPresent());
            Files.delete(spare);
            say("again " + ledger.append(TestResults.result("refused", 0)));
            say("results " + ledger.results().size());
        }
    }

    private static int fillLedger(Ledger ledger) {
        for (int count = 0; ; count++) {
            try {
                Campaign campaign = TestResults.campaign("fill-" + count);
                ledger.append(
                        new Campaign(
                                campaign.id(),
                                "goal ".repeat(2000),
                                count,
                                1,
                                "inventor",
                                campaign.clips(),
                                campaign.anchors(),
                                campaign.limitClass(),
                                1,
                                campaign.delay(),
                                campaign.startedAt()));
            } catch (LabFaultException full) {
                say("ledger " + full.getMessage());
                return count;
            }
        }
    }

    private static void fillArtifacts(Path home) throws IOException {
        ArtifactStore artifacts = FileArtifactStore.open(home.resolve("artifacts"));
        Random random = new Random(1);
        List<ArtifactId> kept = new ArrayList<>();
        for (int size = ARTIFACT_BYTES; size > 0; ) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            try {
                kept.add(artifacts.put(bytes));
            } catch (LabFaultException full) {
                if (size == ARTIFACT_BYTES) {
                    say("artifacts " + full.getMessage());
                }
                say("absent " + artifacts.find(ArtifactId.of(bytes)).isEmpty());
                size /= 2;
            }
        }
        say("kept " + kept.stream().allMatch(id -> artifacts.find(id).isPresent()));
        try (java.util.stream.Stream<Path> left =
                Files.list(home.resolve("artifacts").resolve("incoming"))) {
            say("left " + left.count());
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
