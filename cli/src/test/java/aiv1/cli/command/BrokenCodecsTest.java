package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requirements 32 and 33, through the sandbox: codecs that break as the earlier system's did, and
/// what the lab says of them.
@Timeout(300)
class BrokenCodecsTest {
    private static final String ENCODER =
            """
            def run_encoding_agent(device='cpu'):
                return {'status': 'success', 'n': %d}
            """;

    /// Takes a text for what should be a dict, on line 46.
    private static final String DECODER =
            "#\n".repeat(43)
                    + """
                    def run_decoding_agent(device='cpu', encoding_data=None):
                        encoding_data = device
                        return encoding_data.get('status')
                    """;

    @TempDir private Path folder;

    @Test
    void codecs_that_fail_alike_lead_to_line_46() throws IOException {
        Program program = new Program(folder.resolve("home"));
        for (int i = 0; i < 3; i++) {
            Path codec = Files.createDirectories(folder.resolve("codec-" + i));
            Files.writeString(codec.resolve("encoder.py"), ENCODER.formatted(i));
            Files.writeString(codec.resolve("decoder.py"), DECODER);
            Answer tried =
                    program.run(
                            "evaluate",
                            codec.toString(),
                            "--clip",
                            "rapids",
                            "--frames",
                            "2",
                            "--quiet");
            assertThat(tried.status()).as(tried.err()).isEqualTo(1);
        }
        Answer failures = program.run("failures", "--last", "50");
        assertThat(failures.status()).isZero();
        assertThat(failures.out())
                .contains(
                        "3 of the last 3 experiments failed",
                        "100 % of the failures show the same pattern",
                        "100 % of the failures fail at decoder line 46 with AttributeError",
                        "none timed out",
                        "=> 3 different codecs fail in one way: look at what calls them",
                        "contract c3: 3 of 3 failed",
                        "3 x  exception at decode");
        Answer document = program.run("failures", "--json");
        assertThat(document.json().path("clusters").path(0).path("count").asInt()).isEqualTo(3);
        assertThat(document.json().path("suspects").path(0).path("kind").asString())
                .isEqualTo("contract");
    }
}
