package aiv1.proposer.provider;

import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.model.ReplyProgress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/// Models of Amazon Bedrock, over AWS's SDK, which signs the requests (SigV4), and the one form of
/// question that all of them understand (Converse). Nothing is taken from the environment or from
/// `~/.aws`: what is stored of a campaign says all that it was run with.
public final class BedrockClient implements ModelClient {
    /// What any model can be asked; one token is the cheapest reply.
    private static final ModelRequest CHECK = new ModelRequest("check", "", "Answer with: ok", 1);

    /// What inference profiles have in front of the model that they stand for.
    private static final Pattern PROFILE =
            Pattern.compile("(?:us|us-gov|eu|apac|jp|au|ca|global)\\.(.+)");

    private final String model;
    private final Duration timeout;
    private final Failures failures;
    private final AwsHttp http;
    private final BedrockRuntimeAsyncClient sdk;

    /// `endpoint` is absent for AWS itself; `timeout` bounds a whole call.
    public BedrockClient(
            Optional<URI> endpoint,
            String region,
            String model,
            AwsAccess.Credentials credentials,
            Duration timeout) {
        AwsAccess.requireRegion(region);
        URI server =
                endpoint.map(Transport::require)
                        .orElseGet(
                                () ->
                                        URI.create(
                                                "https://bedrock-runtime.%s.amazonaws.com"
                                                        .formatted(region)));
        this.model = model;
        this.timeout = Deadline.require(timeout);
        this.failures = new Failures(provider(), server, credentials.secret());
        this.http = new AwsHttp(failures);
        this.sdk = sdk(endpoint, region, credentials, http);
    }

    private static BedrockRuntimeAsyncClient sdk(
            Optional<URI> endpoint,
            String region,
            AwsAccess.Credentials credentials,
            AwsHttp http) {
        BedrockRuntimeAsyncClientBuilder builder =
                BedrockRuntimeAsyncClient.builder()
                        .region(Region.of(region))
                        .credentialsProvider(credentials.provider())
                        .authSchemeProvider(signature())
                        .httpClient(http)
                        .asyncConfiguration(
                                async ->
                                        async.advancedOption(
                                                SdkAdvancedAsyncClientOption
                                                        .FUTURE_COMPLETION_EXECUTOR,
                                                Runnable::run))
                        .overrideConfiguration(
                                all ->
                                        all.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                .defaultProfileFile(
                                                        ProfileFile.aggregator().build()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /// A bearer token in the environment would else go before the credentials.
    private static BedrockRuntimeAuthSchemeProvider signature() {
        return call ->
                List.of(
                        AuthSchemeOption.builder()
                                .schemeId(AwsV4AuthScheme.SCHEME_ID)
                                .putSignerProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                                .putSignerProperty(AwsV4HttpSigner.REGION_NAME, call.region().id())
                                .build());
    }

    @Override
    public String provider() {
        return "bedrock";
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException {
        IncomingReply reply = new IncomingReply(model, progress);
        BedrockEvents events = new BedrockEvents(reply);
        ConverseStreamRequest question = question(request);
        boolean any = false;
        try (BedrockStream stream =
                new BedrockStream(
                        handler -> sdk.converseStream(question, handler), Deadline.in(timeout))) {
            while (!reply.full()) {
                Optional<ConverseStreamOutput> event = next(stream);
                if (event.isEmpty()) {
                    break;
                }
                any = true;
                event.get().accept(events);
            }
        } catch (ModelException failure) {
            return reply.orFailure(failure);
        }
        if (!any) {
            throw failures.of(Kind.NOT_A_MODEL_SERVER, "expected a stream of events, got none");
        }
        return reply.orFailure(
                failures.of(Kind.UNREACHABLE, "the stream ended before the reply began"));
    }

    private Optional<ConverseStreamOutput> next(BedrockStream stream) throws ModelException {
        try {
            return stream.next();
        } catch (Exception thrown) {
            throw BedrockFailures.of(thrown, failures);
        }
    }

    private ConverseStreamRequest question(ModelRequest request) {
        ConverseStreamRequest.Builder question =
                ConverseStreamRequest.builder()
                        .modelId(model)
                        .messages(message(request))
                        .inferenceConfig(all -> all.maxTokens(request.outputTokensMax()));
        if (!request.system().isEmpty()) {
            question.system(system(request.system()));
        }
        return question.build();
    }

    private static Message message(ModelRequest request) {
        return Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText(request.user()))
                .build();
    }

    /// Models that have no prompt cache refuse the mark for it.
    private List<SystemContentBlock> system(String text) {
        List<SystemContentBlock> blocks = new ArrayList<>();
        blocks.add(SystemContentBlock.fromText(text));
        if (model.contains("anthropic.") || model.contains("amazon.nova")) {
            blocks.add(
                    SystemContentBlock.fromCachePoint(
                            CachePointBlock.builder().type(CachePointType.DEFAULT).build()));
        }
        return blocks;
    }

    /// There is no list of models at this address, but counting tokens is free. It is for some
    /// models only, and none of their inference profiles, and needs a leave of its own: where it is
    /// refused, the model is asked for a word.
    @Override
    public void check() throws ModelException {
        try {
            count();
        } catch (ModelException failure) {
            if (!Set.of(
                            Kind.UNKNOWN_MODEL,
                            Kind.REQUEST_REFUSED,
                            Kind.KEY_REFUSED,
                            Kind.NOT_A_MODEL_SERVER)
                    .contains(failure.kind())) {
                throw failure;
            }
            ModelReply _ = ask(CHECK, _ -> {});
        }
    }

    private void count() throws ModelException {
        Matcher profile = PROFILE.matcher(model);
        CompletableFuture<CountTokensResponse> counted =
                sdk.countTokens(
                        request ->
                                request.modelId(profile.matches() ? profile.group(1) : model)
                                        .input(
                                                input ->
                                                        input.converse(
                                                                converse ->
                                                                        converse.messages(
                                                                                message(CHECK)))));
        try {
            if (counted.get(timeout.toNanos(), TimeUnit.NANOSECONDS).inputTokens() == null) {
                throw failures.of(Kind.NOT_A_MODEL_SERVER, "expected a count of tokens, got none");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failures.interrupted();
        } catch (TimeoutException late) {
            throw failures.of(Kind.TIMED_OUT, "no reply within " + timeout);
        } catch (ExecutionException thrown) {
            throw BedrockFailures.of(thrown, failures);
        } finally {
            counted.cancel(true);
        }
    }

    @Override
    public void close() {
        sdk.close();
        http.close();
    }

    @Override
    public String toString() {
        return "BedrockClient[%s]".formatted(model);
    }
}
