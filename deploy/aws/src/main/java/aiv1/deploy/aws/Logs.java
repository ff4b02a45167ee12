package aiv1.deploy.aws;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// Where containers' words go; they are kept for a month.
final class Logs {
    private Logs() {}

    static LogGroup group(Construct scope, String name) {
        return LogGroup.Builder.create(scope, name + "Log")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    static LogDriver driver(LogGroup group, String container) {
        return LogDriver.awsLogs(
                AwsLogDriverProps.builder().logGroup(group).streamPrefix(container).build());
    }
}
