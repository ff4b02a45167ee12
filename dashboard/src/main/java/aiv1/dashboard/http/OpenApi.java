package aiv1.dashboard.http;

import aiv1.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// The description of the API, written by hand.
final class OpenApi {
    private OpenApi() {}

    static JsonNode document() {
        try (InputStream in =
                Objects.requireNonNull(
                        OpenApi.class.getResourceAsStream("/aiv1/dashboard/openapi.json"))) {
            return Json.parse(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), "openapi.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
