package aiv1.proposer.provider;

import static aiv1.proposer.provider.StubWire.KEY;
import static aiv1.proposer.provider.StubWire.MODEL;
import static aiv1.proposer.provider.StubWire.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenAiClientTest extends ModelClientContract {
    OpenAiClientTest() {
        super(new OpenAiWire());
    }

    @Test
    void needs_no_key() throws Exception {
        try (StubServer server = new StubServer(wire.reply(StopReason.END, "ok"));
                ModelClient client =
                        new OpenAiClient(server.uri(), MODEL, Optional.empty(), LONG)) {
            assertThat(client.ask(REQUEST, _ -> {}).text()).isEqualTo("ok");
            assertThat(server.requests().getFirst().headers()).doesNotContainKey("authorization");
            assertThat(server.requests().getFirst().path()).isEqualTo("/chat/completions");
        }
    }

    @Test
    void refuses_a_key_that_no_header_can_carry_without_repeating_it() {
        URI server = URI.create("http://localhost:1");
        assertThatThrownBy(() -> new OpenAiClient(server, MODEL, Optional.of(KEY + "\nx: y"), LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OpenAI key")
                .message()
                .doesNotContain(KEY);
        assertThatThrownBy(() -> new OpenAiClient(server, MODEL, Optional.of(" "), LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_an_address_that_is_none_of_a_web_server() {
        for (String address : new String[] {"ftp://host/v1", "localhost:11434/v1", "/v1"}) {
            assertThatThrownBy(
                            () ->
                                    new OpenAiClient(
                                            URI.create(address), MODEL, Optional.empty(), LONG))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("base URL");
        }
    }

    @Test
    void only_openai_itself_is_told_the_length_by_its_newer_name() {
        assertThat(OpenAiClient.lengthField(URI.create("https://api.openai.com/v1")))
                .isEqualTo("max_completion_tokens");
        assertThat(OpenAiClient.lengthField(URI.create("http://localhost:11434/v1")))
                .isEqualTo("max_tokens");
    }

    @Test
    void a_refusal_in_words_of_its_own_is_one() throws Exception {
        ModelReply reply =
                ask(
                        StubServer.stream(
                                wire.streamType(),
                                wire.opening(),
                                OpenAiWire.chunk("{\"delta\":{\"refusal\":\"I will not\"}}", ""),
                                wire.closing(StopReason.END)));
        assertThat(reply)
                .isEqualTo(new ModelReply("I will not", MODEL, StopReason.REFUSAL, wire.tokens()));
    }

    @Test
    void a_server_that_counts_nothing_and_names_no_reason_is_done_when_it_says_so()
            throws Exception {
        byte[] bare =
                StubWire.bytes(
                        ": ping\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\n"
                                + "event: x\ndata: {\"choices\":[]}\n\ndata: [DONE]\n\n");
        assertThat(ask(StubServer.stream("text/plain", bare)))
                .isEqualTo(new ModelReply("a", MODEL, StopReason.END, TokenUsage.NONE));
    }

    @Test
    void an_account_without_money_need_not_be_asked_again() throws Exception {
        byte[] body =
                StubWire.bytes("{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}");
        requireKind(Kind.KEY_REFUSED, StubServer.whole(429, "application/json", Map.of(), body));
    }

    @Test
    void a_check_asks_for_a_word_where_the_list_lacks_the_model() throws Exception {
        StubServer.Answer list =
                StubServer.whole(
                        200,
                        "application/json",
                        Map.of(),
                        StubWire.bytes("{\"data\":[{\"id\":\"other\"}]}"));
        StubServer.Answer word = wire.reply(StopReason.END, "ok");
        StubServer.Answer answer =
                (request, connection) ->
                        (request.method().equals("GET") ? list : word).write(request, connection);
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            client.check();
            assertThat(server.requests())
                    .extracting(StubServer.Request::path)
                    .containsExactly("/v1/models", "/v1/chat/completions");
        }
    }

    @Test
    void a_check_asks_for_a_word_where_there_is_no_list() throws Exception {
        StubServer.Answer none = StubServer.whole(404, "text/plain", Map.of(), new byte[0]);
        StubServer.Answer word = wire.reply(StopReason.END, "ok");
        StubServer.Answer answer =
                (request, connection) ->
                        (request.method().equals("GET") ? none : word).write(request, connection);
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            client.check();
            assertThat(server.requests()).hasSize(2);
        }
    }
}
