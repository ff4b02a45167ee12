package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.WorkerProcesses.Worker;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.LimitClass;
import aiv1.wire.ClipJson;
import aiv1.wire.ExperimentOrderJson;
import aiv1.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A worker process that has more to do than it has room for.
@Timeout(300)
class LoadedWorkerTest {
    private static final FrameRate RATE = new FrameRate(25, 1);
    private static final long POLL_NANOS = 20_000_000;

    private static final String SPINNING =
            """
            {"experiment_id": "spin-%d", "timestamp": 1,
             "encoding_code": "def encode(clip, quality):\\n    while True: pass\\n",
             "decoding_code": "def decode(bitstream):\\n    yield None\\n"}
            """;

    /// Reads every frame; its decoder gives as many grey ones, and then breaks.
    private static final String READING =
            """
            def encode(clip, quality):
                count = sum(1 for y, u, v in clip)
                return bytes([count, clip.width // 16, clip.height // 16])
            """;

    private static final String BREAKING =
            """
            import numpy as np

            def decode(bitstream):
                width, height = bitstream[1] * 16, bitstream[2] * 16
                y = np.full((height, width), 128, np.uint8)
                u = np.full((height // 2, width // 2), 128, np.uint8)
                for _ in range(bitstream[0]):
                    yield y, u, u
                raise ValueError('all frames were given')
            """;

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private WorkerProcesses processes = new WorkerProcesses(Path.of("."));

    @BeforeEach
    void prepare() {
        processes = new WorkerProcesses(folder);
    }

    @AfterEach
    void stop() {
        processes.close();
        client.close();
    }

    /// Requirement 5. The codecs spin until their time is up, on every processor of the machine.
    /// More answers come in that one phase than it may have seconds: so they took less than one
    /// each on average, without a look at a clock.
    @Test
    void health_is_answered_within_a_second_while_all_cores_burn() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        Path settings =
                Files.writeString(
                        folder.resolve("settings.yaml"),
                        "worker-slots: %d\nparallel-runs: %d\nclips: rapids\nframes: 2\n"
                                .formatted(processors, 2 * processors));
        Worker worker = processes.start("busy", "--config", settings.toString());
        for (int i = 0; i < processors; i++) {
            send(worker, "/experiment", BodyPublishers.ofString(SPINNING.formatted(i)));
        }
        while (encoders(worker) < processors) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        Clip clip = clip("0".repeat(64), new VideoFormat(176, 96, RATE), 2);
        long answers = LimitClass.LIGHT.encodeLimit(clip).wallTimeMax().toSeconds() + 1;
        for (int i = 0; i < answers; i++) {
            JsonNode health = get(worker, i % 2 == 0 ? "/health" : "/status");
            assertThat(health.path("process_id").asLong()).isEqualTo(worker.process().pid());
        }
        assertThat(encoders(worker)).isEqualTo(processors);
    }

    /// Requirement 16. The clip is twice as large as the worker's heap.
    @Test
    void a_clip_larger_than_the_heap_is_received_and_read() throws Exception {
        Worker worker = processes.start(List.of("-Xmx64m"), "small");
        Path file = folder.resolve("large.y4m");
        Clip clip = writeClip(file, 1920, 1088, 43);
        assertThat(Files.size(file)).isGreaterThan(2 * (64L << 20));
        send(worker, "/clips", BodyPublishers.ofString(Json.line(ClipJson.write(clip))));
        HttpRequest upload =
                request(worker, "/clips/" + clip.id().sha256())
                        .PUT(BodyPublishers.ofFile(file))
                        .build();
        JsonNode received =
                Json.parse(client.send(upload, BodyHandlers.ofString()).body(), "received");
        assertThat(received.path("complete").asBoolean()).as(received.toString()).isTrue();
        JsonNode done =
                send(
                        worker,
                        "/experiment?wait=250",
                        BodyPublishers.ofString(
                                Json.line(ExperimentOrderJson.write(experiment(clip)))));
        JsonNode failure = done.path("experiment").path("failure");
        assertThat(failure.path("message").asString()).isEqualTo("all frames were given");
        assertThat(failure.path("frame_reached").asInt()).isEqualTo(clip.frameCount());
    }

    private static Experiment experiment(Clip clip) {
        return new Experiment(
                new ExperimentId("large-1"),
                Optional.empty(),
                new Proposal(
                        new Candidate(
                                Map.of(Part.ENCODER, READING, Part.DECODER, BREAKING),
                                Contract.NATIVE),
                        "",
                        List.of(),
                        "test"),
                List.of(clip),
                List.of("x264-medium"),
                LimitClass.LIGHT);
    }

    /// Each frame is of one value, in the one form in which clips cross.
    private static Clip writeClip(Path file, int width, int height, int frames) throws Exception {
        VideoFormat format = new VideoFormat(width, height, RATE);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            out.write(ascii("YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C420\n".formatted(width, height)));
            byte[] frame = new byte[format.frameBytes()];
            for (int number = 0; number < frames; number++) {
                Arrays.fill(frame, (byte) (60 + number));
                out.write(ascii("FRAME\n"));
                out.write(frame);
            }
        }
        return clip(HexFormat.of().formatHex(digest.digest()), format, frames);
    }

    private static Clip clip(String sha256, VideoFormat format, int frames) {
        return new Clip(
                new ClipId(sha256),
                "large",
                format,
                frames,
                new ClipOrigin("made", "none", "one value a frame"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// How many experiments encode just now.
    private long encoders(Worker worker) throws Exception {
        return get(worker, "/status")
                .path("running")
                .valueStream()
                .filter(one -> one.path("progress").path("stage").asString("").equals("encode"))
                .count();
    }

    private JsonNode get(Worker worker, String path) throws Exception {
        return answer(request(worker, path).build());
    }

    private JsonNode send(Worker worker, String path, BodyPublisher body) throws Exception {
        return answer(request(worker, path).POST(body).build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        return Json.parse(client.send(request, BodyHandlers.ofString()).body(), "answer");
    }

    private static HttpRequest.Builder request(Worker worker, String path) {
        return HttpRequest.newBuilder(URI.create(worker.place() + path));
    }
}
