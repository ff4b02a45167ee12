package aiv1.cluster.local;

import aiv1.cluster.temporal.ClusterAccess;
import aiv1.cluster.temporal.ClusterAddress;
import aiv1.cluster.temporal.ClusterProbe;
import aiv1.cluster.temporal.Searchable;
import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A Temporal server and workers on this machine. Start reading here.
///
/// Whatever of them dies is started again, the server with its database and at its port, until the
/// cluster is closed, which ends all. The server listens on loopback only and keeps what it knows
/// below `folder`. Thread-safe.
public final class LocalCluster implements AutoCloseable {
    private static final Duration SERVER_START_TIME_MAX = Duration.ofMinutes(1);
    private static final Duration WORKER_START_TIME_MAX = Duration.ofMinutes(2);
    private static final Duration SERVER_END_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration WORKER_END_TIME_MAX = Duration.ofSeconds(5);
    private static final String NAMESPACE = "aiv1";

    private final ClusterAddress address;
    private final LineListener listener;
    private final List<Supervised> workers = new ArrayList<>();
    private final Supervised server;

    /// Hears the lines of each process by its name, such as `worker-1`; `isResult` for those on
    /// standard output. Called from several threads.
    @FunctionalInterface
    public interface LineListener {
        void line(String process, boolean isResult, String text);
    }

    private LocalCluster(ClusterAddress address, Supervised server, LineListener listener) {
        this.address = address;
        this.server = server;
        this.listener = listener;
    }

    /// Starts the server, at a free port when `port` is 0; it answers when this returns. Throws
    /// [LabFaultException] when it does not.
    public static LocalCluster start(Path program, Path folder, int port, LineListener listener)
            throws InterruptedException {
        ClusterAddress address =
                new ClusterAddress("127.0.0.1", port == 0 ? freePort() : port, NAMESPACE);
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new LabFaultException(folder + ": cannot be made", failure);
        }
        Supervised server =
                new Supervised(
                        "server",
                        serverCommand(program, folder, address.port()),
                        listener,
                        text -> {});
        LocalCluster cluster = new LocalCluster(address, server, listener);
        server.start();
        try {
            ClusterProbe.awaitServer(ClusterAccess.open(address), SERVER_START_TIME_MAX);
        } catch (InterruptedException | LabFaultException failure) {
            cluster.close();
            throw failure;
        }
        return cluster;
    }

    public ClusterAddress address() {
        return address;
    }

    /// What the command lines of its processes carry, by which strays are found.
    public static String mark(Path folder) {
        return folder.toAbsolutePath().normalize().resolve("temporal.db").toString();
    }

    /// Starts a worker; it takes work when this returns.
    public void startWorker(String name, List<String> command) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        Supervised worker =
                new Supervised(
                        name,
                        command,
                        listener,
                        text -> {
                            if (text.startsWith("worker ")) {
                                ready.countDown();
                            }
                        });
        synchronized (this) {
            workers.add(worker);
        }
        worker.start();
        if (!ready.await(WORKER_START_TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
            throw new LabFaultException(
                    "%s: expected it to take work within %d s, got nothing from it"
                            .formatted(name, WORKER_START_TIME_MAX.toSeconds()));
        }
    }

    /// The process id of the server, while it is alive.
    public Optional<Long> serverProcess() {
        return server.processId();
    }

    /// The process ids of the workers that are alive.
    public synchronized List<Long> workerProcesses() {
        return workers.stream().flatMap(worker -> worker.processId().stream()).toList();
    }

    @Override
    public void close() {
        List<Supervised> all;
        synchronized (this) {
            all = List.copyOf(workers);
        }
        all.forEach(Supervised::stop);
        all.forEach(worker -> worker.end(WORKER_END_TIME_MAX));
        server.stop();
        server.end(SERVER_END_TIME_MAX);
    }

    private static List<String> serverCommand(Path program, Path folder, int port) {
        List<String> line = new ArrayList<>();
        for (String name : Searchable.names()) {
            line.addAll(List.of("--search-attribute", name + "=Keyword"));
        }
        line.addAll(
                0,
                List.of(
                        program.toString(),
                        "server",
                        "start-dev",
                        "--ip",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--headless",
                        "--db-filename",
                        mark(folder),
                        "--sqlite-pragma",
                        "journal_mode=wal",
                        "--sqlite-pragma",
                        "synchronous=2",
                        "--namespace",
                        NAMESPACE,
                        "--log-level",
                        "error"));
        return line;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new LabFaultException("no free port on loopback", failure);
        }
    }
}
