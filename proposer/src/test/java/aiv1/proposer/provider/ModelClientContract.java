package aiv1.proposer.provider;

import static aiv1.proposer.provider.StubWire.KEY;
import static aiv1.proposer.provider.StubWire.MODEL;
import static aiv1.proposer.provider.StubWire.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ModelClient] promises, against a server that speaks the wire of its provider.
@Timeout(60)
abstract class ModelClientContract extends ModelClientFixture {
    ModelClientContract(StubWire wire) {
        super(wire);
    }

    @Test
    void gives_the_whole_reply_with_its_tokens() throws Exception {
        List<Integer> lengths = new ArrayList<>();
        StubServer.Answer answer = wire.reply(StopReason.END, "ab", "ü\uD83D\uDE00");
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            ModelReply reply = client.ask(REQUEST, lengths::add);
            assertThat(reply).isEqualTo(whole("abü\uD83D\uDE00", StopReason.END));
            assertThat(lengths).containsExactly(2, 5);
            assertThat(server.requests()).hasSize(1);
            wire.requireValid(server.requests().getFirst());
            assertThat(client.ask(REQUEST, _ -> {})).isEqualTo(reply);
        }
    }

    @Test
    void says_when_the_model_wrote_all_it_may() throws Exception {
        assertThat(ask(wire.reply(StopReason.MAX_TOKENS, "abc")))
                .isEqualTo(whole("abc", StopReason.MAX_TOKENS));
    }

    @Test
    void says_when_the_model_refuses() throws Exception {
        assertThat(ask(wire.reply(StopReason.REFUSAL, "no")))
                .isEqualTo(whole("no", StopReason.REFUSAL));
    }

    @Test
    void an_empty_reply_is_a_reply() throws Exception {
        assertThat(ask(wire.reply(StopReason.END))).isEqualTo(whole("", StopReason.END));
    }

    @Test
    void bytes_that_are_not_text_do_not_end_the_reply() throws Exception {
        byte[] invalid = {'a', (byte) 0xff, (byte) 0xc3, 'b'};
        ModelReply reply =
                ask(
                        StubServer.stream(
                                wire.streamType(),
                                wire.opening(),
                                wire.piece("well"),
                                wire.piece(invalid),
                                wire.closing(StopReason.END)));
        assertThat(reply).isEqualTo(whole("wella\uFFFD\uFFFDb", StopReason.END));
    }

    @Test
    void a_stream_cut_in_the_middle_gives_what_came() throws Exception {
        requireHalf(ask(StubServer.cut(wire.streamType(), wire.opening(), wire.piece("half"))));
    }

    @Test
    void a_stream_cut_within_an_event_gives_what_came() throws Exception {
        byte[] piece = wire.piece("other");
        byte[] part = Arrays.copyOf(piece, piece.length - 12);
        String type = wire.streamType();
        requireHalf(ask(StubServer.cut(type, wire.opening(), wire.piece("half"), part)));
        requireHalf(ask(StubServer.stream(type, wire.opening(), wire.piece("half"), part)));
    }

    @Test
    void a_stream_that_ends_well_but_without_a_reason_is_cut_off() throws Exception {
        requireHalf(ask(StubServer.stream(wire.streamType(), wire.opening(), wire.piece("half"))));
    }

    @Test
    void a_stream_cut_before_the_first_text_is_a_failure() throws Exception {
        requireKind(Kind.UNREACHABLE, StubServer.cut(wire.streamType(), wire.opening()));
        requireKind(Kind.UNREACHABLE, StubServer.stream(wire.streamType(), wire.opening()));
    }

    @Test
    void a_failure_within_the_stream_is_told_unless_a_reply_has_begun() throws Exception {
        String type = wire.streamType();
        byte[] piece = wire.piece("half");
        requireHalf(ask(StubServer.stream(type, wire.opening(), piece, wire.overloaded())));
        requireKind(Kind.OVERLOADED, StubServer.stream(type, wire.opening(), wire.overloaded()));
    }

    @Test
    void a_stream_that_stalls_gives_what_came() throws Exception {
        StubServer.Answer answer =
                StubServer.stall(wire.streamType(), wire.opening(), wire.piece("half"));
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), Duration.ofSeconds(4))) {
            requireHalf(client.ask(REQUEST, _ -> {}));
            server.awaitHangUp();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 160})
    void a_reply_of_10_megabytes_is_cut_at_the_limit(int pieces) throws Exception {
        byte[] text = new byte[10_000_000 / pieces];
        Arrays.fill(text, (byte) 'x');
        byte[][] parts = new byte[pieces + 1][];
        Arrays.fill(parts, wire.piece(text));
        parts[0] = wire.opening();
        try (StubServer server = new StubServer(StubServer.stall(wire.streamType(), parts));
                ModelClient client = wire.client(server.uri(), LONG)) {
            ModelReply reply = client.ask(REQUEST, _ -> {});
            assertThat(reply.text()).hasSize(ModelClient.REPLY_LENGTH_MAX);
            assertThat(reply.stop()).isEqualTo(StopReason.CUT_OFF);
            server.awaitHangUp();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, KEY_REFUSED",
        "403, KEY_REFUSED",
        "404, UNKNOWN_MODEL",
        "400, REQUEST_REFUSED",
        "413, REQUEST_REFUSED",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, OVERLOADED",
        "529, OVERLOADED"
    })
    void tells_what_a_status_means(int status, Kind kind) throws Exception {
        String message = "bad " + KEY + " \\u001b[31mred";
        ModelException failure = requireKind(kind, wire.refusal(status, Map.of(), message));
        assertThat(failure).hasMessageContaining("127.0.0.1").hasMessageContaining("" + status);
        assertThat(failure).hasMessageContaining("bad [key]");
        assertThat(failure.getMessage()).doesNotContain("\u001b");
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, RATE_LIMITED", "503, OVERLOADED", "529, OVERLOADED"})
    void passes_on_how_long_it_shall_wait(int status, Kind kind) throws Exception {
        StubServer.Answer answer = wire.refusal(status, Map.of("retry-after", "17"), "slower");
        assertThat(requireKind(kind, answer).retryAfter())
                .isEqualTo(Optional.of(Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 503, 529})
    void sends_once_whatever_the_answer(int status) throws Exception {
        StubServer.Answer answer = wire.refusal(status, Map.of("x-should-retry", "true"), "no");
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            ModelException _ = failure(() -> client.ask(REQUEST, _ -> {}));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 404})
    void a_page_is_not_a_model(int status) throws Exception {
        byte[] page = StubWire.bytes("<!doctype html><html><body>Welcome</body></html>");
        requireKind(
                Kind.NOT_A_MODEL_SERVER,
                StubServer.whole(status, "text/html; charset=utf-8", Map.of(), page));
    }

    @Test
    void an_answer_without_sense_is_not_a_model() throws Exception {
        byte[] nonsense = StubWire.bytes("Hello there! This follows no protocol at all.");
        requireKind(
                Kind.NOT_A_MODEL_SERVER, StubServer.whole(200, "text/plain", Map.of(), nonsense));
    }

    @Test
    void what_speaks_no_http_is_not_a_model() throws Exception {
        requireKind(
                Kind.NOT_A_MODEL_SERVER,
                (_, connection) ->
                        connection.getOutputStream().write(StubWire.bytes("SSH-2.0-x\r\n\r\n")));
    }

    @Test
    void nobody_there_is_unreachable() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (ModelClient client = wire.client(nobody, LONG)) {
            assertThat(failure(() -> client.ask(REQUEST, _ -> {})).kind())
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(failure(client::check).kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void a_server_that_is_silent_times_out() throws Exception {
        requireHangUp(StubServer.silent());
        requireHangUp(StubServer.stall(wire.streamType(), wire.opening()));
    }

    @Test
    void an_interrupt_ends_the_wait_for_the_answer() throws Exception {
        try (StubServer server = new StubServer(StubServer.silent());
                ModelClient client = wire.client(server.uri(), LONG)) {
            requireInterruptible(server, client, new CountDownLatch(0), _ -> {});
        }
    }

    @Test
    void an_interrupt_ends_the_wait_for_the_rest() throws Exception {
        StubServer.Answer answer =
                StubServer.stall(wire.streamType(), wire.opening(), wire.piece("half"));
        CountDownLatch begun = new CountDownLatch(1);
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            requireInterruptible(server, client, begun, _ -> begun.countDown());
        }
    }

    @Test
    void a_check_is_content_with_a_model_that_is_known() throws Exception {
        try (StubServer server = new StubServer(wire.known());
                ModelClient client = wire.client(server.uri(), LONG)) {
            client.check();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"401, KEY_REFUSED", "404, UNKNOWN_MODEL", "429, RATE_LIMITED"})
    void a_check_tells_what_is_wrong(int status, Kind kind) throws Exception {
        try (StubServer server = new StubServer(wire.refusal(status, Map.of(), "no " + KEY));
                ModelClient client = wire.client(server.uri(), LONG)) {
            assertThat(failure(client::check).kind()).isEqualTo(kind);
        }
    }

    @Test
    void shows_no_key() {
        try (ModelClient client = wire.client(URI.create("http://127.0.0.1:9"), LONG)) {
            assertThat(client.toString()).doesNotContain(KEY);
            assertThat(client.model()).isEqualTo(MODEL);
        }
    }
}
