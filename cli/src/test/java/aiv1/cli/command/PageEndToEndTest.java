package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The page as a program of its own beside a campaign, and the report of what it found.
@Timeout(300)
class PageEndToEndTest {
    @TempDir private Path home;

    /// A page that was opened before the campaign began, in another process, hears of each of its
    /// experiments and shows what the campaign printed.
    @Test
    void a_page_follows_a_campaign_of_another_program() throws Exception {
        Process page = ChildProgram.start(home, "dashboard", "--port", "0");
        try (BufferedReader out =
                        new BufferedReader(
                                new InputStreamReader(
                                        page.getInputStream(), StandardCharsets.UTF_8));
                HttpClient client = HttpClient.newHttpClient()) {
            String url = out.readLine().replace("page at ", "");
            assertThat(url).startsWith("http://127.0.0.1:");
            InputStream events =
                    client.send(
                                    HttpRequest.newBuilder(URI.create(url + "api/events")).build(),
                                    BodyHandlers.ofInputStream())
                            .body();
            Program program = new Program(home);
            Answer run =
                    program.run(
                            "run",
                            "--experiments",
                            "2",
                            "--clip",
                            "rapids",
                            "--frames",
                            "3",
                            "--anchor",
                            "x264-medium");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err()).contains("page at http://127.0.0.1:");

            assertThat(heard(events))
                    .startsWith("snapshot", "experiment.created")
                    .contains("experiment.phase")
                    .filteredOn("experiment.finished"::equals)
                    .hasSize(2);
            JsonNode overview = json(client, url + "api/overview");
            assertThat(overview.path("successful").intValue()).isEqualTo(2);
            assertThat(overview.path("campaign").path("state").asString()).isEqualTo("finished");
            String best = overview.path("best").path("experiment_id").asString();
            JsonNode shown = program.run("show", best, "--json").json();
            JsonNode told = json(client, url + "api/experiments/" + best);
            assertThat(told.path("runs")).isEqualTo(shown.path("runs"));
            assertThat(json(client, url + "api/rd?experiment=" + best).path("curves")).hasSize(2);

            String campaign = overview.path("campaign").path("campaign_id").asString();
            Path report = home.resolve("report.html");
            assertThat(program.run("report", campaign, report.toString()).status()).isZero();
            assertThat(Files.readString(report))
                    .contains(best)
                    .doesNotContain("<script")
                    .doesNotContain("src=\"http");
        } finally {
            page.destroyForcibly();
        }
    }

    @Test
    void a_report_of_no_campaign_is_refused() {
        Answer refused = new Program(home).run("report", "c-nobody", "report.html");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("expected the id of a campaign", "c-nobody");
    }

    /// The names of the events up to the second one that finished.
    private static List<String> heard(InputStream events) throws IOException {
        List<String> names = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            int finished = 0;
            while (finished < 2) {
                String line = lines.readLine();
                if (line.startsWith("event: ")) {
                    names.add(line.substring("event: ".length()));
                    finished += line.endsWith("experiment.finished") ? 1 : 0;
                }
            }
        }
        return names;
    }

    private static JsonNode json(HttpClient client, String url) throws Exception {
        return Json.parse(
                client.send(
                                HttpRequest.newBuilder(URI.create(url)).build(),
                                BodyHandlers.ofString())
                        .body(),
                url);
    }
}
