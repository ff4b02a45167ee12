package aiv1.deploy.aws;

import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecs.AsgCapacityProvider;
import software.amazon.awscdk.services.ecs.CapacityProviderStrategy;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.amazon.awscdk.services.ecs.Ec2TaskDefinition;
import software.amazon.awscdk.services.ecs.NetworkMode;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;
import tools.jackson.databind.json.JsonMapper;

/// A lab on AWS: server, workers that come and go with the work, orchestrator, page. Start reading
/// here.
///
/// What runs candidates runs on machines of its own ([Machines]), for Fargate lets no container
/// make a user namespace; server and queue run none, and need no machine.
public final class LabStack extends Stack {
    private static final int WORKERS_MAX = 20;
    private static final int GPU_WORKERS_MAX = 4;

    private final Network network;
    private final Storage storage;
    private final Cluster cluster;
    private final Tasks tasks;
    private final String campaign;

    /// Context `tag` is that of the images, `campaign` the name of what the orchestrator runs,
    /// `cluster` the URL of a Temporal server elsewhere, in place of one of the lab's own, and
    /// `cluster-key` the name of the secret with its API key.
    public LabStack(Construct scope, String id, StackProps props, Settings settings, Path seccomp) {
        super(scope, id, props);
        String tag = context("tag", "latest");
        this.campaign = context("campaign", "first");
        this.network = new Network(this);
        this.storage = new Storage(this);
        this.cluster = Cluster.Builder.create(this, "Cluster").vpc(network.vpc).build();
        String elsewhere = context("cluster", "");
        MeetingPlace meeting =
                elsewhere.isEmpty()
                        ? MeetingPlace.own(this, network, cluster, tag)
                        : MeetingPlace.elsewhere(
                                this,
                                elsewhere,
                                Optional.of(context("cluster-key", ""))
                                        .filter(name -> !name.isEmpty()));
        this.tasks =
                new Tasks(
                        this,
                        Repository.fromRepositoryName(this, "Image", "aiv1"),
                        tag,
                        storage,
                        meeting,
                        settings);
        Machines machines = new Machines(this, network, cluster, compact(seccomp));
        AsgCapacityProvider core =
                machines.group(
                        new Machines.Demand(
                                "Core", false, false, 2, List.of("m7i.large", "m6i.large")));
        AsgCapacityProvider spot =
                machines.group(
                        new Machines.Demand(
                                "Workers",
                                true,
                                false,
                                WORKERS_MAX,
                                List.of("c7i.large", "c7a.large", "c6i.large", "c6a.large")));
        AsgCapacityProvider gpu =
                machines.group(
                        new Machines.Demand(
                                "Gpu",
                                true,
                                true,
                                GPU_WORKERS_MAX,
                                List.of("g5.xlarge", "g4dn.xlarge")));
        Scaling scaling = new Scaling(this, "Queue", tasks, network, cluster, Map.of());
        Ec2Service workers = workers("Workers", spot, 3_400, 0, Map.of());
        scaling.follow(
                workers,
                "workers",
                1,
                WORKERS_MAX,
                scaling.measure("Unfinished", "unfinished"),
                scaling.measure("Workers", "workers"));
        Ec2Service gpuWorkers =
                workers("GpuWorkers", gpu, 12_000, 1, Map.of(Keys.WORKER_CAPABILITIES, "cuda"));
        Scaling gpuScaling =
                new Scaling(
                        this, "GpuQueue", tasks, network, cluster, Map.of(Keys.CAPABILITY, "cuda"));
        gpuScaling.follow(
                gpuWorkers,
                "gpu-workers",
                0,
                GPU_WORKERS_MAX,
                gpuScaling.measure("GpuWaiting", "waiting"),
                gpuScaling.measure("GpuWorkers", "workers"));
        orchestrator(core);
        Secret token =
                Secret.Builder.create(this, "PageToken")
                        .description("Who has it may write on the page")
                        .generateSecretString(
                                SecretStringGenerator.builder()
                                        .passwordLength(40)
                                        .excludePunctuation(true)
                                        .build())
                        .build();
        PageService page = new PageService(this, network, page(core, token));
        output("Page", "https://" + page.domain());
        output("Ledger", storage.ledgerUrl());
        output("ArtifactStore", storage.artifactsUrl());
    }

    private Ec2Service workers(
            String name,
            AsgCapacityProvider capacity,
            int memoryMiB,
            int gpuCount,
            Map<Key, String> variables) {
        Ec2TaskDefinition task = task(name);
        LogGroup log = Logs.group(this, name);
        storage.allowArtifacts(task.getTaskRole());
        storage.allowLedger(task.getTaskRole());
        ContainerDefinition preflight =
                tasks.add(
                        task, preflight("preflight", List.of("doctor"), memoryMiB, log, List.of()));
        tasks.add(
                task,
                new Tasks.Demand(
                        "worker",
                        List.of("worker"),
                        memoryMiB,
                        true,
                        List.of(preflight),
                        variables,
                        Map.of(),
                        log));
        if (gpuCount > 0) {
            requireGpu(task, gpuCount);
        }
        return service(name, task, capacity, network.workers, 1);
    }

    private void orchestrator(AsgCapacityProvider capacity) {
        Ec2TaskDefinition task = task("Orchestrator");
        LogGroup log = Logs.group(this, "Orchestrator");
        storage.allowArtifacts(task.getTaskRole());
        storage.allowLedger(task.getTaskRole());
        Secret key =
                Secret.Builder.create(this, "ModelKey")
                        .description("The key for the model server; not used by the inventor")
                        .build();
        ContainerDefinition machine =
                tasks.add(task, preflight("preflight", List.of("doctor"), 2_500, log, List.of()));
        ContainerDefinition workers =
                tasks.add(
                        task,
                        preflight(
                                "cluster-preflight",
                                List.of("doctor", "--cluster", tasks.clusterUrl()),
                                1_200,
                                log,
                                List.of(machine)));
        tasks.add(
                task,
                new Tasks.Demand(
                        "orchestrator",
                        List.of("run", "--campaign", campaign, "--no-page"),
                        2_500,
                        true,
                        List.of(workers),
                        Map.of(),
                        Map.of(
                                Keys.MODEL_KEY,
                                software.amazon.awscdk.services.ecs.Secret.fromSecretsManager(key)),
                        log));
        service("Orchestrator", task, capacity, network.orchestrator, 0);
    }

    private Ec2Service page(AsgCapacityProvider capacity, Secret token) {
        Ec2TaskDefinition task = task("Page");
        storage.allowArtifacts(task.getTaskRole());
        storage.allowLedger(task.getTaskRole());
        ContainerDefinition page =
                tasks.add(
                        task,
                        new Tasks.Demand(
                                "page",
                                List.of("dashboard", "--host", "0.0.0.0"),
                                2_500,
                                true,
                                List.of(),
                                Map.of(),
                                Map.of(
                                        Keys.PAGE_TOKEN,
                                        software.amazon.awscdk.services.ecs.Secret
                                                .fromSecretsManager(token)),
                                Logs.group(this, "Page")));
        page.addPortMappings(PortMapping.builder().containerPort(Network.PAGE_PORT).build());
        return service("Page", task, capacity, network.page, 0);
    }

    private static Tasks.Demand preflight(
            String name,
            List<String> command,
            int memoryMiB,
            LogGroup log,
            List<ContainerDefinition> after) {
        return new Tasks.Demand(name, command, memoryMiB, false, after, Map.of(), Map.of(), log);
    }

    private Ec2TaskDefinition task(String name) {
        return Ec2TaskDefinition.Builder.create(this, name + "Task")
                .networkMode(NetworkMode.AWS_VPC)
                .build();
    }

    private Ec2Service service(
            String name,
            Ec2TaskDefinition task,
            AsgCapacityProvider capacity,
            SecurityGroup group,
            int healthyMin) {
        return Ec2Service.Builder.create(this, name)
                .cluster(cluster)
                .taskDefinition(task)
                .desiredCount(1)
                .minHealthyPercent(healthyMin == 0 ? 0 : 50)
                .maxHealthyPercent(healthyMin == 0 ? 100 : 200)
                .securityGroups(List.of(group))
                .capacityProviderStrategies(
                        List.of(
                                CapacityProviderStrategy.builder()
                                        .capacityProvider(capacity.getCapacityProviderName())
                                        .weight(1)
                                        .build()))
                .build();
    }

    private static void requireGpu(Ec2TaskDefinition task, int count) {
        software.amazon.awscdk.services.ecs.CfnTaskDefinition raw =
                (software.amazon.awscdk.services.ecs.CfnTaskDefinition)
                        java.util.Objects.requireNonNull(task.getNode().getDefaultChild());
        raw.addPropertyOverride(
                "ContainerDefinitions.1.ResourceRequirements",
                List.of(Map.of("Type", "GPU", "Value", Integer.toString(count))));
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name + "Url").value(value).build();
    }

    private String context(String name, String fallback) {
        Object given = getNode().tryGetContext(name);
        return given == null ? fallback : given.toString();
    }

    private static String compact(Path json) {
        try {
            return JsonMapper.shared().readTree(Files.readString(json)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(json.toString(), e);
        }
    }
}
