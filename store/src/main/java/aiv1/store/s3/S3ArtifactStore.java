package aiv1.store.s3;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.S3;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Artifacts as objects of a bucket, each named by the SHA-256 of its bytes.
///
/// Invariants: an object is put only if none has its name (`If-None-Match: *`), with its SHA-256
/// sent along, so that S3 refuses bytes that changed on the way; one that has the name but other
/// bytes is replaced when the true bytes are put. What is read is hashed again. Large artifacts go
/// up in parts ([S3Parts]); an object appears only when it is whole.
public final class S3ArtifactStore implements ArtifactStore, AutoCloseable {
    /// Longest time that a link can be good for, by S3's rules.
    public static final Duration LINK_DURATION_MAX = Duration.ofDays(7);

    static final String BYTES_TYPE = "application/octet-stream";
    static final int PART_BYTES = 8 << 20;

    /// Two requests for one artifact at one time: S3 tells one of them to look again.
    private static final int CONFLICT = 409;

    private static final int PRECONDITION_FAILED = 412;

    private final S3Bucket bucket;
    private final int partBytes;

    private S3ArtifactStore(S3Bucket bucket, int partBytes) {
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    /// Asks nothing yet: a bucket that is not there is told by the first artifact.
    public static S3ArtifactStore open(S3 address) {
        return open(address, PART_BYTES);
    }

    /// What has more than `partBytes` goes up in parts; S3 wants 5 MiB at least.
    static S3ArtifactStore open(S3 address, int partBytes) {
        return new S3ArtifactStore(S3Bucket.of(address), partBytes);
    }

    @Override
    public ArtifactId put(byte[] bytes) {
        ArtifactId id = ArtifactId.of(bytes);
        if (bytes.length > partBytes) {
            if (!holds(id, bytes)) {
                new S3Parts(bucket, partBytes).put(id, bytes);
            }
        } else if (!putIfAbsent(id, bytes) && !holds(id, bytes)) {
            bucket.calls().call("s3:PutObject", () -> put(id, bytes, false));
        }
        return id;
    }

    @Override
    public Optional<byte[]> find(ArtifactId id) {
        Optional<byte[]> found = read(id);
        found.ifPresent(bytes -> requireTrue(id, bytes));
        return found;
    }

    /// An address under which anybody may read the artifact for `duration` (see
    /// [#LINK_DURATION_MAX]), saved under `fileName` where there is one. It is a secret of its own:
    /// whoever has it may read.
    public URI link(ArtifactId id, Duration duration, Optional<String> fileName) {
        return bucket.link(id, duration, fileName);
    }

    @Override
    public void close() {
        bucket.calls().close();
        bucket.client().close();
    }

    private boolean putIfAbsent(ArtifactId id, byte[] bytes) {
        return bucket.calls()
                .call(
                        "s3:PutObject",
                        () -> {
                            try {
                                return put(id, bytes, true);
                            } catch (S3Exception refused) {
                                if (isThere(refused)) {
                                    return false;
                                }
                                throw refused;
                            }
                        });
    }

    static boolean isThere(S3Exception refused) {
        return refused.statusCode() == PRECONDITION_FAILED || refused.statusCode() == CONFLICT;
    }

    private boolean put(ArtifactId id, byte[] bytes, boolean onlyIfAbsent) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(bucket.key(id))
                        .contentType(BYTES_TYPE)
                        .checksumSHA256(base64(id.sha256()));
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        bucket.client().putObject(request.build(), RequestBody.fromBytes(bytes));
        return true;
    }

    /// S3 knows the hash of what was put whole; of the rest, and on servers that keep none, the
    /// bytes themselves are compared.
    private boolean holds(ArtifactId id, byte[] bytes) {
        Optional<HeadObjectResponse> head =
                bucket.calls()
                        .call(
                                "s3:GetObject, s3:ListBucket",
                                () -> {
                                    try {
                                        return Optional.of(
                                                bucket.client()
                                                        .headObject(
                                                                it ->
                                                                        it.bucket(bucket.name())
                                                                                .key(bucket.key(id))
                                                                                .checksumMode(
                                                                                        ChecksumMode
                                                                                                .ENABLED)));
                                    } catch (NoSuchKeyException none) {
                                        return Optional.<HeadObjectResponse>empty();
                                    }
                                });
        if (head.isEmpty() || head.get().contentLength() != bytes.length) {
            return false;
        }
        String known = head.get().checksumSHA256();
        if (known != null && !known.contains("-")) {
            return known.equals(base64(id.sha256()));
        }
        return read(id).filter(there -> Arrays.equals(there, bytes)).isPresent();
    }

    private Optional<byte[]> read(ArtifactId id) {
        return bucket.calls()
                .call(
                        "s3:GetObject, s3:ListBucket",
                        () -> {
                            try {
                                ResponseBytes<GetObjectResponse> object =
                                        bucket.client()
                                                .getObjectAsBytes(
                                                        get ->
                                                                get.bucket(bucket.name())
                                                                        .key(bucket.key(id)));
                                return Optional.of(object.asByteArrayUnsafe());
                            } catch (NoSuchKeyException none) {
                                return Optional.<byte[]>empty();
                            }
                        });
    }

    private void requireTrue(ArtifactId id, byte[] bytes) {
        String actual = Sha256.of(bytes);
        if (!actual.equals(id.sha256())) {
            throw new StoreException(
                    bucket.where() + ": " + bucket.key(id),
                    "bytes with the SHA-256 of the object's name",
                    "%d damaged bytes with %s".formatted(bytes.length, actual));
        }
    }

    static String base64(String sha256) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    }
}
