package aiv1.store.s3;

import aiv1.domain.ArtifactId;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.aws.AwsCalls;
import aiv1.store.aws.AwsClients;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A bucket, or a part of one, and the client for it. Artifacts are objects named
/// `PREFIX/ab/abcdef...`, as the files of a folder are.
final class S3Bucket {
    private static final Duration CALL_DURATION_MAX = Duration.ofMinutes(10);
    private static final int SHARD_LENGTH = 2;

    private final S3 address;
    private final AwsCalls calls;
    private final S3Client client;

    private S3Bucket(S3 address, AwsCalls calls, S3Client client) {
        this.address = address;
        this.calls = calls;
        this.client = client;
    }

    /// Makes the client; asks nothing yet.
    static S3Bucket of(S3 address) {
        boolean isOther = address.place().endpoint().isPresent();
        return new S3Bucket(
                address,
                new AwsCalls(address.url()),
                AwsClients.build(
                        S3Client.builder().forcePathStyle(isOther),
                        address.place(),
                        address.url(),
                        CALL_DURATION_MAX));
    }

    String name() {
        return address.bucket();
    }

    String where() {
        return calls.where();
    }

    S3 address() {
        return address;
    }

    AwsCalls calls() {
        return calls;
    }

    S3Client client() {
        return client;
    }

    String key(ArtifactId id) {
        return address.prefix() + id.sha256().substring(0, SHARD_LENGTH) + "/" + id.sha256();
    }

    /// An address under which anybody may read the artifact for `duration`, without credentials;
    /// nobody is asked whether it is there. Whoever downloads it sees it under `fileName`.
    URI link(ArtifactId id, Duration duration, Optional<String> fileName) {
        return calls.call(
                "s3:GetObject",
                () -> {
                    try (S3Presigner presigner = presigner()) {
                        return presigner
                                .presignGetObject(
                                        presign ->
                                                presign.signatureDuration(duration)
                                                        .getObjectRequest(
                                                                get ->
                                                                        get.bucket(name())
                                                                                .key(key(id))
                                                                                .responseContentDisposition(
                                                                                        fileName.map(
                                                                                                        S3Bucket
                                                                                                                ::attachment)
                                                                                                .orElse(
                                                                                                        null))))
                                .url()
                                .toURI();
                    } catch (URISyntaxException impossible) {
                        throw new IllegalStateException(where(), impossible);
                    }
                });
    }

    private static String attachment(String fileName) {
        return "attachment; filename=\"%s\"".formatted(fileName.replaceAll("[^A-Za-z0-9._-]", "-"));
    }

    private S3Presigner presigner() {
        S3Presigner.Builder builder =
                S3Presigner.builder()
                        .region(AwsClients.region(address.place(), where()))
                        .credentialsProvider(AwsClients.credentials())
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .pathStyleAccessEnabled(
                                                address.place().endpoint().isPresent())
                                        .build());
        address.place().endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
