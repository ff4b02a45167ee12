package aiv1.deploy.aws;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/// Ledger and artifacts, as `aiv1 store create` would make them; both stay when the stack goes.
final class Storage {
    private static final String PREFIX = "lab";

    private final Stack stack;
    private final Table ledger;
    private final Bucket artifacts;

    Storage(Construct scope) {
        this.stack = Stack.of(scope);
        this.ledger =
                Table.Builder.create(scope, "Ledger")
                        .partitionKey(text("pk"))
                        .sortKey(text("sk"))
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .encryption(TableEncryption.AWS_MANAGED)
                        .pointInTimeRecoverySpecification(
                                PointInTimeRecoverySpecification.builder()
                                        .pointInTimeRecoveryEnabled(true)
                                        .build())
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build();
        this.artifacts =
                Bucket.Builder.create(scope, "Artifacts")
                        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                        .encryption(BucketEncryption.S3_MANAGED)
                        .enforceSsl(true)
                        .lifecycleRules(
                                List.of(
                                        LifecycleRule.builder()
                                                .abortIncompleteMultipartUploadAfter(
                                                        Duration.days(7))
                                                .build()))
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build();
    }

    String ledgerUrl() {
        return "dynamodb://%s?region=%s".formatted(ledger.getTableName(), stack.getRegion());
    }

    String artifactsUrl() {
        return "s3://%s/%s?region=%s"
                .formatted(artifacts.getBucketName(), PREFIX, stack.getRegion());
    }

    /// What docs/stores.md says that the lab's role needs of the bucket.
    void allowArtifacts(IGrantable who) {
        who.getGrantPrincipal()
                .addToPrincipalPolicy(
                        allow(
                                artifacts.arnForObjects(PREFIX + "/*"),
                                "s3:GetObject",
                                "s3:PutObject",
                                "s3:AbortMultipartUpload"));
        who.getGrantPrincipal()
                .addToPrincipalPolicy(allow(artifacts.getBucketArn(), "s3:ListBucket"));
    }

    /// What docs/stores.md says that the lab's role needs of the table.
    void allowLedger(IGrantable who) {
        who.getGrantPrincipal()
                .addToPrincipalPolicy(
                        allow(
                                ledger.getTableArn(),
                                "dynamodb:GetItem",
                                "dynamodb:BatchGetItem",
                                "dynamodb:Query",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem"));
    }

    private static PolicyStatement allow(String resource, String... actions) {
        return PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of(resource))
                .build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
