package aiv1.proposer.provider;

import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.model.ReplyProgress;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.LogLevel;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Claude, over Anthropic's SDK. The system text is marked for the prompt cache, from which a later
/// call with the same one reads it for less.
public final class AnthropicClient implements ModelClient {
    /// A question for servers that do not tell of their models.
    private static final ModelRequest CHECK = new ModelRequest("check", "", "Answer with: ok", 1);

    private final String model;
    private final Failures failures;
    private final AnthropicClientImpl sdk;

    /// `baseUrl` is what comes before `/v1/messages`, such as `https://api.anthropic.com`;
    /// `timeout` bounds a whole call.
    public AnthropicClient(URI baseUrl, String model, String key, Duration timeout) {
        Secret secret = Secret.of("Anthropic key", key);
        URI server = Transport.require(baseUrl);
        this.model = model;
        this.failures = new Failures(provider(), server, secret);
        this.sdk =
                new AnthropicClientImpl(
                        ClientOptions.builder()
                                .httpClient(
                                        new AnthropicHttp(
                                                new Transport(failures), Deadline.require(timeout)))
                                .baseUrl(server.toString())
                                .putHeader("x-api-key", secret.reveal(0))
                                .maxRetries(0)
                                .logLevel(LogLevel.OFF)
                                .openTelemetry(false)
                                .build());
    }

    @Override
    public String provider() {
        return "anthropic";
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException {
        IncomingReply reply = new IncomingReply(model, progress);
        AnthropicEvents events = new AnthropicEvents(reply);
        boolean any = false;
        try (StreamResponse<RawMessageStreamEvent> stream =
                sdk.messages().createStreaming(params(request))) {
            Iterator<RawMessageStreamEvent> arriving = stream.stream().iterator();
            while (!reply.full() && arriving.hasNext()) {
                any = true;
                events.take(arriving.next());
            }
        } catch (AnthropicException | Failures.Carrier | UncheckedIOException thrown) {
            return reply.orFailure(failure(thrown));
        }
        if (!any) {
            throw failures.of(Kind.NOT_A_MODEL_SERVER, "expected a stream of events, got none");
        }
        return reply.orFailure(
                failures.of(Kind.UNREACHABLE, "the stream ended before the reply began"));
    }

    /// Asks what the server knows about the model; one that knows no such question is asked for a
    /// word.
    @Override
    public void check() throws ModelException {
        try {
            String _ = sdk.models().retrieve(model).id();
        } catch (AnthropicException | Failures.Carrier | UncheckedIOException thrown) {
            ModelException failure = failure(thrown);
            if (!Set.of(Kind.UNKNOWN_MODEL, Kind.REQUEST_REFUSED, Kind.NOT_A_MODEL_SERVER)
                    .contains(failure.kind())) {
                throw failure;
            }
            ModelReply _ = ask(CHECK, _ -> {});
        }
    }

    private MessageCreateParams params(ModelRequest request) {
        MessageCreateParams.Builder params =
                MessageCreateParams.builder()
                        .model(model)
                        .maxTokens(request.outputTokensMax())
                        .addUserMessage(request.user());
        if (!request.system().isEmpty()) {
            params.systemOfTextBlockParams(
                    List.of(
                            TextBlockParam.builder()
                                    .text(request.system())
                                    .cacheControl(CacheControlEphemeral.builder().build())
                                    .build()));
        }
        return params.build();
    }

    private ModelException failure(RuntimeException thrown) {
        return switch (thrown) {
            case AnthropicServiceException told ->
                    failures.of(status(told), told.apiMessage().orElse(""), Optional.empty());
            case AnthropicInvalidDataException _ ->
                    failures.of(Kind.NOT_A_MODEL_SERVER, "got an answer that is no message");
            default -> failures.of(thrown);
        };
    }

    /// A failure within a stream has a name in place of a status, after "Errors" in the API
    /// reference.
    private static int status(AnthropicServiceException told) {
        return switch (told.type().map(type -> type.asString()).orElse("")) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    @Override
    public void close() {
        sdk.close();
    }

    @Override
    public String toString() {
        return "AnthropicClient[%s]".formatted(model);
    }
}
