package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// Keys that are kept in AWS Secrets Manager, asked for once. No message carries what a secret
/// holds.
public final class AwsSecrets {
    private static final String WHO = "model-key-secret";
    private static final Duration CALL_DURATION_MAX = Duration.ofSeconds(30);

    private final Optional<URI> endpoint;
    private final String region;
    private final AwsAccess.Credentials credentials;
    private final Duration timeout;
    private final Failures failures;

    /// Without an `endpoint` it is found as AWS's tools find it:
    /// `AWS_ENDPOINT_URL_SECRETS_MANAGER`, the shared configuration files, else AWS itself.
    AwsSecrets(
            Optional<URI> endpoint,
            String region,
            AwsAccess.Credentials credentials,
            Duration timeout) {
        this.endpoint = endpoint;
        this.region = AwsAccess.requireRegion(region);
        this.credentials = credentials;
        this.timeout = Deadline.require(timeout);
        this.failures =
                new Failures(WHO + ": AWS Secrets Manager in " + region, credentials.secret());
    }

    /// The key that `reference` names: `NAME`, an ARN, or either with `#FIELD` behind it.
    public static String read(String reference) throws ModelException {
        SecretReference parsed = SecretReference.parse(reference);
        String region = parsed.region().isPresent() ? parsed.region().get() : AwsAccess.region(WHO);
        return new AwsSecrets(
                        Optional.empty(), region, AwsAccess.credentials(WHO), CALL_DURATION_MAX)
                .read(parsed);
    }

    String read(SecretReference reference) throws ModelException {
        GetSecretValueResponse answer = ask(reference);
        if (answer.secretString() == null) {
            throw failures.of(
                    Kind.NO_KEY,
                    answer.secretBinary() == null
                            ? "expected a secret, got an answer without one"
                            : "secret %s: expected text, got a binary secret"
                                    .formatted(reference.id()));
        }
        return reference
                .keyIn(answer.secretString())
                .orElseThrow(
                        problem ->
                                failures.of(
                                        Kind.NO_KEY,
                                        "secret %s: %s".formatted(reference.id(), problem)));
    }

    private GetSecretValueResponse ask(SecretReference reference) throws ModelException {
        AwsHttp http = new AwsHttp(failures);
        try (http;
                SecretsManagerAsyncClient sdk = sdk(http)) {
            CompletableFuture<GetSecretValueResponse> answer =
                    sdk.getSecretValue(request -> request.secretId(reference.id()));
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw failures.interrupted();
            } catch (TimeoutException late) {
                throw failures.of(Kind.TIMED_OUT, "no answer within " + timeout);
            } catch (Exception thrown) {
                throw failure(thrown, reference);
            } finally {
                answer.cancel(true);
            }
        }
    }

    private SecretsManagerAsyncClient sdk(AwsHttp http) {
        SecretsManagerAsyncClientBuilder builder =
                SecretsManagerAsyncClient.builder()
                        .region(Region.of(region))
                        .credentialsProvider(credentials.provider())
                        .httpClient(http)
                        .asyncConfiguration(
                                async ->
                                        async.advancedOption(
                                                SdkAdvancedAsyncClientOption
                                                        .FUTURE_COMPLETION_EXECUTOR,
                                                Runnable::run))
                        .overrideConfiguration(
                                all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint.map(Transport::require).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private ModelException failure(Exception thrown, SecretReference reference) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsServiceException told) {
                return told(told, reference);
            }
        }
        return failures.of(thrown);
    }

    /// After "GetSecretValue" and "Common errors" in the API reference. What AWS says of it is
    /// passed on: it names who asked and what is missing.
    private ModelException told(AwsServiceException told, SecretReference reference) {
        String code = told.awsErrorDetails() == null ? "" : told.awsErrorDetails().errorCode();
        String said = told.awsErrorDetails() == null ? "" : told.awsErrorDetails().errorMessage();
        String secret = "secret " + reference.id();
        return switch (String.valueOf(code)) {
            case "ResourceNotFoundException" ->
                    failures.of(Kind.NO_KEY, secret + ": expected a secret of this name, got none");
            case "AccessDeniedException" ->
                    failures.of(
                            Kind.KEY_REFUSED,
                            "%s: expected leave to read it (secretsmanager:GetSecretValue), got denied: %s"
                                    .formatted(secret, said));
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "ExpiredTokenException",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "OptInRequired" ->
                    failures.of(
                            Kind.KEY_REFUSED,
                            "expected AWS credentials that are taken, got %s: %s"
                                    .formatted(code, said));
            default ->
                    failures.of(
                            told.isThrottlingException()
                                    ? Kind.RATE_LIMITED
                                    : told.statusCode() >= 500 ? Kind.SERVER_ERROR : Kind.NO_KEY,
                            "%s: HTTP %d %s: %s".formatted(secret, told.statusCode(), code, said));
        };
    }
}
