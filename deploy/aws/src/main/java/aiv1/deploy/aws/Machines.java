package aiv1.deploy.aws;

import java.util.List;
import software.amazon.awscdk.services.autoscaling.AutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.InstancesDistribution;
import software.amazon.awscdk.services.autoscaling.LaunchTemplateOverrides;
import software.amazon.awscdk.services.autoscaling.MixedInstancesPolicy;
import software.amazon.awscdk.services.autoscaling.OnDemandAllocationStrategy;
import software.amazon.awscdk.services.autoscaling.SpotAllocationStrategy;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.IMachineImage;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.LaunchTemplate;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.ecs.AmiHardwareType;
import software.amazon.awscdk.services.ecs.AsgCapacityProvider;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.EcsOptimizedImage;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/// Machines that containers with sandboxes run on, in groups that grow with their tasks.
///
/// Their container engine has the lab's seccomp profile in place of its own, for ECS can name none
/// for one container; it is the engine's own with six calls more. Tasks do not reach the machine's
/// credentials.
final class Machines {
    private final Construct scope;
    private final Network network;
    private final Cluster cluster;
    private final String seccompProfile;

    Machines(Construct scope, Network network, Cluster cluster, String seccompProfile) {
        this.scope = scope;
        this.network = network;
        this.cluster = cluster;
        this.seccompProfile = seccompProfile;
    }

    /// `spot` for what may be taken away at two minutes' notice; `types` are tried in any order for
    /// it, in this one else.
    record Demand(String name, boolean isSpot, boolean isGpu, int countMax, List<String> types) {}

    AsgCapacityProvider group(Demand demand) {
        AutoScalingGroup group =
                AutoScalingGroup.Builder.create(scope, demand.name() + "Machines")
                        .vpc(network.vpc)
                        .vpcSubnets(
                                SubnetSelection.builder()
                                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                        .build())
                        .minCapacity(0)
                        .maxCapacity(demand.countMax())
                        .capacityRebalance(demand.isSpot())
                        .newInstancesProtectedFromScaleIn(true)
                        .mixedInstancesPolicy(
                                MixedInstancesPolicy.builder()
                                        .launchTemplate(template(demand))
                                        .launchTemplateOverrides(
                                                demand.types().stream()
                                                        .map(Machines::override)
                                                        .toList())
                                        .instancesDistribution(
                                                InstancesDistribution.builder()
                                                        .onDemandAllocationStrategy(
                                                                OnDemandAllocationStrategy
                                                                        .PRIORITIZED)
                                                        .onDemandBaseCapacity(0)
                                                        .onDemandPercentageAboveBaseCapacity(
                                                                demand.isSpot() ? 0 : 100)
                                                        .spotAllocationStrategy(
                                                                SpotAllocationStrategy
                                                                        .CAPACITY_OPTIMIZED)
                                                        .build())
                                        .build())
                        .build();
        AsgCapacityProvider provider =
                AsgCapacityProvider.Builder.create(scope, demand.name() + "Capacity")
                        .autoScalingGroup(group)
                        .enableManagedScaling(true)
                        .enableManagedTerminationProtection(true)
                        .enableManagedDraining(true)
                        .build();
        cluster.addAsgCapacityProvider(provider);
        return provider;
    }

    private LaunchTemplate template(Demand demand) {
        Role role =
                Role.Builder.create(scope, demand.name() + "MachineRole")
                        .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                        .managedPolicies(
                                List.of(
                                        ManagedPolicy.fromAwsManagedPolicyName(
                                                "service-role/AmazonEC2ContainerServiceforEC2Role")))
                        .build();
        IMachineImage image =
                demand.isGpu()
                        ? EcsOptimizedImage.amazonLinux2023(AmiHardwareType.GPU)
                        : EcsOptimizedImage.amazonLinux2023();
        return LaunchTemplate.Builder.create(scope, demand.name() + "Template")
                .machineImage(image)
                .instanceType(new InstanceType(demand.types().getFirst()))
                .role(role)
                .securityGroup(
                        SecurityGroup.Builder.create(scope, demand.name() + "MachineGroup")
                                .vpc(network.vpc)
                                .description("AiV1 " + demand.name() + " machines: nobody in")
                                .build())
                .requireImdsv2(true)
                .httpPutResponseHopLimit(1)
                .blockDevices(
                        List.of(
                                BlockDevice.builder()
                                        .deviceName("/dev/xvda")
                                        .volume(
                                                BlockDeviceVolume.ebs(
                                                        100,
                                                        EbsDeviceOptions.builder()
                                                                .encrypted(true)
                                                                .volumeType(EbsDeviceVolumeType.GP3)
                                                                .build()))
                                        .build()))
                .userData(userData())
                .build();
    }

    private UserData userData() {
        UserData data = UserData.forLinux();
        data.addCommands(
                "cat >/etc/docker/aiv1-seccomp.json <<'PROFILE'\n" + seccompProfile + "\nPROFILE",
                // Beside what the machine's image says there already.
                """
                python3 - <<'MERGE'
                import json, os
                path = "/etc/docker/daemon.json"
                known = json.load(open(path)) if os.path.exists(path) else {}
                known["seccomp-profile"] = "/etc/docker/aiv1-seccomp.json"
                json.dump(known, open(path, "w"))
                MERGE""",
                "systemctl restart docker",
                "echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >>/etc/ecs/ecs.config",
                "echo ECS_AWSVPC_BLOCK_IMDS=true >>/etc/ecs/ecs.config");
        return data;
    }

    private static LaunchTemplateOverrides override(String type) {
        return LaunchTemplateOverrides.builder().instanceType(new InstanceType(type)).build();
    }
}
