package aiv1.deploy.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.VpcOrigin;
import software.amazon.awscdk.services.cloudfront.origins.VpcOriginWithEndpointProps;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.Ec2Service;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.constructs.Construct;

/// The page for everybody who has its address, behind a content network; nothing of the lab has an
/// address that the internet reaches. Whoever has the token may write.
final class PageService {
    private final Distribution distribution;

    PageService(Construct scope, Network network, Ec2Service page) {
        ApplicationLoadBalancer balancer =
                ApplicationLoadBalancer.Builder.create(scope, "Balancer")
                        .vpc(network.vpc)
                        .internetFacing(false)
                        .vpcSubnets(
                                SubnetSelection.builder()
                                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                        .build())
                        .securityGroup(network.balancer)
                        .build();
        ApplicationListener listener =
                balancer.addListener(
                        "Listener",
                        BaseApplicationListenerProps.builder()
                                .port(80)
                                .protocol(ApplicationProtocol.HTTP)
                                .open(false)
                                .build());
        listener.addTargets(
                "Page",
                AddApplicationTargetsProps.builder()
                        .port(Network.PAGE_PORT)
                        .protocol(ApplicationProtocol.HTTP)
                        .targets(List.of(page))
                        .healthCheck(HealthCheck.builder().path("/api/health").build())
                        .build());
        IOrigin origin =
                VpcOrigin.withApplicationLoadBalancer(
                        balancer,
                        VpcOriginWithEndpointProps.builder()
                                .protocolPolicy(OriginProtocolPolicy.HTTP_ONLY)
                                .build());
        this.distribution =
                Distribution.Builder.create(scope, "ContentNetwork")
                        .comment("AiV1's page")
                        // What changes is never kept; the page's own files have their ETags.
                        .defaultBehavior(
                                behavior(
                                        origin,
                                        CachePolicy.CACHING_DISABLED,
                                        AllowedMethods.ALLOW_ALL))
                        .additionalBehaviors(
                                Map.of(
                                        "/web/*",
                                        behavior(
                                                origin,
                                                CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS,
                                                AllowedMethods.ALLOW_GET_HEAD)))
                        .build();
    }

    String domain() {
        return distribution.getDistributionDomainName();
    }

    private static BehaviorOptions behavior(
            IOrigin origin,
            software.amazon.awscdk.services.cloudfront.ICachePolicy cache,
            AllowedMethods methods) {
        return BehaviorOptions.builder()
                .origin(origin)
                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                .allowedMethods(methods)
                .cachePolicy(cache)
                // The page compares a write's origin with the host that it was asked for.
                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER)
                .build();
    }
}
