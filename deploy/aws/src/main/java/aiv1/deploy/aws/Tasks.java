package aiv1.deploy.aws;

import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecs.Capability;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerDependency;
import software.amazon.awscdk.services.ecs.ContainerDependencyCondition;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.LinuxParameters;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.ecs.TaskDefinition;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/// The containers of tasks: the lab's image with one command each, and its settings from
/// parameters.
final class Tasks {
    private static final String HOME = "/var/lib/aiv1";

    private final Construct scope;
    private final IRepository image;
    private final String tag;
    private final Storage storage;
    private final MeetingPlace meeting;
    private final Map<Key, StringParameter> settings = new HashMap<>();

    Tasks(
            Construct scope,
            IRepository image,
            String tag,
            Storage storage,
            MeetingPlace meeting,
            Settings given) {
        this.scope = scope;
        this.image = image;
        this.tag = tag;
        this.storage = storage;
        this.meeting = meeting;
        new TreeMap<>(named(given))
                .forEach(
                        (name, value) ->
                                settings.put(
                                        key(name),
                                        StringParameter.Builder.create(scope, "Setting-" + name)
                                                .parameterName("/aiv1/settings/" + name)
                                                .stringValue(value)
                                                .build()));
    }

    /// One container: `command` is the program's; `variables` and `secrets` come beside the
    /// settings. One that is not essential may end, and what is `after` waits until it ended well.
    record Demand(
            String name,
            List<String> command,
            int memoryMiB,
            boolean isEssential,
            List<ContainerDefinition> after,
            Map<Key, String> variables,
            Map<Key, Secret> secrets,
            LogGroup log) {}

    ContainerDefinition add(TaskDefinition task, Demand demand) {
        Map<String, String> environment = new TreeMap<>();
        environment.put(Keys.CLUSTER.environmentName(), clusterUrl());
        environment.put(Keys.STORE.environmentName(), storage.ledgerUrl());
        environment.put(Keys.ARTIFACTS.environmentName(), storage.artifactsUrl());
        demand.variables().forEach((key, value) -> environment.put(key.environmentName(), value));
        Map<String, Secret> secrets = new TreeMap<>();
        settings.forEach(
                (key, parameter) ->
                        secrets.put(key.environmentName(), Secret.fromSsmParameter(parameter)));
        meeting.key()
                .ifPresent(
                        key ->
                                secrets.put(
                                        Keys.CLUSTER_KEY.environmentName(),
                                        Secret.fromSecretsManager(key)));
        demand.secrets().forEach((key, secret) -> secrets.put(key.environmentName(), secret));
        ContainerDefinition container =
                task.addContainer(
                        demand.name(),
                        ContainerDefinitionOptions.builder()
                                .dockerSecurityOptions(
                                        task.getIsFargateCompatible()
                                                ? List.of()
                                                : List.of("no-new-privileges"))
                                .containerName(demand.name())
                                .image(ContainerImage.fromEcrRepository(image, tag))
                                .command(demand.command())
                                .memoryLimitMiB(demand.memoryMiB())
                                .essential(demand.isEssential())
                                .readonlyRootFilesystem(true)
                                .user("10001:10001")
                                .environment(environment)
                                .secrets(secrets)
                                .stopTimeout(Duration.seconds(110))
                                .linuxParameters(linux(task, demand.name()))
                                .logging(Logs.driver(demand.log(), demand.name()))
                                .build());
        for (String folder : List.of(HOME, "/tmp")) {
            String volume = demand.name() + (folder.equals(HOME) ? "-home" : "-scratch");
            task.addVolume(Volume.builder().name(volume).build());
            container.addMountPoints(
                    MountPoint.builder()
                            .sourceVolume(volume)
                            .containerPath(folder)
                            .readOnly(false)
                            .build());
        }
        demand.after()
                .forEach(
                        one ->
                                container.addContainerDependencies(
                                        ContainerDependency.builder()
                                                .container(one)
                                                .condition(ContainerDependencyCondition.SUCCESS)
                                                .build()));
        return container;
    }

    String clusterUrl() {
        return meeting.url();
    }

    private LinuxParameters linux(TaskDefinition task, String name) {
        LinuxParameters parameters =
                LinuxParameters.Builder.create(scope, task.getNode().getId() + "-" + name).build();
        parameters.dropCapabilities(Capability.ALL);
        return parameters;
    }

    private static Map<String, String> named(Settings settings) {
        Map<String, String> named = new HashMap<>();
        settings.values().forEach((key, value) -> named.put(key.name(), value));
        return named;
    }

    private static Key key(String name) {
        return Keys.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
