package aiv1.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.dashboard.Pictures;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How pictures are told to a browser, whatever makes them.
@Timeout(120)
class PictureRoutesTest {
    private static final String ID = PageLab.id(1).value();
    private static final String VIDEO = "/api/video/%s/flower/q2.mp4".formatted(ID);
    private static final int SIZE = 200_000;

    @TempDir private Path home;
    private final ScriptedPictures pictures = new ScriptedPictures();
    private final HttpClient client = HttpClient.newHttpClient();
    private PageLab lab;
    private byte[] bytes = new byte[0];

    /// Answers what the test says, and remembers what was asked for.
    private static final class ScriptedPictures implements Pictures {
        private final Deque<Answer> answers = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public Answer video(Wanted wanted) {
            asked.add(wanted.toString());
            return answers.size() > 1 ? answers.pop() : answers.element();
        }

        @Override
        public Answer still(Wanted wanted, int frame) {
            asked.add(wanted + " frame " + frame);
            return answers.element();
        }
    }

    @BeforeEach
    void open() throws IOException {
        bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (i * 31 / 7);
        }
        lab = new PageLab(home, 3, pictures);
    }

    @AfterEach
    void close() {
        client.close();
        lab.close();
    }

    @Test
    void a_video_is_coming_and_then_there() throws Exception {
        pictures.answers.add(new Pictures.Answer.Coming(2));
        pictures.answers.add(video(true));
        HttpResponse<byte[]> first = get(VIDEO);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Retry-After")).isEqualTo("1");
        assertThat(header(first, "Cache-Control")).isEqualTo("no-store");
        assertThat(Json.parse(new String(first.body()), VIDEO).path("ahead").intValue())
                .isEqualTo(2);
        HttpResponse<byte[]> then = get(VIDEO);
        assertThat(then.statusCode()).isEqualTo(200);
        assertThat(header(then, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(then, "X-AiV1-Proxy")).isEqualTo("lossless");
        assertThat(header(then, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(then.body()).isEqualTo(bytes);
        assertThat(pictures.asked)
                .contains(
                        new Pictures.Wanted.Reconstruction(new ExperimentId(ID), "flower", 2)
                                .toString());
        HttpResponse<byte[]> again = get(VIDEO, "If-None-Match", header(then, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void a_proxy_says_that_it_is_one() throws Exception {
        pictures.answers.add(video(false));
        assertThat(header(get(VIDEO), "X-AiV1-Proxy")).isEqualTo("proxy");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=1000-2999,1000,2999",
        "bytes=199990-,199990,199999",
        "bytes=199990-999999,199990,199999",
        "bytes=-10,199990,199999",
        "bytes=-999999,0,199999"
    })
    void a_range_of_a_video_is_that_range(String range, int first, int last) throws Exception {
        pictures.answers.add(video(true));
        HttpResponse<byte[]> part = get(VIDEO, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range"))
                .isEqualTo("bytes %d-%d/%d".formatted(first, last, SIZE));
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
    }

    @ParameterizedTest
    @CsvSource({"'bytes=0-1,5-9'", "bytes=9-5", "bytes=-", "lines=1-2", "bytes=x"})
    void what_is_no_range_gets_the_whole(String range) throws Exception {
        pictures.answers.add(video(true));
        HttpResponse<byte[]> whole = get(VIDEO, "Range", range);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"bytes=200000-", "bytes=-0"})
    void a_range_behind_the_end_is_refused(String range) throws Exception {
        pictures.answers.add(video(true));
        HttpResponse<byte[]> refused = get(VIDEO, "Range", range);
        assertThat(refused.statusCode()).isEqualTo(416);
        assertThat(header(refused, "Content-Range")).isEqualTo("bytes */" + SIZE);
    }

    @Test
    void who_has_the_beginning_of_other_bytes_gets_the_whole() throws Exception {
        pictures.answers.add(video(true));
        String tag = header(get(VIDEO), "ETag");
        assertThat(get(VIDEO, "Range", "bytes=5-9", "If-Range", tag).statusCode()).isEqualTo(206);
        assertThat(get(VIDEO, "Range", "bytes=5-9", "If-Range", "\"other\"").body())
                .isEqualTo(bytes);
    }

    @Test
    void a_range_of_an_artifact_is_that_range() throws Exception {
        String sha256 = aiv1.domain.Sha256.of(PageResults.frames());
        String path = "/api/experiments/%s/artifacts/%s".formatted(ID, sha256);
        byte[] all = get(path).body();
        assertThat(all).isEqualTo(PageResults.frames());
        HttpResponse<byte[]> part = get(path, "Range", "bytes=3-7");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all, 3, 8));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 3-7/" + all.length);
        assertThat(get(path, "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
    }

    @Test
    void a_video_that_went_out_meanwhile_is_coming_again() throws Exception {
        pictures.answers.add(new Pictures.Answer.Video(home.resolve("gone.mp4"), true, "gone"));
        assertThat(get(VIDEO).statusCode()).isEqualTo(202);
    }

    @Test
    void a_frame_is_a_png_of_that_frame_of_that_clip() throws Exception {
        pictures.answers.add(new Pictures.Answer.Still(bytes, "frame"));
        HttpResponse<byte[]> frame = get("/api/frame/source/flower/17.png?experiment=" + ID);
        assertThat(frame.statusCode()).isEqualTo(200);
        assertThat(header(frame, "Content-Type")).isEqualTo("image/png");
        assertThat(frame.body()).isEqualTo(bytes);
        assertThat(get("/api/frame/%s/a%%20clip/q4/0.png".formatted(ID)).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/video/source/two.names.mp4").statusCode()).isNotEqualTo(400);
        ExperimentId id = new ExperimentId(ID);
        assertThat(pictures.asked)
                .containsExactly(
                        new Pictures.Wanted.Source("flower", Optional.of(id)) + " frame 17",
                        new Pictures.Wanted.Reconstruction(id, "a clip", 4) + " frame 0",
                        new Pictures.Wanted.Source("two.names", Optional.empty()).toString());
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN,404", "GONE,410", "UNTRUE,409", "UNAVAILABLE,503", "BUSY,503"})
    void what_cannot_be_had_is_said_in_words(Pictures.Reason reason, int status) throws Exception {
        pictures.answers.add(new Pictures.Answer.Refused(reason, "clip x: expected it, got none"));
        HttpResponse<byte[]> refused = get(VIDEO);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(Json.parse(new String(refused.body()), VIDEO).path("detail").asString())
                .isEqualTo("clip x: expected it, got none");
        assertThat(header(refused, "Retry-After"))
                .isEqualTo(reason == Pictures.Reason.BUSY ? "1" : "");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/video/c-1/flower/q5.mp4",
        "/api/video/c-1/flower/q0.webm",
        "/api/video/source/flower",
        "/api/frame/c-1/flower/q0/x.png",
        "/api/frame/c-1/flower/best/0.png",
        "/api/frame/source/flower/-1.png",
        "/api/video/..%2f..%2fetc/flower/q0.mp4"
    })
    void what_is_no_name_of_a_picture_is_refused(String path) throws Exception {
        pictures.answers.add(video(true));
        assertThat(get(path).statusCode()).isIn(400, 404);
        assertThat(pictures.asked).isEmpty();
    }

    private Pictures.Answer video(boolean isLossless) throws IOException {
        Path file = Files.write(home.resolve("video.mp4"), bytes);
        return new Pictures.Answer.Video(file, isLossless, "tag-1");
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(lab.url(path)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
