package aiv1.proposer.provider;

import static aiv1.proposer.provider.StubWire.MODEL;
import static aiv1.proposer.provider.StubWire.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicClientTest extends ModelClientContract {
    AnthropicClientTest() {
        super(new AnthropicWire());
    }

    @Test
    void counts_what_the_end_of_the_stream_says() throws Exception {
        byte[] end =
                StubWire.bytes(
                        "event: message_delta\ndata: {\"type\":\"message_delta\","
                                + "\"delta\":{\"stop_reason\":\"stop_sequence\"},"
                                + "\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":6,"
                                + "\"cache_creation_input_tokens\":8,\"output_tokens\":9}}\n\n");
        assertThat(ask(StubServer.stream(wire.streamType(), wire.opening(), wire.piece("a"), end)))
                .isEqualTo(new ModelReply("a", MODEL, StopReason.END, new TokenUsage(5, 6, 8, 9)));
    }

    @Test
    void thinking_is_no_text() throws Exception {
        byte[] thinking =
                StubWire.bytes(
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
                                + "\"index\":0,\"delta\":{\"type\":\"thinking_delta\","
                                + "\"thinking\":\"hm\"}}\n\n");
        assertThat(
                        ask(StubServer.stream(
                                        wire.streamType(),
                                        wire.opening(),
                                        thinking,
                                        wire.piece("a"),
                                        wire.closing(StopReason.END)))
                                .text())
                .isEqualTo("a");
    }

    @Test
    void a_message_without_its_fields_is_no_message() throws Exception {
        requireKind(
                Kind.NOT_A_MODEL_SERVER,
                StubServer.stream(
                        wire.streamType(),
                        StubWire.bytes(
                                "event: message_start\ndata: {\"type\":\"message_start\"}\n\n")));
    }

    @Test
    void a_check_asks_for_a_word_where_there_are_no_models_to_ask_for() throws Exception {
        StubServer.Answer none = StubServer.whole(404, "text/plain", Map.of(), new byte[0]);
        StubServer.Answer word = wire.reply(StopReason.END, "ok");
        StubServer.Answer answer =
                (request, connection) ->
                        (request.method().equals("GET") ? none : word).write(request, connection);
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            client.check();
            assertThat(server.requests())
                    .extracting(StubServer.Request::path)
                    .containsExactly("/v1/models/test-model", "/v1/messages");
            assertThat(client.ask(REQUEST, _ -> {}).text()).isEqualTo("ok");
        }
    }
}
