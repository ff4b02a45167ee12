package aiv1.store.s3;

import aiv1.domain.ArtifactId;
import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.aws.AwsClients;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Makes the bucket of artifacts, and looks whether one can be used.
public final class S3Setup {
    /// Days after which an upload that was never finished is removed.
    static final int UNFINISHED_DAY_COUNT_MAX = 3;

    private static final String RULE = "aiv1-unfinished-uploads";

    /// The only region that is named by naming none.
    private static final String FIRST_REGION = "us-east-1";

    private static final int NOT_FOUND = 404;

    private S3Setup() {}

    /// Makes the bucket and its rule for unfinished uploads; what is there already stays, other
    /// rules too. Gives one line on what was done.
    public static String create(S3 address) {
        S3Bucket bucket = S3Bucket.of(address);
        boolean isNew = !exists(bucket) && createBucket(bucket);
        String rule;
        try {
            rule =
                    putRule(bucket)
                            ? "unfinished uploads go after %d days"
                                    .formatted(UNFINISHED_DAY_COUNT_MAX)
                            : "unfinished uploads go as before";
        } catch (StoreException refused) {
            rule = "without a rule for unfinished uploads: " + refused.getMessage();
        }
        return (isNew ? "made, private; " : "there already; ") + rule;
    }

    /// Puts a small artifact and reads it back. Gives one line; throws [StoreException] with the
    /// permission that is missing.
    public static String check(S3 address) {
        byte[] probe = "aiv1 doctor\n".getBytes(StandardCharsets.UTF_8);
        try (S3ArtifactStore store = S3ArtifactStore.open(address)) {
            ArtifactId id = store.put(probe);
            if (store.find(id).isEmpty()) {
                throw new StoreException(address.url(), "what was put", "nothing");
            }
            store.find(ArtifactId.of("aiv1 doctor: absent".getBytes(StandardCharsets.UTF_8)));
        }
        return address.url() + ": reads and writes are allowed";
    }

    private static boolean exists(S3Bucket bucket) {
        return bucket.calls()
                .call(
                        "s3:ListBucket",
                        () -> {
                            try {
                                bucket.client().headBucket(head -> head.bucket(bucket.name()));
                                return true;
                            } catch (NoSuchBucketException none) {
                                return false;
                            }
                        });
    }

    private static boolean createBucket(S3Bucket bucket) {
        String region = AwsClients.region(bucket.address().place(), bucket.where()).id();
        CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(bucket.name());
        if (!region.equals(FIRST_REGION)) {
            request.createBucketConfiguration(at -> at.locationConstraint(region));
        }
        return bucket.calls()
                .call(
                        "s3:CreateBucket",
                        () -> {
                            try {
                                bucket.client().createBucket(request.build());
                                return true;
                            } catch (BucketAlreadyOwnedByYouException other) {
                                return false; // somebody makes the same bucket
                            }
                        });
    }

    /// The rules of a bucket can only be replaced all together, so those that are there are put
    /// again.
    private static boolean putRule(S3Bucket bucket) {
        List<LifecycleRule> rules =
                new ArrayList<>(
                        bucket.calls()
                                .call("s3:GetLifecycleConfiguration", () -> readRules(bucket)));
        String id = RULE + (bucket.address().prefix().isEmpty() ? "" : "-" + prefixId(bucket));
        if (rules.stream().anyMatch(rule -> id.equals(rule.id()))) {
            return false;
        }
        rules.add(
                LifecycleRule.builder()
                        .id(id)
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(bucket.address().prefix()))
                        .abortIncompleteMultipartUpload(
                                abort -> abort.daysAfterInitiation(UNFINISHED_DAY_COUNT_MAX))
                        .build());
        bucket.calls()
                .call(
                        "s3:PutLifecycleConfiguration",
                        () ->
                                bucket.client()
                                        .putBucketLifecycleConfiguration(
                                                put ->
                                                        put.bucket(bucket.name())
                                                                .lifecycleConfiguration(
                                                                        all -> all.rules(rules))));
        return true;
    }

    private static String prefixId(S3Bucket bucket) {
        return Integer.toHexString(bucket.address().prefix().hashCode());
    }

    private static List<LifecycleRule> readRules(S3Bucket bucket) {
        try {
            return bucket.client()
                    .getBucketLifecycleConfiguration(get -> get.bucket(bucket.name()))
                    .rules();
        } catch (S3Exception refused) {
            if (refused.statusCode() == NOT_FOUND) {
                return List.of();
            }
            throw refused;
        }
    }
}
