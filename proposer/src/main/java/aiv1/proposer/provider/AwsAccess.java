package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Who asks AWS and where, found the way AWS's own tools find it: the environment, the shared
/// configuration files, the role of the machine. Whoever looks says on whose behalf, for the
/// message when there is nothing.
public final class AwsAccess {
    private AwsAccess() {}

    /// Who asks: an access key, and the token that a temporary one has.
    public record Credentials(
            String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
        /// What must not be shown, in the order of the components.
        Secret secret() {
            List<String> keys = new ArrayList<>(List.of(accessKeyId, secretAccessKey));
            sessionToken.ifPresent(keys::add);
            return Secret.of("AWS key", keys.toArray(String[]::new));
        }

        StaticCredentialsProvider provider() {
            Secret secret = secret();
            return StaticCredentialsProvider.create(
                    sessionToken.isPresent()
                            ? AwsSessionCredentials.create(
                                    secret.reveal(0), secret.reveal(1), secret.reveal(2))
                            : AwsBasicCredentials.create(secret.reveal(0), secret.reveal(1)));
        }

        @Override
        public String toString() {
            return Secret.HIDDEN;
        }
    }

    public static Credentials credentials(String who) throws ModelException {
        try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
            AwsCredentials found = provider.resolveCredentials();
            Optional<String> token =
                    found instanceof AwsSessionCredentials session
                            ? Optional.of(session.sessionToken())
                            : Optional.empty();
            return new Credentials(found.accessKeyId(), found.secretAccessKey(), token);
        } catch (SdkException none) {
            throw new ModelException(
                    Kind.NO_KEY,
                    who
                            + ": expected AWS credentials in the environment, in ~/.aws, or of the machine's role, got none");
        }
    }

    public static String region(String who) throws ModelException {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkException none) {
            throw new ModelException(
                    Kind.NO_KEY, who + ": expected a region in AWS_REGION or ~/.aws, got none");
        }
    }

    static String requireRegion(String region) {
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "region: expected such as eu-central-1, got " + region);
        }
        return region;
    }
}
