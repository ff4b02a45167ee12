package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Who asks AWS and where, found the way AWS's own tools find it: the environment, the shared
/// configuration files, the role of the machine.
public final class AwsAccess {
    private AwsAccess() {}

    public static BedrockClient.Credentials credentials() throws ModelException {
        try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
            AwsCredentials found = provider.resolveCredentials();
            Optional<String> token =
                    found instanceof AwsSessionCredentials session
                            ? Optional.of(session.sessionToken())
                            : Optional.empty();
            return new BedrockClient.Credentials(
                    found.accessKeyId(), found.secretAccessKey(), token);
        } catch (SdkException none) {
            throw new ModelException(
                    Kind.NO_KEY,
                    "bedrock: expected AWS credentials in the environment, in ~/.aws, or of the machine's role, got none");
        }
    }

    public static String region() throws ModelException {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkException none) {
            throw new ModelException(
                    Kind.NO_KEY, "bedrock: expected a region in AWS_REGION or ~/.aws, got none");
        }
    }
}
