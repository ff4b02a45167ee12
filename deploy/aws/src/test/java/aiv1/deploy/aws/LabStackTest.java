package aiv1.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.cli.command.Aiv1Command;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The template that the stack comes to: what must be in it, whether CloudFormation's linter takes
/// it, and whether it is what was last looked at.
///
/// The CDK needs node; the profile `deploy` that these tests belong to says so where there is none.
@DisabledIf(value = "isWithoutNode", disabledReason = "THE STACK FOR AWS IS NOT TESTED: no node")
class LabStackTest {
    private static final Path DEPLOY = Path.of(System.getProperty("aiv1.root")).resolve("deploy");
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    @TempDir private static Path folder;
    private static Template template;
    private static JsonNode json;

    static boolean isWithoutNode() {
        for (String place : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            if (Files.isExecutable(Path.of(place, "node"))) {
                return false;
            }
        }
        return true;
    }

    @BeforeAll
    static void synthesize() {
        template = template("cdk.out", Map.of());
        json = MAPPER.valueToTree(template.toJSON());
    }

    private static Template template(String name, Map<String, Object> context) {
        App app =
                new App(
                        AppProps.builder()
                                .outdir(folder.resolve(name).toString())
                                .analyticsReporting(false)
                                .context(context)
                                .build());
        return Template.fromStack(
                new LabStack(
                        app,
                        "Aiv1",
                        StackProps.builder().build(),
                        Settings.read(DEPLOY.resolve("aws/settings.yaml")),
                        DEPLOY.resolve("seccomp.json")));
    }

    @Test
    void a_server_elsewhere_takes_the_place_of_the_labs_own() {
        String url = "temporals://lab.example.org:7233/aiv1";
        JsonNode elsewhere = json("elsewhere", Map.of("cluster", url, "cluster-key", "its-key"));
        assertThat(containers(elsewhere))
                .hasSize(containers(json).size() - 1)
                .allSatisfy(
                        container -> {
                            assertThat(container.path("Name").asString()).isNotEqualTo("server");
                            assertThat(container.path("Environment").toString())
                                    .contains("{\"Name\":\"AIV1_CLUSTER\",\"Value\":\"" + url);
                            assertThat(container.path("Secrets").toString())
                                    .contains("AIV1_CLUSTER_KEY")
                                    .contains(":secret:its-key");
                        });
        assertThat(resources(elsewhere, "AWS::SecretsManager::Secret"))
                .hasSameSizeAs(resources("AWS::SecretsManager::Secret"));
        JsonNode open = json("open", Map.of("cluster", "temporal://lab.example.org:7233/aiv1"));
        for (JsonNode keyless : List.of(json, open)) {
            assertThat(keyless.toString()).doesNotContain("AIV1_CLUSTER_KEY");
        }
    }

    @Test
    void a_server_elsewhere_that_cannot_be_is_refused() {
        assertThatThrownBy(() -> template("nowhere", Map.of("cluster", "lab.example.org")))
                .hasMessageContaining("expected temporal://HOST:PORT/NAMESPACE");
        assertThatThrownBy(
                        () ->
                                template(
                                        "clear",
                                        Map.of(
                                                "cluster",
                                                "temporal://lab:7233/aiv1",
                                                "cluster-key",
                                                "its-key")))
                .hasMessageContaining("cluster-key: expected temporals:// beside it");
    }

    private static JsonNode json(String name, Map<String, Object> context) {
        return MAPPER.valueToTree(template(name, context).toJSON());
    }

    /// Requirement 24: the server is reached by the groups of those who work with it, and a worker
    /// by nobody.
    @Test
    void security_groups_name_each_other_and_nobody_reaches_a_worker() {
        List<String> rules = new ArrayList<>();
        for (JsonNode rule : resources("AWS::EC2::SecurityGroupIngress")) {
            rules.add(
                    "%s -> %s:%s"
                            .formatted(
                                    group(rule.path("SourceSecurityGroupId")),
                                    group(rule.path("GroupId")),
                                    rule.path("FromPort").asString()));
        }
        assertThat(rules)
                .containsExactlyInAnyOrder(
                        "Workers -> Server:7233",
                        "Orchestrator -> Server:7233",
                        "Queue -> Server:7233",
                        "Balancer -> Page:8090");
        for (JsonNode group : resources("AWS::EC2::SecurityGroup")) {
            boolean isBalancer = group.path("GroupDescription").asString().equals("AiV1 Balancer");
            assertThat(group.has("SecurityGroupIngress"))
                    .as(group.path("GroupDescription").asString())
                    .isEqualTo(isBalancer);
        }
    }

    /// Requirement 9: a container that does not end well keeps those behind it from starting.
    @Test
    void workers_and_orchestrator_start_behind_a_preflight() {
        List<String> order = new ArrayList<>();
        for (JsonNode container : containers()) {
            for (JsonNode after : container.path("DependsOn")) {
                assertThat(after.path("Condition").asString()).isEqualTo("SUCCESS");
                order.add(
                        after.path("ContainerName").asString()
                                + " before "
                                + container.path("Name").asString());
            }
        }
        assertThat(order)
                .containsExactlyInAnyOrder(
                        "preflight before worker",
                        "preflight before worker",
                        "preflight before cluster-preflight",
                        "cluster-preflight before orchestrator");
    }

    @Test
    void every_command_and_variable_is_one_of_the_program() {
        Set<String> known =
                Keys.all().stream().map(Key::environmentName).collect(Collectors.toSet());
        int count = 0;
        for (JsonNode container : containers()) {
            if (container.path("Name").asString().equals("server")) {
                continue;
            }
            String[] words =
                    container
                            .path("Command")
                            .valueStream()
                            .map(word -> word.asString())
                            .toArray(String[]::new);
            assertThat(Aiv1Command.commandLine().parseArgs(words).hasSubcommand()).isTrue();
            for (String kind : List.of("Environment", "Secrets")) {
                for (JsonNode variable : container.path(kind)) {
                    String name = variable.path("Name").asString();
                    // The CDK adds the region.
                    if (!name.equals("AWS_REGION")) {
                        assertThat(known).contains(name);
                        count++;
                    }
                }
            }
        }
        assertThat(count).isGreaterThan(50);
    }

    /// Requirement 13: each setting of the file is a parameter, and every container of the lab
    /// reads it from there when it starts.
    @Test
    void settings_are_parameters_that_every_new_task_reads() {
        Map<String, String> parameters = new TreeMap<>();
        for (JsonNode parameter : resources("AWS::SSM::Parameter")) {
            parameters.put(parameter.path("Name").asString(), parameter.path("Value").asString());
        }
        assertThat(parameters)
                .hasSize(6)
                .containsEntry("/aiv1/settings/experiments", "100")
                .containsEntry("/aiv1/settings/clips", "cars,rapids");
        for (JsonNode container : containers()) {
            if (!container.path("Name").asString().equals("server")) {
                long read =
                        container
                                .path("Secrets")
                                .valueStream()
                                .filter(
                                        secret ->
                                                secret.path("ValueFrom")
                                                        .toString()
                                                        .contains("\"Ref\":\"Setting"))
                                .count();
                assertThat(read).as(container.path("Name").asString()).isEqualTo(6);
            }
        }
    }

    @Test
    void ledger_and_artifacts_are_what_the_program_makes_and_stay() {
        template.hasResource(
                "AWS::DynamoDB::Table",
                Map.of(
                        "DeletionPolicy",
                        "Retain",
                        "Properties",
                        Match.objectLike(
                                Map.of(
                                        "BillingMode",
                                        "PAY_PER_REQUEST",
                                        "KeySchema",
                                        List.of(
                                                Map.of(
                                                        "AttributeName", "pk",
                                                        "KeyType", "HASH"),
                                                Map.of(
                                                        "AttributeName", "sk",
                                                        "KeyType", "RANGE"))))));
        template.hasResource(
                "AWS::S3::Bucket",
                Map.of(
                        "DeletionPolicy",
                        "Retain",
                        "Properties",
                        Match.objectLike(
                                Map.of(
                                        "PublicAccessBlockConfiguration",
                                        Map.of(
                                                "BlockPublicAcls", true,
                                                "BlockPublicPolicy", true,
                                                "IgnorePublicAcls", true,
                                                "RestrictPublicBuckets", true)))));
    }

    @Test
    void workers_may_be_taken_away_and_come_with_the_work() {
        assertThat(resources("AWS::AutoScaling::AutoScalingGroup"))
                .hasSize(3)
                .filteredOn(group -> group.path("CapacityRebalance").asBoolean())
                .hasSize(2);
        assertThat(resources("AWS::ApplicationAutoScaling::ScalingPolicy"))
                .hasSize(2)
                .allSatisfy(
                        policy ->
                                assertThat(policy.toString())
                                        .contains("work / IF(workers > 0, workers, 1)"));
        assertThat(resources("AWS::Logs::MetricFilter"))
                .extracting(filter -> filter.path("FilterPattern").asString())
                .containsExactlyInAnyOrder(
                        "{ $.unfinished = \"*\" }",
                        "{ $.workers = \"*\" }",
                        "{ $.waiting = \"*\" }",
                        "{ $.workers = \"*\" }");
        template.hasResourceProperties(
                "AWS::ECS::TaskDefinition",
                Match.objectLike(
                        Map.of(
                                "ContainerDefinitions",
                                Match.arrayWith(
                                        List.of(
                                                Match.objectLike(
                                                        Map.of(
                                                                "Name",
                                                                "worker",
                                                                "ResourceRequirements",
                                                                List.of(
                                                                        Map.of(
                                                                                "Type", "GPU",
                                                                                "Value",
                                                                                "1")))))))));
    }

    @Test
    void machines_have_the_profile_of_sandboxes_and_room_for_it() {
        for (JsonNode launch : resources("AWS::EC2::LaunchTemplate")) {
            String data =
                    launch.path("LaunchTemplateData")
                            .path("UserData")
                            .path("Fn::Base64")
                            .toString();
            assertThat(data).contains("pivot_root").contains("seccomp-profile");
            // EC2's own limit; with quotes escaped it is longer than it will be.
            assertThat(data.length()).isBetween(1_000, 16_384);
            assertThat(launch.path("LaunchTemplateData").path("MetadataOptions").toString())
                    .contains("\"HttpTokens\":\"required\"");
        }
        for (JsonNode container : containers()) {
            assertThat(container.path("Privileged").asBoolean(false)).isFalse();
            assertThat(container.path("User").asString()).isEqualTo("10001:10001");
        }
        List<String> unbounded =
                containers().stream()
                        .filter(
                                one ->
                                        !one.path("DockerSecurityOptions")
                                                .toString()
                                                .contains("no-new-privileges"))
                        .map(one -> one.path("Name").asString())
                        .toList();
        // On Fargate the option is not to be had.
        assertThat(unbounded).containsExactlyInAnyOrder("server", "queue", "queue");
    }

    @Test
    void cloudformations_linter_takes_it() throws Exception {
        Path file = folder.resolve("template.json");
        Files.writeString(file, MAPPER.writeValueAsString(json));
        Process process;
        try {
            process =
                    new ProcessBuilder("cfn-lint", "--format", "parseable", file.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException absent) {
            System.err.println("THE TEMPLATE IS NOT LINTED: no cfn-lint (pip install cfn-lint)");
            return;
        }
        String said = new String(process.getInputStream().readAllBytes());
        // Warnings have statuses of their own; errors are odd ones.
        assertThat(process.waitFor() & 2).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains(":E"))).isEmpty();
    }

    @Test
    void it_comes_to_what_was_last_looked_at() throws IOException {
        Path file = DEPLOY.resolve("snapshots/aws.json");
        Object sorted = MAPPER.treeToValue(json, Object.class);
        String text = MAPPER.writeValueAsString(sorted) + "\n";
        if ("update".equals(System.getProperty("snapshots"))) {
            Files.writeString(file, text);
        }
        assertThat(text)
                .as("%s; if that is meant: mvn -Dsnapshots=update, and read the difference", file)
                .isEqualTo(Files.readString(file));
    }

    private static List<JsonNode> resources(String type) {
        return resources(json, type);
    }

    private static List<JsonNode> resources(JsonNode stack, String type) {
        return stack.path("Resources")
                .valueStream()
                .filter(one -> one.path("Type").asString().equals(type))
                .map(one -> one.path("Properties"))
                .toList();
    }

    private static List<JsonNode> containers() {
        return containers(json);
    }

    private static List<JsonNode> containers(JsonNode stack) {
        return resources(stack, "AWS::ECS::TaskDefinition").stream()
                .flatMap(task -> task.path("ContainerDefinitions").valueStream())
                .toList();
    }

    private static String group(JsonNode reference) {
        return reference.path("Fn::GetAtt").path(0).asString().replaceFirst("Group[0-9A-F]+$", "");
    }
}
