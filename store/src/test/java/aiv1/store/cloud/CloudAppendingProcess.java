package aiv1.store.cloud;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.TestResults;
import aiv1.store.address.StoreAddress;
import aiv1.store.address.StoreUrl;
import aiv1.store.dynamo.DynamoLedger;
import aiv1.store.s3.S3ArtifactStore;
import java.nio.charset.StandardCharsets;

/// A process that records artifacts, proposals and results far away, and prints what was
/// acknowledged.
///
/// Arguments: the ledger's URL, the artifacts' URL, the first index. Prints `artifact N;`,
/// `proposal N;` and `result N;` each after it returned.
final class CloudAppendingProcess {
    static final String CAMPAIGN = "killed";

    private CloudAppendingProcess() {}

    public static void main(String[] arguments) {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        ArtifactStore artifacts = artifacts(arguments[1]);
        CampaignId campaign = new CampaignId(CAMPAIGN);
        try (Ledger ledger = ledger(arguments[0], artifacts)) {
            for (int index = Integer.parseInt(arguments[2]); ; index++) {
                artifacts.put(bytes(index));
                acknowledge("artifact", index);
                ExperimentResult result = TestResults.result(CAMPAIGN, index);
                ledger.append(campaign, result.experiment().id(), result.experiment().proposal());
                acknowledge("proposal", index);
                ledger.append(result);
                acknowledge("result", index);
            }
        }
    }

    static Ledger ledger(String url, ArtifactStore artifacts) {
        return DynamoLedger.open((StoreAddress.DynamoDb) StoreUrl.parse(url), artifacts);
    }

    static ArtifactStore artifacts(String url) {
        return S3ArtifactStore.open((StoreAddress.S3) StoreUrl.parse(url));
    }

    static byte[] bytes(int index) {
        return ("bitstream " + index).repeat(1000).getBytes(StandardCharsets.UTF_8);
    }

    static ArtifactId id(int index) {
        return ArtifactId.of(bytes(index));
    }

    private static void acknowledge(String what, int index) {
        System.out.print(what + " " + index + ";\n");
        System.out.flush();
    }
}
