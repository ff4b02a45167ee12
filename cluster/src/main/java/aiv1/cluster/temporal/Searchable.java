package aiv1.cluster.temporal;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import io.grpc.StatusRuntimeException;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// By what the server's lists of workflows can be searched: campaign, candidate and outcome of an
/// experiment. Whoever administers the server registers the attributes; where that was not done the
/// memo alone has them, which is shown and cannot be searched.
public final class Searchable {
    static final SearchAttributeKey<String> CAMPAIGN =
            SearchAttributeKey.forKeyword("Aiv1Campaign");
    static final SearchAttributeKey<String> CANDIDATE =
            SearchAttributeKey.forKeyword("Aiv1Candidate");

    /// The outcome's label; there when it is over.
    static final SearchAttributeKey<String> OUTCOME = SearchAttributeKey.forKeyword("Aiv1Outcome");

    private static final long ANSWER_SECONDS_MAX = 5;

    private Searchable() {}

    /// The names of the attributes, each a keyword.
    public static List<String> names() {
        return List.of(CAMPAIGN.getName(), CANDIDATE.getName(), OUTCOME.getName());
    }

    /// Whether all of them are registered. A server that does not tell has none.
    static boolean isOffered(Connection connection) {
        try {
            Set<String> there =
                    OperatorServiceGrpc.newBlockingStub(connection.stubs().getRawChannel())
                            .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                            .listSearchAttributes(
                                    ListSearchAttributesRequest.newBuilder()
                                            .setNamespace(connection.address().namespace())
                                            .build())
                            .getCustomAttributesMap()
                            .keySet();
            return there.containsAll(names());
        } catch (StatusRuntimeException untold) {
            return false;
        }
    }

    /// What to do at a server that has none.
    static String advice(ClusterAddress address) {
        return "experiments cannot be searched there, their memo says what they are: register %s as keywords ('temporal operator search-attribute create --namespace %s --type Keyword --name ...')"
                .formatted(String.join(", ", names()), address.namespace());
    }

    static SearchAttributes of(Experiment experiment) {
        return SearchAttributes.newBuilder()
                .set(CAMPAIGN, experiment.campaign().map(CampaignId::value).orElse("none"))
                .set(CANDIDATE, experiment.proposal().candidate().id().sha256())
                .build();
    }
}
