package aiv1.cli.command;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.ClusterSide;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.TlsFiles;
import aiv1.domain.experiment.Provenance;
import aiv1.worker.CanaryCodec;
import aiv1.worker.http.RequestLog;
import aiv1.worker.http.WorkerIdentity;
import aiv1.worker.http.WorkerParts;
import aiv1.worker.http.WorkerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "worker",
        description = "Carries out experiments that come over HTTP, or by a cluster.",
        footer = {
            "",
            "Example:",
            "  AIV1_WORKER_TOKEN=... aiv1 worker --host 0.0.0.0",
            "",
            "Ctrl-C once finishes what runs and takes no more, twice ends at once.",
            "Exit: as always, and 75 when it is to be started again, which the launcher does.",
        },
        subcommands = WorkerRestartCommand.class)
final class WorkerCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    @Mixin private GlobalOptions global = new GlobalOptions();

    @Option(names = "--port", paramLabel = "N", description = "Where it listens (default 8080).")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description =
                    "On which of this machine's addresses (default 127.0.0.1, which others do not reach).")
    private @Nullable String host;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What results call it (default: the machine's name).")
    private @Nullable String name;

    @Option(
            names = "--announce",
            paramLabel = "FILE",
            description = "Writes its URL into this file, for 'aiv1 run --worker file:FILE'.")
    private @Nullable String announce;

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description =
                    "Takes work from a Temporal server, temporal://HOST:PORT/NAMESPACE, and listens nowhere.")
    private @Nullable String cluster;

    @Option(
            names = "--log",
            paramLabel = "FORM",
            description = "What it did, on standard error: json (a line each; default) or text.")
    private @Nullable String log;

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = global.configuration(flags());
        Optional<String> clusterUrl = configuration.optional(Keys.CLUSTER);
        WorkerServer.Address address = address(configuration);
        try (Lab lab = new Lab(configuration);
                Interrupts interrupts = Interrupts.install()) {
            // A worker that measures wrong must not take work.
            String canary = CanaryCodec.require(lab.sandbox());
            WorkerIdentity identity =
                    new WorkerIdentity(
                            lab.provenance(name(configuration)),
                            ProcessHandle.current().pid(),
                            Instant.now());
            if (clusterUrl.isPresent()) {
                return ClusterWorking.work(
                        lab,
                        clusterUrl.get(),
                        identity.provenance(),
                        canary,
                        form(configuration) == RequestLog.Form.JSON,
                        interrupts);
            }
            RequestLog log = new RequestLog(System.err, form(configuration));
            try (WorkerServer server = new WorkerServer(address, parts(lab, identity), log)) {
                interrupts.onFirst(
                        () -> {
                            System.err.println(
                                    "aiv1: draining: what runs is finished; again ends at once");
                            server.end();
                        });
                announce(configuration, address, server.port());
                System.out.println(opening(address, server.port(), identity, canary));
                return server.awaitEnd() ? ExitCode.RESTART : ExitCode.DONE;
            }
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (port != null) {
            flags.put(Keys.WORKER_PORT.name(), port);
        }
        if (host != null) {
            flags.put(Keys.WORKER_HOST.name(), host);
        }
        if (name != null) {
            flags.put(Keys.WORKER_NAME.name(), name);
        }
        if (log != null) {
            flags.put(Keys.WORKER_LOG.name(), log);
        }
        if (cluster != null) {
            flags.put(Keys.CLUSTER.name(), cluster);
        }
        if (announce != null) {
            flags.put(Keys.WORKER_ANNOUNCE.name(), announce);
        }
        return flags;
    }

    private static WorkerServer.Address address(Configuration configuration) {
        long port = configuration.whole(Keys.WORKER_PORT);
        if (port < 0 || port > PORT_MAX) {
            throw new ConfigurationException(
                    List.of("worker-port: expected 0 to %d, got %d".formatted(PORT_MAX, port)));
        }
        String host = configuration.text(Keys.WORKER_HOST);
        Optional<String> token = configuration.optional(Keys.WORKER_TOKEN);
        if (token.isEmpty() && !isLoopback(host)) {
            throw new ConfigurationException(
                    List.of(
                            "worker-token: expected one for a worker that others reach (worker-host %s), got none: whoever reaches it could run code here"
                                    .formatted(host)));
        }
        boolean areAskersChecked = configuration.optional(Keys.TLS_TRUST).isPresent();
        Optional<WorkerServer.Certificates> certificates =
                configuration.optional(Keys.TLS_KEYS).isEmpty()
                        ? Optional.empty()
                        : TlsFiles.open(configuration)
                                .map(
                                        context ->
                                                new WorkerServer.Certificates(
                                                        context, areAskersChecked));
        return new WorkerServer.Address(
                host,
                (int) port,
                token,
                configuration.positive(Keys.WORKER_RATE),
                WorkerServer.SILENCE_TIME_MAX,
                certificates);
    }

    private static RequestLog.Form form(Configuration configuration) {
        return switch (configuration.text(Keys.WORKER_LOG)) {
            case "json" -> RequestLog.Form.JSON;
            case "text" -> RequestLog.Form.TEXT;
            default ->
                    throw new ConfigurationException(
                            List.of(
                                    "worker-log: expected json or text, got '%s'"
                                            .formatted(configuration.text(Keys.WORKER_LOG))));
        };
    }

    private static boolean isSupervised(Configuration configuration) {
        return switch (configuration.text(Keys.WORKER_SUPERVISED)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new ConfigurationException(
                            List.of(
                                    "worker-supervised: expected true or false, got '%s'"
                                            .formatted(
                                                    configuration.text(Keys.WORKER_SUPERVISED))));
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new ConfigurationException(
                    List.of(
                            "worker-host: expected a name or address of this machine, got '%s'"
                                    .formatted(host)));
        }
    }

    static WorkerParts parts(Lab lab, WorkerIdentity identity) {
        Provenance provenance = identity.provenance();
        return new WorkerParts(
                identity,
                lab.evaluator(provenance.worker()),
                lab.clips(),
                (long) lab.configuration().positive(Keys.WORKER_CLIP_CACHE) << 20,
                lab.artifacts(),
                new WorkerParts.Usual(
                        lab.chosen().clips(), lab.chosen().anchors(), lab.chosen().limitClass()),
                lab.configuration().positive(Keys.WORKER_SLOTS),
                ClusterSide.capabilities(lab, provenance),
                () -> CanaryCodec.require(lab.sandbox()),
                (result, bitstreams) -> lab.verification().differences(result, bitstreams),
                isSupervised(lab.configuration()));
    }

    private static String name(Configuration configuration) {
        return configuration.optional(Keys.WORKER_NAME).orElseGet(WorkerCommand::machine);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unnamed";
        }
    }

    /// In one step, so that nobody reads half a URL. A worker that listens on every address is
    /// known by the machine's name.
    private static void announce(
            Configuration configuration, WorkerServer.Address address, int port) {
        String host = address.host();
        Optional<String> file = configuration.optional(Keys.WORKER_ANNOUNCE);
        if (file.isEmpty()) {
            return;
        }
        String known = isAnyAddress(host) ? machine() : host;
        Path path = Path.of(file.get()).toAbsolutePath();
        try {
            Path draft = Files.createTempFile(path.getParent(), ".announce", "");
            Files.writeString(draft, "%s://%s:%d\n".formatted(scheme(address), known, port));
            Files.move(
                    draft,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(
                            "worker-announce: expected a file that can be written, got %s: %s"
                                    .formatted(path, e.getMessage())));
        }
    }

    private static boolean isAnyAddress(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static String scheme(WorkerServer.Address address) {
        return address.certificates().isPresent() ? "https" : "http";
    }

    private static String opening(
            WorkerServer.Address address, int port, WorkerIdentity identity, String canary) {
        return "worker at %s://%s:%d, build %s, process %d\n%s"
                .formatted(
                        scheme(address),
                        address.host(),
                        port,
                        identity.provenance().build(),
                        identity.processId(),
                        canary);
    }
}
