package aiv1.cli.command;

import aiv1.cli.config.Configuration;
import aiv1.cli.lab.Build;
import aiv1.cli.lab.ClusterSide;
import aiv1.cli.lab.Evaluators;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.StoreSetup;
import aiv1.cli.terminal.TextTable;
import aiv1.cluster.Preflight;
import aiv1.domain.LabFaultException;
import aiv1.media.Anchor;
import aiv1.sandbox.CanaryResult;
import aiv1.sandbox.Sandbox;
import aiv1.wire.Json;
import aiv1.worker.CanaryCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "doctor",
        description =
                "Says what this machine gives: JDK, sandbox tier (really tried), python, ffmpeg, encoders, disk, stores, and whether it measures right.",
        footer = {
            "",
            "Example:",
            "  aiv1 doctor",
            "  aiv1 doctor --worker http://name:8080",
            "  aiv1 doctor --cluster temporal://queue:7233/aiv1",
            "",
            "Exit: 0 all there; 69 something is missing."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final long FREE_BYTES_MIN = 1L << 30;

    @Mixin private GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--worker",
            paramLabel = "URL",
            description =
                    "Looks at workers from here instead, everything that a run needs of them: name, connection, TLS, build, clock, token, disk, canary codec. Once for each, or file:PATH.")
    private List<String> workers = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description =
                    "Looks at a cluster from here instead: server, namespace, workers of this build with the capability that settings name.")
    private @Nullable String cluster;

    /// One thing that was looked at.
    private record Finding(String what, boolean isGood, String detail) {}

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = global.configuration(Map.of());
        if (!workers.isEmpty() || cluster != null) {
            return examineOthers(configuration);
        }
        List<Finding> findings = new ArrayList<>();
        try (Lab lab = new Lab(configuration)) {
            findings.add(new Finding("build", true, Build.id()));
            findings.add(
                    new Finding(
                            "java",
                            Runtime.version().feature() == 25,
                            Runtime.version() + " at " + System.getProperty("java.home")));
            findings.add(disk(lab));
            findings.add(tried("ffmpeg", () -> lab.ffmpeg().identity()));
            findings.add(tried("encoders", () -> encoders(lab)));
            findings.add(
                    tried(
                            "clips",
                            () ->
                                    lab.clips().list().size()
                                            + " in "
                                            + lab.home().resolve("clips")));
            findings.add(tried("ledger", () -> StoreSetup.checkLedger(lab)));
            findings.add(tried("artifacts", () -> StoreSetup.checkArtifacts(lab)));
            if (StoreSetup.isSplit(lab.stores())) {
                findings.add(
                        new Finding(
                                "stores",
                                false,
                                "the ledger is in DynamoDB, artifacts are on this machine alone: expected both where others reach them (--artifacts s3://...)"));
            }
            Finding sandbox = tried("sandbox", () -> "tier " + lab.sandbox().tier().label());
            findings.add(sandbox);
            if (sandbox.isGood()) {
                addSandboxFindings(lab.sandbox(), findings);
                findings.add(tried("canary codec", () -> CanaryCodec.require(lab.sandbox())));
            }
        }
        System.out.println(global.isJson() ? json(findings) : text(findings));
        return findings.stream().allMatch(Finding::isGood) ? ExitCode.DONE : ExitCode.MISSING;
    }

    private int examineOthers(Configuration configuration) throws InterruptedException {
        List<Preflight.Finding> findings =
                new ArrayList<>(
                        Evaluators.examine(configuration, Evaluators.sources("--worker", workers)));
        if (cluster != null) {
            findings.addAll(ClusterSide.examine(configuration, cluster));
        }
        System.out.println(
                global.isJson()
                        ? WorkersText.findingsJson(findings)
                        : WorkersText.findings(findings));
        return findings.stream().allMatch(Preflight.Finding::isGood)
                ? ExitCode.DONE
                : ExitCode.MISSING;
    }

    private static void addSandboxFindings(Sandbox sandbox, List<Finding> findings) {
        findings.add(
                new Finding(
                        "python",
                        true,
                        "%s, numpy %s, scipy %s, numba %s"
                                .formatted(
                                        sandbox.python().version(),
                                        sandbox.python().numpy(),
                                        sandbox.python().scipy(),
                                        sandbox.python().numba())));
        findings.add(
                new Finding(
                        "C compiler",
                        !sandbox.python().gcc().equals("absent"),
                        "gcc " + sandbox.python().gcc()));
        for (CanaryResult canary : sandbox.canaries()) {
            findings.add(
                    new Finding("canary " + canary.name(), canary.contained(), canary.detail()));
        }
    }

    private static String encoders(Lab lab) {
        List<String> missing =
                lab.catalogue().anchors().stream()
                        .filter(anchor -> !lab.ffmpeg().hasEncoder(anchor.encoder()))
                        .map(Anchor::name)
                        .toList();
        if (!missing.isEmpty()) {
            throw new LabFaultException("missing for " + String.join(", ", missing));
        }
        return "all anchors can be encoded";
    }

    private static Finding disk(Lab lab) {
        try {
            long free = Files.getFileStore(lab.home()).getUsableSpace();
            return new Finding(
                    "disk",
                    free >= FREE_BYTES_MIN,
                    "%d MiB free at %s".formatted(free >> 20, lab.home()));
        } catch (IOException e) {
            throw new UncheckedIOException(lab.home().toString(), e);
        }
    }

    private static Finding tried(String what, Supplier<String> look) {
        try {
            return new Finding(what, true, look.get());
        } catch (LabFaultException e) {
            return new Finding(what, false, String.valueOf(e.getMessage()));
        }
    }

    private static String text(List<Finding> findings) {
        TextTable table = new TextTable().left("what").left("state").left("detail");
        findings.forEach(
                finding ->
                        table.row(
                                finding.what(),
                                finding.isGood() ? "ok" : "MISSING",
                                finding.detail()));
        return table.toString();
    }

    private static String json(List<Finding> findings) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode one = list.addObject();
            one.put("what", finding.what());
            one.put("ok", finding.isGood());
            one.put("detail", finding.detail());
        }
        return Json.pretty(document);
    }
}
