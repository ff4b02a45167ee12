package aiv1.proposer.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The data of a stream of server-sent events, one after the other, as in the HTML standard, 9.2.
/// Bytes that are not UTF-8 become replacement characters. Names, ids and comments are skipped:
/// nobody here asks for them.
final class ServerSentEvents {
    private final InputStream bytes;
    private boolean ended;

    /// The length of a line is limited by whoever gives the bytes.
    ServerSentEvents(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes);
    }

    /// The data of the next event, its lines joined; absent at the end. An event that the end cuts
    /// short is given too: its reader can tell.
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean any = false;
        while (!ended) {
            String line = line();
            if (line.isEmpty()) {
                if (any) {
                    return Optional.of(data.toString());
                }
            } else if (line.startsWith("data:")) {
                data.append(any ? "\n" : "")
                        .append(line, line.startsWith("data: ") ? 6 : 5, line.length());
                any = true;
            }
        }
        return any ? Optional.of(data.toString()) : Optional.empty();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int one = bytes.read();
            if (one < 0) {
                ended = true;
                break;
            }
            if (one == '\n') {
                break;
            }
            line.write(one);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
