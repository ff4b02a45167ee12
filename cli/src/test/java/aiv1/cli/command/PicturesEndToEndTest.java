package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.domain.Sha256;
import aiv1.media.Ffmpeg;
import aiv1.wire.Json;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the page shows of a codec that was really measured, asked as a browser asks and checked
/// with ffmpeg.
@Timeout(300)
class PicturesEndToEndTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int FRAMES = 8;
    private static final int FRAME_BYTES = WIDTH * HEIGHT * 3 / 2;

    @TempDir private static Path folder;
    private static Path home;
    private static byte[] clip;
    private static JsonNode measured;
    private static Process page;
    private static BufferedReader out;
    private static String url;
    private static HttpClient client;

    @BeforeAll
    static void measure_and_open_the_page() throws Exception {
        home = folder.resolve("home");
        Path file = TestClip.write(folder.resolve("waves.y4m"), WIDTH, HEIGHT, FRAMES);
        clip = decoded(file);
        Program program = new Program(home);
        assertThat(program.run("clip", "import", file.toString(), "--name", "waves").status())
                .isZero();
        Answer answer =
                program.run(
                        "evaluate",
                        Path.of(System.getProperty("aiv1.root"), "examples", "still-dct")
                                .toString(),
                        "--clip",
                        "waves",
                        "--frames",
                        Integer.toString(FRAMES),
                        "--anchor",
                        "x264-medium",
                        "--json");
        assertThat(answer.status()).as(answer.err()).isZero();
        measured = answer.json();
        page = ChildProgram.start(home, "dashboard", "--port", "0");
        out =
                new BufferedReader(
                        new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
        url = out.readLine().replace("page at ", "").replaceFirst("/$", "");
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() throws IOException {
        client.close();
        page.destroyForcibly();
        out.close();
    }

    @Test
    void a_video_decodes_to_the_frames_that_were_measured() throws Exception {
        HttpResponse<byte[]> video = settled(run(2, ".mp4"));
        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(video.headers().firstValue("X-AiV1-Proxy")).hasValue("lossless");
        byte[] frames = decoded(Files.write(folder.resolve("q2.mp4"), video.body()));
        assertThat(Sha256.of(frames))
                .isEqualTo(measured.path("runs").path(2).path("reconstruction_sha256").asString());

        byte[] first = settled(run(2, ".mp4"), "Range", "bytes=0-99").body();
        assertThat(first).isEqualTo(Arrays.copyOf(video.body(), 100));
        HttpResponse<byte[]> source = settled("/api/video/source/waves.mp4");
        assertThat(decoded(Files.write(folder.resolve("source.mp4"), source.body())))
                .isEqualTo(clip);
    }

    @Test
    void a_frame_is_that_frame_in_the_stated_colours() throws Exception {
        byte[] frames =
                decoded(Files.write(folder.resolve("q4.mp4"), settled(run(4, ".mp4")).body()));
        for (int frame : new int[] {0, 5, FRAMES - 1}) {
            requireColours(frames, frame, settled(run(4, "/%d.png".formatted(frame))).body());
            requireColours(
                    clip,
                    frame,
                    settled("/api/frame/source/waves/%d.png?experiment=%s".formatted(frame, id()))
                            .body());
        }
        assertThat(settled(run(4, "/8.png")).statusCode()).isEqualTo(404);
    }

    @Test
    void each_thing_is_made_once_and_kept_whole() throws Exception {
        List<Thread> askers =
                Stream.generate(() -> Thread.ofVirtual().unstarted(() -> ask(run(1, ".mp4"))))
                        .limit(6)
                        .toList();
        askers.forEach(Thread::start);
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(settled(run(1, ".mp4")).statusCode()).isEqualTo(200);
        String sha256 = measured.path("runs").path(1).path("reconstruction_sha256").asString();
        try (Stream<Path> files = Files.list(home.resolve("pictures"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.contains(sha256))
                    .hasSize(2);
        }
    }

    @Test
    void a_damaged_bitstream_is_told_and_nothing_is_shown() throws Exception {
        String sha256 = measured.path("runs").path(3).path("bitstream_sha256").asString();
        Path artifact = home.resolve("artifacts").resolve(sha256.substring(0, 2)).resolve(sha256);
        byte[] sound = Files.readAllBytes(artifact);
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.setPosixFilePermissions(
                artifact, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.write(artifact, damaged);
        HttpResponse<byte[]> refused = settled(run(3, ".mp4"));
        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(words(refused)).contains(sha256, "damaged", "run the experiment again");
    }

    @Test
    void what_was_never_there_is_told() throws Exception {
        HttpResponse<byte[]> run = settled("/api/video/%s/flower/q0.mp4".formatted(id()));
        assertThat(run.statusCode()).isEqualTo(404);
        assertThat(words(run)).contains("clip flower, quality 0: no such run");
        assertThat(words(settled("/api/video/c-nobody/waves/q0.mp4"))).contains("c-nobody");
        assertThat(words(settled("/api/video/source/harbour.mp4"))).contains("harbour");
    }

    /// Against the textbook's rounded coefficients of BT.601, which are a step off at most.
    private static void requireColours(byte[] frames, int frame, byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        assertThat(image.getHeight()).isEqualTo(HEIGHT);
        int from = frame * FRAME_BYTES;
        int worst = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int chroma = from + WIDTH * HEIGHT + y / 2 * (WIDTH / 2) + x / 2;
                double luma = 1.164 * ((frames[from + y * WIDTH + x] & 0xff) - 16);
                int u = (frames[chroma] & 0xff) - 128;
                int v = (frames[chroma + WIDTH * HEIGHT / 4] & 0xff) - 128;
                int rgb = image.getRGB(x, y);
                worst = Math.max(worst, distance(rgb >> 16, luma + 1.596 * v));
                worst = Math.max(worst, distance(rgb >> 8, luma - 0.392 * u - 0.813 * v));
                worst = Math.max(worst, distance(rgb, luma + 2.017 * u));
            }
        }
        assertThat(worst).isLessThanOrEqualTo(1);
    }

    private static int distance(int got, double expected) {
        return Math.abs((got & 0xff) - (int) Math.round(Math.clamp(expected, 0, 255)));
    }

    private static String id() {
        return measured.path("experiment_id").asString();
    }

    private static String run(int quality, String ending) {
        return "/api/%s/%s/waves/q%d%s"
                .formatted(ending.endsWith(".mp4") ? "video" : "frame", id(), quality, ending);
    }

    private static String words(HttpResponse<byte[]> refused) {
        return Json.parse(new String(refused.body(), StandardCharsets.UTF_8), "a problem")
                .path("detail")
                .asString();
    }

    /// As a browser that is told to come again, until it is told otherwise; the time limit of the
    /// test ends a wait without end.
    private static HttpResponse<byte[]> settled(String path, String... headers) throws Exception {
        HttpResponse<byte[]> answer = get(path, headers);
        while (answer.statusCode() == 202) {
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            Thread.onSpinWait();
            answer = get(path, headers);
        }
        return answer;
    }

    private static void ask(String path) {
        try {
            get(path);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /// All samples of a video file, by ffmpeg.
    private static byte[] decoded(Path file) throws IOException, InterruptedException {
        Path program = Ffmpeg.defaultProgram(System.getenv());
        Path raw = folder.resolve(file.getFileName() + ".yuv");
        int status =
                new ProcessBuilder(
                                program.toString(),
                                "-v",
                                "error",
                                "-i",
                                file.toString(),
                                "-pix_fmt",
                                "yuv420p",
                                "-f",
                                "rawvideo",
                                "-y",
                                raw.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(status).isZero();
        return Files.readAllBytes(raw);
    }
}
