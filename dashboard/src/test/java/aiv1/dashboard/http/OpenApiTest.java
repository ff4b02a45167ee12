package aiv1.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.wire.Json;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The description of the API says what the server does, and the server does what it says.
@Timeout(120)
class OpenApiTest {
    private static final String EXPERIMENT = PageLab.id(3).value();

    /// What stands for the parameters of a path, and the query that a call cannot do without.
    private static final Map<String, String> CALLS =
            Map.of(
                    "/api/campaigns/{id}", "/api/campaigns/" + PageLab.CAMPAIGN,
                    "/api/campaigns/{id}/models", "/api/campaigns/" + PageLab.CAMPAIGN + "/models",
                    "/api/rd", "/api/rd?experiment=" + EXPERIMENT);

    @TempDir private Path home;

    @Test
    void each_call_is_described_and_each_description_is_a_call() {
        try (PageLab lab = new PageLab(home, 3)) {
            Set<String> served = new TreeSet<>();
            lab.server().routes().forEach(route -> served.add(route.method() + " " + route.path()));
            Set<String> described = new TreeSet<>();
            OpenApi.document()
                    .path("paths")
                    .properties()
                    .forEach(
                            path ->
                                    path.getValue()
                                            .propertyNames()
                                            .forEach(
                                                    method ->
                                                            described.add(
                                                                    method.toUpperCase(Locale.ROOT)
                                                                            + " "
                                                                            + path.getKey())));
            assertThat(described).isEqualTo(served);
        }
    }

    @Test
    void each_answer_is_as_described() throws Exception {
        JsonNode document = OpenApi.document();
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        try (PageLab lab = new PageLab(home, 15);
                HttpClient client = HttpClient.newHttpClient()) {
            lab.add(PageResults.call(PageLab.CAMPAIGN, 0));
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                JsonNode schema =
                        path.getValue()
                                .path("get")
                                .path("responses")
                                .path("200")
                                .path("content")
                                .path("application/json")
                                .path("schema");
                if (!schema.isObject()) {
                    continue;
                }
                String call =
                        CALLS.getOrDefault(
                                path.getKey(), path.getKey().replace("{id}", EXPERIMENT));
                HttpResponse<String> answer =
                        client.send(
                                HttpRequest.newBuilder(URI.create(lab.url(call))).build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(call + answer.body()).isEqualTo(200);
                for (Error error :
                        schema(document, schema).validate(Json.parse(answer.body(), call))) {
                    wrong.add(call + ": " + error);
                }
                compared++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(15);
    }

    /// A schema of the document with what it refers to.
    private static Schema schema(JsonNode document, JsonNode schema) {
        ObjectNode whole = schema.deepCopy().asObject();
        whole.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }
}
