package aiv1.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.ChildJvm;
import aiv1.store.TestResults;
import aiv1.store.address.StoreAddress;
import aiv1.store.address.StoreUrl;
import aiv1.store.dynamo.DynamoServer;
import aiv1.store.dynamo.DynamoSetup;
import aiv1.store.s3.S3Server;
import aiv1.store.s3.S3Setup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Requirement 19 for stores that are far away: results survive `kill -9` at any point.
class CloudKillTest {
    private static final int ROUND_COUNT = 6;
    private static final int ACKNOWLEDGED_COUNT_MAX = 40;

    private final String ledgerUrl = DynamoServer.newUrl();
    private final String artifactsUrl = S3Server.newUrl();

    // Requirement 19
    @Test
    void what_was_acknowledged_survives_kill_9_and_is_there_once() throws Exception {
        DynamoSetup.create((StoreAddress.DynamoDb) StoreUrl.parse(ledgerUrl));
        S3Setup.create((StoreAddress.S3) StoreUrl.parse(artifactsUrl));
        Random random = new Random(19);
        Map<String, TreeSet<Integer>> acknowledged = new TreeMap<>();
        for (String what : List.of("artifact", "proposal", "result")) {
            acknowledged.put(what, new TreeSet<>());
        }
        for (int round = 0; round < ROUND_COUNT; round++) {
            TreeSet<Integer> results = acknowledged.get("result");
            int start = results.isEmpty() ? 0 : Math.max(0, results.last() - 2);
            appendUntilKilled(start, 4 + random.nextInt(ACKNOWLEDGED_COUNT_MAX), acknowledged);
            requireRecorded(acknowledged);
        }
        assertThat(acknowledged.get("result")).hasSizeGreaterThan(ROUND_COUNT);
    }

    private void appendUntilKilled(int start, int count, Map<String, TreeSet<Integer>> acknowledged)
            throws IOException, InterruptedException {
        try (ChildJvm child =
                ChildJvm.start(
                        List.of(),
                        CloudAppendingProcess.class,
                        ledgerUrl,
                        artifactsUrl,
                        String.valueOf(start))) {
            int seen = 0;
            for (String line = child.readLine(); !line.isEmpty(); line = child.readLine()) {
                String[] words = line.split(" ");
                acknowledged.get(words[0]).add(Integer.valueOf(words[1]));
                seen++;
                if (seen == count) {
                    child.kill();
                }
            }
            assertThat(seen).isGreaterThanOrEqualTo(count);
            assertThat(child.waitFor()).as("128 + SIGKILL").isEqualTo(137);
        }
    }

    private void requireRecorded(Map<String, TreeSet<Integer>> acknowledged) {
        ArtifactStore artifacts = CloudAppendingProcess.artifacts(artifactsUrl);
        try (Ledger ledger = CloudAppendingProcess.ledger(ledgerUrl, artifacts)) {
            List<ExperimentResult> recorded =
                    ledger.results(new CampaignId(CloudAppendingProcess.CAMPAIGN));
            assertThat(recorded)
                    .extracting(it -> it.experiment().id())
                    .doesNotHaveDuplicates()
                    .containsAll(
                            acknowledged.get("result").stream()
                                    .map(it -> TestResults.id(CloudAppendingProcess.CAMPAIGN, it))
                                    .toList());
            assertThat(recorded).allSatisfy(it -> assertThat(it).isEqualTo(expected(it)));
            for (int index : acknowledged.get("proposal")) {
                assertThat(
                                ledger.findProposal(
                                        TestResults.id(CloudAppendingProcess.CAMPAIGN, index)))
                        .contains(TestResults.proposal(index));
            }
        }
        for (int index : acknowledged.get("artifact")) {
            assertThat(artifacts.find(CloudAppendingProcess.id(index)))
                    .hasValueSatisfying(
                            it -> assertThat(it).isEqualTo(CloudAppendingProcess.bytes(index)));
        }
    }

    private static ExperimentResult expected(ExperimentResult recorded) {
        String[] id = recorded.experiment().id().value().split("\\.");
        return TestResults.result(id[0], Integer.parseInt(id[1]));
    }
}
