package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
    @Test
    void gives_the_data_of_each_event() throws IOException {
        assertThat(data("data: a\n\ndata:b\n\nevent: x\nid: 1\ndata: c\n\n"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void joins_the_lines_of_one_event() throws IOException {
        assertThat(data("data: a\ndata:\ndata:  b\n\n")).containsExactly("a\n\n b");
    }

    @Test
    void skips_comments_and_events_without_data() throws IOException {
        assertThat(data(": ping\r\n\r\nevent: x\r\n\r\ndata: a\r\n\r\n\r\n")).containsExactly("a");
    }

    @Test
    void gives_what_the_end_cuts_short() throws IOException {
        assertThat(data("data: a\n\ndata: b")).containsExactly("a", "b");
        assertThat(data("")).isEmpty();
    }

    private static List<String> data(String stream) throws IOException {
        ServerSentEvents events =
                new ServerSentEvents(new ByteArrayInputStream(StubWire.bytes(stream)));
        List<String> all = new ArrayList<>();
        for (Optional<String> next = events.next(); next.isPresent(); next = events.next()) {
            all.add(next.get());
        }
        return all;
    }
}
