package aiv1.store.s3;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.store.aws.Parallel;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// One large artifact on its way up: parts side by side, each with its SHA-256, then made one
/// object in a single step.
///
/// An upload that fails is aborted. What a killed process leaves costs room until the bucket's rule
/// for unfinished uploads removes it ([S3Setup]).
final class S3Parts {
    private static final int SIDE_BY_SIDE_MAX = 4;

    private final S3Bucket bucket;
    private final int partBytes;

    S3Parts(S3Bucket bucket, int partBytes) {
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    void put(ArtifactId id, byte[] bytes) {
        String key = bucket.key(id);
        CreateMultipartUploadResponse upload =
                bucket.calls()
                        .call(
                                "s3:PutObject",
                                () ->
                                        bucket.client()
                                                .createMultipartUpload(
                                                        create ->
                                                                create.bucket(bucket.name())
                                                                        .key(key)
                                                                        .contentType(
                                                                                S3ArtifactStore
                                                                                        .BYTES_TYPE)
                                                                        .checksumAlgorithm(
                                                                                ChecksumAlgorithm
                                                                                        .SHA256)));
        boolean isDone = false;
        try {
            int count = Math.ceilDiv(bytes.length, partBytes);
            List<CompletedPart> parts =
                    Parallel.map(
                            IntStream.rangeClosed(1, count).boxed().toList(),
                            SIDE_BY_SIDE_MAX,
                            number -> putPart(key, upload.uploadId(), number, bytes));
            complete(key, upload.uploadId(), parts);
            isDone = true;
        } finally {
            if (!isDone) {
                abort(key, upload.uploadId());
            }
        }
    }

    private CompletedPart putPart(String key, String upload, int number, byte[] bytes) {
        int from = (number - 1) * partBytes;
        int length = Math.min(partBytes, bytes.length - from);
        String checksum = S3ArtifactStore.base64(sha256(bytes, from, length));
        UploadPartResponse part =
                bucket.calls()
                        .call(
                                "s3:PutObject",
                                () ->
                                        bucket.client()
                                                .uploadPart(
                                                        put ->
                                                                put.bucket(bucket.name())
                                                                        .key(key)
                                                                        .uploadId(upload)
                                                                        .partNumber(number)
                                                                        .checksumSHA256(checksum),
                                                        RequestBody.fromContentProvider(
                                                                () ->
                                                                        new ByteArrayInputStream(
                                                                                bytes, from,
                                                                                length),
                                                                length,
                                                                S3ArtifactStore.BYTES_TYPE)));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumSHA256(part.checksumSHA256())
                .build();
    }

    /// Only if no object has the name, for one that has it and was whole when this began would have
    /// been seen; when one appeared meanwhile, it is replaced by the same bytes.
    private void complete(String key, String upload, List<CompletedPart> parts) {
        bucket.calls()
                .call(
                        "s3:PutObject",
                        () -> {
                            try {
                                complete(key, upload, parts, true);
                            } catch (S3Exception refused) {
                                if (!S3ArtifactStore.isThere(refused)) {
                                    throw refused;
                                }
                                complete(key, upload, parts, false);
                            }
                            return key;
                        });
    }

    private void complete(
            String key, String upload, List<CompletedPart> parts, boolean onlyIfAbsent) {
        bucket.client()
                .completeMultipartUpload(
                        complete ->
                                complete.bucket(bucket.name())
                                        .key(key)
                                        .uploadId(upload)
                                        .ifNoneMatch(onlyIfAbsent ? "*" : null)
                                        .multipartUpload(all -> all.parts(parts)));
    }

    private void abort(String key, String upload) {
        try {
            bucket.calls()
                    .tryCall(
                            () ->
                                    bucket.client()
                                            .abortMultipartUpload(
                                                    abort ->
                                                            abort.bucket(bucket.name())
                                                                    .key(key)
                                                                    .uploadId(upload)));
        } catch (SdkException refused) {
            return; // the bucket's rule removes it
        }
    }

    private static String sha256(byte[] bytes, int from, int length) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes, from, length);
        return Sha256.hex(digest);
    }
}
