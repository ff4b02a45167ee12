package aiv1.proposer.provider;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the chunks of a streamed chat completion into a reply.
final class OpenAiChunks {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DONE = "[DONE]";

    private final IncomingReply reply;
    private final Failures failures;
    private boolean any;

    OpenAiChunks(IncomingReply reply, Failures failures) {
        this.reply = reply;
        this.failures = failures;
    }

    /// Whether the server has sent anything that is a chunk.
    boolean any() {
        return any;
    }

    /// Takes the data of one event; false when the stream is over. A server that fails in the
    /// middle sends its error as a chunk.
    boolean take(String data) throws ModelException {
        if (data.strip().equals(DONE)) {
            // Some servers name no reason when the model was simply done.
            if (any && !reply.finished()) {
                reply.stop(StopReason.END);
            }
            return false;
        }
        JsonNode chunk = parse(data);
        any = true;
        if (chunk.path("error").isObject() || chunk.path("error").isString()) {
            throw error(chunk);
        }
        reply.model(chunk.path("model").asString(""));
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        reply.add(delta.path("content").asString(""));
        String refusal = delta.path("refusal").asString("");
        if (!refusal.isEmpty()) {
            reply.add(refusal);
            reply.stop(StopReason.REFUSAL);
        }
        stop(choice.path("finish_reason").asString("")).ifPresent(reply::stop);
        JsonNode usage = chunk.path("usage");
        if (usage.isObject()) {
            reply.tokens(tokens(usage));
        }
        return true;
    }

    private JsonNode parse(String data) throws ModelException {
        try {
            JsonNode chunk = JSON.readTree(data);
            if (chunk.isObject()) {
                return chunk;
            }
        } catch (JacksonException notJson) {
            // What is cut in the middle is no JSON either; the caller knows whether a reply began.
        }
        Kind kind = any ? Kind.UNREACHABLE : Kind.NOT_A_MODEL_SERVER;
        throw failures.of(kind, "expected a chunk of JSON, got " + data.length() + " characters");
    }

    private ModelException error(JsonNode chunk) {
        int status = chunk.path("error").path("code").asInt(500);
        boolean known = status >= 400 && status < 600;
        return failures.of(known ? status : 500, chunk.toString(), Optional.empty());
    }

    private static Optional<StopReason> stop(String reason) {
        return switch (reason) {
            case "" -> Optional.empty();
            case "length" -> Optional.of(StopReason.MAX_TOKENS);
            case "content_filter" -> Optional.of(StopReason.REFUSAL);
            default -> Optional.of(StopReason.END);
        };
    }

    /// `prompt_tokens` counts the cached ones too.
    private static TokenUsage tokens(JsonNode usage) {
        long prompt = count(usage.path("prompt_tokens"));
        JsonNode details = usage.path("prompt_tokens_details");
        long cached = Math.min(prompt, count(details.path("cached_tokens")));
        return new TokenUsage(prompt - cached, cached, 0, count(usage.path("completion_tokens")));
    }

    private static long count(JsonNode number) {
        return Math.max(0, number.asLong(0));
    }
}
