package aiv1.store.aws;

import aiv1.store.address.StoreAddress.Place;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Clients of AWS with limits: how often a call is tried and how long it may take.
///
/// Credentials are found as AWS's tools find them: environment, `~/.aws`, the machine's role.
public final class AwsClients {
    /// Attempts of one call, with growing pauses between them.
    private static final int ATTEMPT_COUNT_MAX = 6;

    private static final Duration CONNECT_DURATION_MAX = Duration.ofSeconds(5);
    private static final Duration SILENCE_DURATION_MAX = Duration.ofSeconds(30);

    /// What a server that is not AWS's own is told when nobody names a region.
    private static final String REGION_OF_OTHERS = "us-east-1";

    private AwsClients() {}

    /// Throws [aiv1.store.StoreException] when no region is named anywhere; `where` is for that
    /// message. One call may last `callDurationMax`, all attempts together.
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, Place place, String where, Duration callDurationMax) {
        place.endpoint().ifPresent(builder::endpointOverride);
        return builder.region(region(place, where))
                .credentialsProvider(credentials())
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder()
                                .connectionTimeout(CONNECT_DURATION_MAX)
                                .socketTimeout(SILENCE_DURATION_MAX))
                .overrideConfiguration(
                        all ->
                                all.apiCallTimeout(callDurationMax)
                                        .retryStrategy(
                                                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                                        .maxAttempts(ATTEMPT_COUNT_MAX)
                                                        .build()))
                .build();
    }

    public static AwsCredentialsProvider credentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    public static Region region(Place place, String where) {
        if (place.region().isPresent()) {
            return Region.of(place.region().get());
        }
        if (place.endpoint().isPresent()) {
            return Region.of(REGION_OF_OTHERS);
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkException none) {
            throw AwsFaults.explain(where, "", none);
        }
    }
}
