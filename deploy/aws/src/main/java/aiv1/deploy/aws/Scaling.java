package aiv1.deploy.aws;

import aiv1.cli.config.Key;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.ScalableTaskCount;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/// As many workers as there is work for: `aiv1 queue --json` writes a line each half minute, the
/// log's filters make measures of it, and the service follows them.
///
/// While nothing is written, because the server is away, nothing is changed.
final class Scaling {
    private static final String NAMESPACE = "AiV1";

    /// Work for each worker.
    private static final TargetTrackingMetricDataQueryProperty LOAD =
            TargetTrackingMetricDataQueryProperty.builder()
                    .id("load")
                    .expression("work / IF(workers > 0, workers, 1)")
                    .returnData(true)
                    .build();

    private final Construct scope;
    private final LogGroup log;

    /// Has the queue counted from now on, with these variables beside the settings.
    Scaling(
            Construct scope,
            String name,
            Tasks tasks,
            Network network,
            Cluster cluster,
            Map<Key, String> variables) {
        this.scope = scope;
        FargateTaskDefinition task =
                FargateTaskDefinition.Builder.create(scope, name + "Task")
                        .cpu(256)
                        .memoryLimitMiB(1024)
                        .build();
        this.log = Logs.group(scope, name);
        tasks.add(
                task,
                new Tasks.Demand(
                        "queue",
                        List.of("queue", "--every", "30", "--json"),
                        1024,
                        true,
                        List.of(),
                        variables,
                        Map.of(),
                        log));
        FargateService.Builder.create(scope, name)
                .cluster(cluster)
                .taskDefinition(task)
                .desiredCount(1)
                .minHealthyPercent(0)
                .maxHealthyPercent(100)
                .securityGroups(List.of(network.queue))
                .build();
    }

    /// Makes a measure of a field of the lines of `container`.
    String measure(String name, String field) {
        MetricFilter.Builder.create(scope, name + "Measure")
                .logGroup(log)
                .filterPattern(FilterPattern.exists("$." + field))
                .metricNamespace(NAMESPACE)
                .metricName(name)
                .metricValue("$." + field)
                .build();
        return name;
    }

    /// One task for each unit of `work`, as far as `countMax`; `workers` is how many there are.
    void follow(
            Ec2Service service,
            String name,
            int countMin,
            int countMax,
            String work,
            String workers) {
        ScalableTaskCount count =
                service.autoScaleTaskCount(
                        EnableScalingProps.builder()
                                .minCapacity(countMin)
                                .maxCapacity(countMax)
                                .build());
        CfnScalingPolicy policy =
                CfnScalingPolicy.Builder.create(scope, name + "Scaling")
                        .policyName("aiv1-" + name)
                        .policyType("TargetTrackingScaling")
                        .serviceNamespace("ecs")
                        .scalableDimension("ecs:service:DesiredCount")
                        .resourceId(
                                "service/%s/%s"
                                        .formatted(
                                                service.getCluster().getClusterName(),
                                                service.getServiceName()))
                        .targetTrackingScalingPolicyConfiguration(
                                TargetTrackingScalingPolicyConfigurationProperty.builder()
                                        .targetValue(1)
                                        .scaleOutCooldown(60)
                                        .scaleInCooldown(600)
                                        .customizedMetricSpecification(
                                                CustomizedMetricSpecificationProperty.builder()
                                                        .metrics(
                                                                List.of(
                                                                        stat("work", work),
                                                                        stat("workers", workers),
                                                                        LOAD))
                                                        .build())
                                        .build())
                        .build();
        policy.getNode().addDependency(count);
    }

    private static TargetTrackingMetricDataQueryProperty stat(String id, String metric) {
        return TargetTrackingMetricDataQueryProperty.builder()
                .id(id)
                .returnData(false)
                .metricStat(
                        TargetTrackingMetricStatProperty.builder()
                                .stat("Average")
                                .metric(
                                        TargetTrackingMetricProperty.builder()
                                                .namespace(NAMESPACE)
                                                .metricName(metric)
                                                .build())
                                .build())
                .build();
    }
}
