package aiv1.proposer.provider;

import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.model.ReplyProgress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Any server that speaks OpenAI's chat completions: OpenAI, OpenRouter, and the servers of local
/// models (vLLM, Ollama, llama.cpp). Why no library: `docs/decisions/0011-model-protocols.md`.
public final class OpenAiClient implements ModelClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MODEL_LIST_LENGTH_MAX = 8 << 20;

    /// What OpenAI takes at least; it is 16 for some of its models.
    private static final int CHECK_TOKENS = 16;

    /// A question that any model can answer, for servers that do not list the model.
    private static final ModelRequest CHECK =
            new ModelRequest("check", "", "Answer with: ok", CHECK_TOKENS);

    /// OpenAI's own newer models refuse `max_tokens`; other servers know no other name.
    private static final Set<String> HOSTS_OF_NEWER_NAMES = Set.of("api.openai.com");

    private final URI baseUrl;
    private final String model;
    private final Secret key;
    private final Duration timeout;
    private final Failures failures;
    private final Transport transport;

    /// `baseUrl` is what comes before `/chat/completions`, such as `https://api.openai.com/v1`;
    /// `key` is absent where a server wants none; `timeout` bounds a whole call.
    public OpenAiClient(URI baseUrl, String model, Optional<String> key, Duration timeout) {
        this.baseUrl = Transport.require(baseUrl);
        this.model = model;
        this.key = key.map(text -> Secret.of("OpenAI key", text)).orElseGet(Secret::none);
        this.timeout = Deadline.require(timeout);
        this.failures = new Failures(provider(), baseUrl, this.key);
        this.transport = new Transport(failures);
    }

    @Override
    public String provider() {
        return "openai";
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException {
        HttpRequest post =
                to("chat/completions")
                        .header("content-type", "application/json")
                        .header("accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body(request)))
                        .build();
        IncomingReply reply = new IncomingReply(model, progress);
        OpenAiChunks chunks = new OpenAiChunks(reply, failures);
        try (Transport.Opened opened = transport.open(post, Deadline.in(timeout))) {
            ServerSentEvents events = new ServerSentEvents(opened.body());
            boolean more = true;
            while (more && !reply.full()) {
                Optional<String> data = events.next();
                more = data.isPresent() && chunks.take(data.get());
            }
        } catch (IOException broken) {
            return reply.orFailure(failures.of(broken));
        } catch (ModelException failure) {
            return reply.orFailure(failure);
        }
        if (!chunks.any()) {
            throw failures.of(Kind.NOT_A_MODEL_SERVER, "expected a stream of events, got none");
        }
        return reply.orFailure(
                failures.of(Kind.UNREACHABLE, "the stream ended before the reply began"));
    }

    /// Looks into the server's list of models. A server that has no list or leaves the model out
    /// (llama.cpp answers under any name) is asked for a word.
    @Override
    public void check() throws ModelException {
        HttpRequest get = to("models").header("accept", "application/json").GET().build();
        boolean listed;
        try (Transport.Opened opened = transport.open(get, Deadline.in(timeout))) {
            byte[] list = opened.body().readNBytes(MODEL_LIST_LENGTH_MAX);
            listed = lists(JSON.readTree(list));
        } catch (IOException broken) {
            throw failures.of(broken);
        } catch (JacksonException notJson) {
            listed = false;
        } catch (ModelException failure) {
            if (!Set.of(Kind.UNKNOWN_MODEL, Kind.REQUEST_REFUSED, Kind.NOT_A_MODEL_SERVER)
                    .contains(failure.kind())) {
                throw failure;
            }
            listed = false;
        }
        if (!listed) {
            ModelReply _ = ask(CHECK, _ -> {});
        }
    }

    private boolean lists(JsonNode list) {
        for (JsonNode entry : list.path("data")) {
            String id = entry.path("id").asString("");
            if (id.equals(model) || id.equals(model + ":latest")) {
                return true;
            }
        }
        return false;
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(Transport.below(baseUrl, path));
        key.first().ifPresent(text -> builder.header("authorization", "Bearer " + text));
        return builder;
    }

    private byte[] body(ModelRequest request) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        ArrayNode messages = body.putArray("messages");
        if (!request.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", request.system());
        }
        messages.addObject().put("role", "user").put("content", request.user());
        body.put(lengthField(baseUrl), request.outputTokensMax());
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        return JSON.writeValueAsBytes(body);
    }

    static String lengthField(URI baseUrl) {
        return HOSTS_OF_NEWER_NAMES.contains(baseUrl.getHost())
                ? "max_completion_tokens"
                : "max_tokens";
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return "OpenAiClient[%s at %s]".formatted(model, baseUrl.getHost());
    }
}
