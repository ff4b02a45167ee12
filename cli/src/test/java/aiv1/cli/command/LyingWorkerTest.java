package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cli.command.WorkerProcesses.Worker;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A worker that reports better pictures than its bitstreams give: a real one, with somebody in
/// between who changes its numbers.
@Timeout(300)
class LyingWorkerTest {
    private static final Pattern PSNR = Pattern.compile("(\"psnr_y_db\":)[0-9.]+");

    private static final String FALSE_PSNR_DB = "99.5";

    @TempDir private Path folder;
    private WorkerProcesses processes = new WorkerProcesses(Path.of("."));

    @BeforeEach
    void prepare() {
        processes = new WorkerProcesses(folder);
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    @Test
    void its_result_is_measured_again_and_the_experiment_goes_to_another() throws Exception {
        Worker honest = processes.start("honest");
        Worker used = processes.start("used");
        HttpServer liar = liar(used);
        try {
            // The freest is asked first, and of two as free the first one.
            Program program = new Program(folder.resolve("home"));
            Answer run =
                    program.run(
                            "run",
                            "--experiments",
                            "1",
                            "--clip",
                            "rapids",
                            "--frames",
                            "2",
                            "--anchor",
                            "x264-medium",
                            "--worker",
                            "http://127.0.0.1:" + liar.getAddress().getPort(),
                            "--worker",
                            honest.place(),
                            "--json",
                            "--spot-checks",
                            "1");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("is not what its bitstreams give: rapids at quality 0: numbers:")
                    .contains("nothing that it measured can be believed");
            Answer local =
                    new Program(folder.resolve("local"))
                            .run(
                                    "run",
                                    "--experiments",
                                    "1",
                                    "--clip",
                                    "rapids",
                                    "--frames",
                                    "2",
                                    "--anchor",
                                    "x264-medium",
                                    "--json",
                                    "--quiet");
            assertThat(psnr(run)).isEqualTo(psnr(local)).isNotEmpty();
        } finally {
            liar.stop(0);
        }
    }

    private static String psnr(Answer run) {
        return run.events().stream()
                .flatMap(event -> event.path("experiment").path("runs").valueStream())
                .map(one -> one.path("psnr_y_db").asString())
                .reduce("", (all, one) -> all + " " + one);
    }

    private static HttpServer liar(Worker used) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> pass(exchange, used));
        server.start();
        return server;
    }

    private static void pass(HttpExchange exchange, Worker used) throws IOException {
        try (exchange;
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(used.place() + exchange.getRequestURI());
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(uri)
                                    .method(
                                            exchange.getRequestMethod(),
                                            BodyPublishers.ofByteArray(body))
                                    .build(),
                            BodyHandlers.ofByteArray());
            byte[] said = answer.body();
            if (uri.getPath().matches("/experiments/[^/]+")) {
                Matcher numbers = PSNR.matcher(new String(said, StandardCharsets.UTF_8));
                said = numbers.replaceAll("$1 " + FALSE_PSNR_DB).getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(answer.statusCode(), said.length == 0 ? -1 : said.length);
            exchange.getResponseBody().write(said);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
