package aiv1.cli.command;

import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.store.FileArtifactStore;
import aiv1.store.SqliteLedger;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.ModelCallJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a ledger holds of a campaign, as text, without what differs between two runs of the same:
/// the campaign's own name, and what a clock or the machine's load decides.
final class Recorded {
    private static final Set<String> TIMES =
            Set.of("started_at", "finished_at", "asked_at", "at", "latency_seconds");
    private static final List<String> LOADS =
            List.of("cpu_seconds", "wall_seconds", "peak_memory_bytes");

    private Recorded() {}

    /// A document for each question to a model, then one for each result.
    static List<String> of(Path home, String campaign) {
        List<JsonNode> documents = new ArrayList<>();
        try (Ledger ledger =
                SqliteLedger.open(
                        home.resolve("ledger.db"),
                        FileArtifactStore.open(home.resolve("artifacts")))) {
            CampaignId id = new CampaignId(campaign);
            ledger.modelCalls(id).forEach(call -> documents.add(ModelCallJson.write(call)));
            ledger.results(id).forEach(result -> documents.add(ExperimentJson.write(result)));
        }
        documents.forEach(Recorded::removeTimes);
        return documents.stream()
                .map(document -> Json.line(document).replace(campaign, "CAMPAIGN"))
                .toList();
    }

    private static void removeTimes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (TIMES.contains(name) || LOADS.stream().anyMatch(name::endsWith)) {
                    object.remove(name);
                }
            }
        }
        node.forEach(Recorded::removeTimes);
    }
}
