package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A machine whose numpy sums wrongly: the program runs, and nothing it would measure is right.
@Timeout(120)
class MiscalculatingMachineTest {
    private static final String WRONG_SUM =
            """

            _right_cumsum = cumsum

            def cumsum(*arguments, **named):
                return _right_cumsum(*arguments, **named) + 1
            """;

    @TempDir private Path folder;
    private Path numpy = Path.of("");
    private Path wrongNumpy = Path.of("");

    private record Answer(int status, String text) {}

    @BeforeEach
    void spoil() throws Exception {
        Answer where =
                execute(List.of("/usr/bin/python3", "-c", "import numpy; print(numpy.__file__)"));
        numpy = Path.of(where.text().strip());
        wrongNumpy = Files.copy(numpy, folder.resolve("numpy.py"));
        Files.writeString(wrongNumpy, WRONG_SUM, StandardOpenOption.APPEND);
    }

    @Test
    void a_run_stops_before_a_model_is_asked() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
        server.start();
        try {
            Answer answer =
                    aiv1(
                            "run",
                            "--clip",
                            "rapids",
                            "--frames",
                            "2",
                            "--proposer",
                            "openai:any",
                            "--model-url",
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
            assertThat(answer.status()).as(answer.text()).isEqualTo(70);
            assertThat(answer.text())
                    .contains(
                            "aiv1: canary codec: frames: expected a7e72e17",
                            "this machine does not measure right")
                    .doesNotContain("\tat ");
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_doctor_finds_it() throws Exception {
        Answer answer = aiv1("doctor");
        assertThat(answer.status()).as(answer.text()).isEqualTo(69);
        assertThat(answer.text().lines().filter(line -> line.contains("MISSING")))
                .singleElement()
                .asString()
                .startsWith("canary codec")
                .contains("frames: expected a7e72e17");
    }

    private Answer aiv1(String... arguments) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "bwrap",
                                "--dev-bind",
                                "/",
                                "/",
                                "--bind",
                                wrongNumpy.toString(),
                                numpy.toString(),
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "aiv1.cli.Main"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--home", folder.resolve("home").toString()));
        return execute(line);
    }

    private static Answer execute(List<String> line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Answer(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
