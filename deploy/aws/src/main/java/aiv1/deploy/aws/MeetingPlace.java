package aiv1.deploy.aws;

import aiv1.cluster.temporal.ClusterAddress;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecs.CloudMapOptions;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.servicediscovery.DnsRecordType;
import software.constructs.Construct;

/// The Temporal server at which campaign and workers meet, by its URL; `key` is the API key that
/// one elsewhere may want.
record MeetingPlace(String url, Optional<ISecret> key) {
    /// One of the lab's own, on Fargate; found by its name. It calls itself not for production.
    static MeetingPlace own(Construct scope, Network network, Cluster cluster, String tag) {
        FargateTaskDefinition task =
                FargateTaskDefinition.Builder.create(scope, "ServerTask")
                        .cpu(1024)
                        .memoryLimitMiB(2048)
                        .build();
        task.addContainer(
                "server",
                ContainerDefinitionOptions.builder()
                        .containerName("server")
                        .image(
                                ContainerImage.fromEcrRepository(
                                        Repository.fromRepositoryName(
                                                scope, "ServerImage", "aiv1-server"),
                                        tag))
                        .command(List.of("--ip", "0.0.0.0"))
                        .user("10001:10001")
                        .portMappings(
                                List.of(
                                        PortMapping.builder()
                                                .containerPort(Network.SERVER_PORT)
                                                .build()))
                        .logging(Logs.driver(Logs.group(scope, "Server"), "server"))
                        .build());
        FargateService.Builder.create(scope, "Server")
                .cluster(cluster)
                .taskDefinition(task)
                .desiredCount(1)
                // Never two: each would have a queue of its own.
                .minHealthyPercent(0)
                .maxHealthyPercent(100)
                .securityGroups(List.of(network.server))
                .cloudMapOptions(
                        CloudMapOptions.builder()
                                .name("server")
                                .cloudMapNamespace(network.names)
                                .dnsRecordType(DnsRecordType.A)
                                .build())
                .build();
        return new MeetingPlace(
                "temporal://server.%s:%d/aiv1".formatted(Network.DOMAIN, Network.SERVER_PORT),
                Optional.empty());
    }

    /// One that somebody else runs, such as a hosted one. `keyName` is the secret that holds the
    /// API key it wants, if it wants one; without TLS, which is for networks of one's own, none is
    /// sent. Throws [IllegalArgumentException] for what is no such URL, or a key that would go in
    /// the clear.
    static MeetingPlace elsewhere(Construct scope, String url, Optional<String> keyName) {
        boolean isEncrypted = ClusterAddress.parse(url).isEncrypted();
        if (keyName.isPresent() && !isEncrypted) {
            throw new IllegalArgumentException(
                    "cluster-key: expected temporals:// beside it, got '%s'".formatted(url));
        }
        return new MeetingPlace(
                url, keyName.map(name -> Secret.fromSecretNameV2(scope, "ClusterKey", name)));
    }
}
