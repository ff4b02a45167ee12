package aiv1.deploy.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.servicediscovery.PrivateDnsNamespace;
import software.constructs.Construct;

/// Where everything is, and who reaches whom.
///
/// Security groups name each other, never addresses. Whoever reaches the server may have code run
/// in the workers' sandboxes: these are workers, orchestrator and queue. Nobody reaches a worker.
final class Network {
    static final int SERVER_PORT = 7233;
    static final int PAGE_PORT = 8090;
    static final String DOMAIN = "aiv1.internal";

    final Vpc vpc;
    final PrivateDnsNamespace names;
    final SecurityGroup server;
    final SecurityGroup workers;
    final SecurityGroup orchestrator;
    final SecurityGroup queue;
    final SecurityGroup page;
    final SecurityGroup balancer;
    private final Construct scope;

    Network(Construct scope) {
        this.scope = scope;
        this.vpc =
                Vpc.Builder.create(scope, "Vpc")
                        .maxAzs(2)
                        .natGateways(1)
                        .subnetConfiguration(
                                List.of(
                                        subnet("public", SubnetType.PUBLIC),
                                        subnet("lab", SubnetType.PRIVATE_WITH_EGRESS)))
                        .gatewayEndpoints(
                                Map.of(
                                        "S3", gateway(GatewayVpcEndpointAwsService.S3),
                                        "Ledger", gateway(GatewayVpcEndpointAwsService.DYNAMODB)))
                        .build();
        this.names =
                PrivateDnsNamespace.Builder.create(scope, "Names").name(DOMAIN).vpc(vpc).build();
        this.server = group("Server");
        this.workers = group("Workers");
        this.orchestrator = group("Orchestrator");
        this.queue = group("Queue");
        this.page = group("Page");
        this.balancer = group("Balancer");
        for (SecurityGroup one : List.of(workers, orchestrator, queue)) {
            server.addIngressRule(one, Port.tcp(SERVER_PORT), "who works with the server");
        }
        page.addIngressRule(balancer, Port.tcp(PAGE_PORT), "the page's balancer");
        // The content network has addresses of its own in these subnets, and no group to name.
        balancer.addIngressRule(
                Peer.ipv4(vpc.getVpcCidrBlock()), Port.tcp(80), "the content network");
    }

    private SecurityGroup group(String name) {
        return SecurityGroup.Builder.create(scope, name + "Group")
                .vpc(vpc)
                .description("AiV1 " + name)
                .allowAllOutbound(true)
                .build();
    }

    private static SubnetConfiguration subnet(String name, SubnetType type) {
        return SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(20).build();
    }

    private static GatewayVpcEndpointOptions gateway(GatewayVpcEndpointAwsService service) {
        return GatewayVpcEndpointOptions.builder().service(service).build();
    }
}
