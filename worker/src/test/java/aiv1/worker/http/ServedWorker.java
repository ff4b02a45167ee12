package aiv1.worker.http;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import aiv1.media.ClipLibrary;
import aiv1.media.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A worker that listens on this machine, for tests that are its clients; the evaluator is
/// scripted.
abstract class ServedWorker {
    static final Ffmpeg FFMPEG = Ffmpeg.open(Ffmpeg.defaultProgram(System.getenv()));
    static final String TOKEN = "a-token-that-nobody-guesses";
    static final String PLAIN =
            """
            {"experiment_id": "%s", "timestamp": 1760805973,
             "encoding_code": "def run_encoding_agent(device='cpu'):\\n    return {}\\n",
             "decoding_code": "def run_decoding_agent(device='cpu', encoding_data=None):\\n    return {}\\n"}
            """;

    @TempDir Path folder;
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    final AtomicInteger evaluated = new AtomicInteger();
    final CountDownLatch goOn = new CountDownLatch(1);
    volatile boolean isHeld;
    volatile boolean isFaulty;
    final Map<ArtifactId, byte[]> artifacts = new HashMap<>();
    ClipLibrary clips;
    WorkerServer server;

    @BeforeEach
    void serve() {
        clips = ClipLibrary.open(folder.resolve("clips"), FFMPEG);
        Clip usual = clips.find("rapids").orElseThrow();
        server =
                new WorkerServer(
                        new WorkerServer.Address(
                                "127.0.0.1",
                                0,
                                Optional.of(TOKEN),
                                requestsPerSecondMax(),
                                silenceTimeMax(),
                                Optional.empty()),
                        new WorkerParts(
                                new WorkerIdentity(
                                        new Provenance("b", "m", "B", "f", "p", "n", "w"),
                                        4711,
                                        Instant.EPOCH),
                                this::evaluate,
                                clips,
                                clipCacheBytesMax(),
                                new ArtifactStore() {
                                    @Override
                                    public ArtifactId put(byte[] bytes) {
                                        artifacts.put(ArtifactId.of(bytes), bytes);
                                        return ArtifactId.of(bytes);
                                    }

                                    @Override
                                    public Optional<byte[]> find(ArtifactId id) {
                                        return Optional.ofNullable(artifacts.get(id));
                                    }
                                },
                                new WorkerParts.Usual(
                                        List.of(usual), List.of("x264-medium"), LimitClass.LIGHT),
                                1,
                                List.of("cpu", "tier-b"),
                                () -> "right",
                                (result, bitstreams) -> List.of("scripted"),
                                isSupervised()),
                        new RequestLog(
                                new PrintStream(log, true, StandardCharsets.UTF_8),
                                RequestLog.Form.JSON));
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        server.close();
        client.close();
    }

    /// How often a peer may ask.
    int requestsPerSecondMax() {
        return 1000;
    }

    /// How long who sends may say nothing.
    Duration silenceTimeMax() {
        return WorkerServer.SILENCE_TIME_MAX;
    }

    /// The bound of its clip cache.
    long clipCacheBytesMax() {
        return 1L << 30;
    }

    /// Whether the worker says that it would be started again.
    boolean isSupervised() {
        return false;
    }

    private ExperimentResult evaluate(Experiment experiment, Progress progress) {
        evaluated.incrementAndGet();
        if (isFaulty) {
            throw new IllegalStateException("scripted fault");
        }
        progress.report(new Progress.Event.Phase(experiment.id(), "rapids", 0, Stage.ENCODE, 3, 8));
        RunOutcome.NotMeasured verdict =
                new RunOutcome.Crashed(
                        Failure.of(Stage.ENCODE, FailureCategory.EXCEPTION, "scripted"));
        try {
            if (isHeld) {
                goOn.await();
            }
        } catch (InterruptedException stopped) {
            verdict =
                    new RunOutcome.Cancelled(
                            Failure.of(Stage.ENCODE, FailureCategory.CANCELLED, "stopped"));
        }
        return new ExperimentResult(
                experiment,
                Optional.of(verdict),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                new Provenance("b", "m", "B", "f", "p", "n", "w"),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return client.send(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, byte[] file, int from, int to)
            throws IOException, InterruptedException {
        return client.send(
                request(path).PUT(BodyPublishers.ofByteArray(file, from, to - from)).build(),
                BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
