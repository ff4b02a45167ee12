package aiv1.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.Controls;
import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.dashboard.WorkerWatch;
import aiv1.domain.campaign.Mark;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.LimitClass;
import aiv1.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people may do with a campaign that this process runs, and what is said of its results.
@Timeout(120)
class ControlsTest {
    private static final int COUNT = 8;
    private static final String CAMPAIGN = "/api/campaigns/" + PageLab.CAMPAIGN;

    @TempDir private Path home;
    private PageLab lab;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        lab = new PageLab(home, COUNT);
    }

    @AfterEach
    void close() {
        client.close();
        lab.close();
    }

    /// Requirement 22. Eight of a hundred are recorded, 20 s each, the last one after 230 s.
    @Test
    void the_end_is_expected_from_what_experiments_took() throws Exception {
        JsonNode resting = json("/api/overview").path("expected_completion");
        assertThat(resting.path("time").isNull()).isTrue();
        assertThat(resting.path("reason").asString())
                .isEqualTo("nobody is heard of who runs this campaign now");
        lab.controls().state = Controls.State.RUNNING;
        JsonNode expected = json("/api/overview").path("expected_completion");
        assertThat(expected.path("time").asString())
                .isEqualTo(PageResults.START.plusSeconds(230 + 92 * 20).toString());
        assertThat(expected.path("reason").asString())
                .isEqualTo("92 experiments to go, from the mean of 8");
        assertThat(
                        json("/api/experiments/" + PageLab.id(1))
                                .path("timeline")
                                .valueStream()
                                .map(line -> line.path("what").asString()))
                .containsExactly("started", "encode, 2 runs", "decode, 2 runs", "measured");
    }

    /// A price that is not known is not 0, and what may be spent is known to who spends it.
    @Test
    void what_models_cost_a_campaign_is_summed_by_model() throws Exception {
        JsonNode nothing = json(CAMPAIGN + "/models");
        assertThat(nothing.path("models").isEmpty()).isTrue();
        assertThat(nothing.path("spent").path("usd").isNull()).isTrue();
        assertThat(nothing.path("budget").path("usd").isNull()).isTrue();
        assertThat(nothing.path("budget").path("reason").asString()).contains("only the program");
        lab.add(PageResults.call(PageLab.CAMPAIGN, 2));
        assertThat(json(CAMPAIGN + "/models").path("spent").path("usd").isNull()).isTrue();
        lab.add(PageResults.call(PageLab.CAMPAIGN, 0));
        lab.add(PageResults.call(PageLab.CAMPAIGN, 1));
        lab.controls().state = Controls.State.RUNNING;
        JsonNode some = json(CAMPAIGN + "/models");
        assertThat(some.path("budget").path("usd").doubleValue()).isEqualTo(5);
        JsonNode model = some.path("models").path(0);
        assertThat(some.path("models").size()).isEqualTo(1);
        assertThat(model.path("model").asString()).isEqualTo("a-model");
        assertThat(model.path("questions").intValue()).isEqualTo(3);
        assertThat(model.path("refused").intValue()).isEqualTo(1);
        assertThat(model.path("tokens").intValue()).isEqualTo(3 * 1234);
        assertThat(model.path("usd").doubleValue()).isEqualTo(0.5);
        assertThat(model.path("unpriced").intValue()).isEqualTo(1);
        assertThat(model.path("seconds").doubleValue()).isEqualTo(4.5);
    }

    @Test
    void a_campaign_is_paused_started_and_stopped_once_for_each_key() throws Exception {
        lab.controls().state = Controls.State.RUNNING;
        assertThat(json(CAMPAIGN).path("state").asString()).isEqualTo("running");
        assertThat(said(post(CAMPAIGN + ":pause", "a"))).contains("Nothing new begins");
        assertThat(json(CAMPAIGN).path("state").asString()).isEqualTo("paused");
        assertThat(said(post(CAMPAIGN + ":pause", "a"))).contains("Nothing new begins");
        assertThat(post(CAMPAIGN + ":pause", "b").statusCode()).isEqualTo(409);
        assertThat(post(CAMPAIGN + ":start", "c").statusCode()).isEqualTo(202);
        assertThat(post(CAMPAIGN + ":start", "d").statusCode()).isEqualTo(409);
        assertThat(post(CAMPAIGN + ":stop", "e").statusCode()).isEqualTo(202);
        assertThat(json(CAMPAIGN).path("state").asString()).isEqualTo("stopping");
        assertThat(post(CAMPAIGN + ":start", "f").body()).contains("aiv1 run --resume");
        assertThat(post(CAMPAIGN + ":restart", "g").statusCode()).isEqualTo(404);
        assertThat(lab.controls().told)
                .containsExactly(
                        "pause " + PageLab.CAMPAIGN,
                        "start " + PageLab.CAMPAIGN,
                        "stop " + PageLab.CAMPAIGN);
        assertThat(json("/api/audit?campaign=" + PageLab.CAMPAIGN).path("entries").valueStream())
                .extracting(entry -> entry.path("action").asString())
                .containsExactly("stop", "start", "pause");
        assertThat(json("/api/audit?campaign=c-another").path("entries")).isEmpty();
    }

    @Test
    void a_campaign_of_another_process_is_left_alone() throws Exception {
        for (String action : List.of("pause", "start", "stop")) {
            HttpResponse<String> refused = post(CAMPAIGN + ":" + action, action);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("does not run in this process");
        }
        HttpResponse<String> rerun = post("/api/experiments/" + PageLab.id(1) + ":rerun", "r");
        assertThat(rerun.statusCode()).isEqualTo(409);
        assertThat(rerun.body()).contains("aiv1 evaluate DIR");
        assertThat(json("/api/audit").path("entries")).isEmpty();
        assertThat(lab.controls().told).isEmpty();
    }

    @Test
    void an_experiment_that_runs_here_is_cancelled_and_no_other() throws Exception {
        ExperimentId next = PageLab.id(COUNT);
        lab.propose(COUNT);
        lab.board().begun(experiment(next, COUNT));
        lab.controls().underWay = next.value();
        JsonNode slim = json("/api/experiments/" + next).path("slim");
        assertThat(slim.path("state").asString()).isEqualTo("in_progress");
        assertThat(slim.path("total_runs").intValue()).isEqualTo(5);
        String path = "/api/experiments/" + next + ":cancel";
        assertThat(said(post(path, "x"))).contains("recorded as cancelled");
        assertThat(said(post(path, "x"))).contains("recorded as cancelled");
        assertThat(lab.controls().told).containsExactly("cancel " + next);
        HttpResponse<String> late = post("/api/experiments/" + PageLab.id(2) + ":cancel", "y");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("one that ended: measured");
    }

    /// The second measurement has an id of its own and is compared with the first.
    @Test
    void a_rerun_is_asked_for_once_and_compared_with_the_first() throws Exception {
        lab.controls().state = Controls.State.RUNNING;
        ExperimentId first = PageLab.id(3);
        ExperimentId again = new ExperimentId("rerun-1." + first);
        String path = "/api/experiments/" + first + ":rerun";
        assertThat(said(post(path, "k1"))).contains(again.value());
        assertThat(said(post(path, "k1"))).contains(again.value());
        assertThat(said(post(path, "k2"))).contains("rerun-2." + first);
        assertThat(lab.controls().told)
                .containsExactly(
                        "rerun " + first + " as " + again,
                        "rerun " + first + " as rerun-2." + first);
        lab.addRerun(again, 3, 3);
        lab.addRerun(new ExperimentId("rerun-2." + first), 3, 4);
        lab.board().follow();
        JsonNode same = json("/api/experiments/" + again);
        assertThat(same.path("slim").path("rerun_of").asString()).isEqualTo(first.value());
        assertThat(same.path("rerun").path("equal").booleanValue()).isTrue();
        JsonNode other = json("/api/experiments/rerun-2." + first).path("rerun");
        assertThat(other.path("equal").booleanValue()).isFalse();
        assertThat(other.path("differences").toString()).contains("flower at quality 0: psnr_y_db");
        assertThat(json("/api/experiments/" + first).path("reruns")).hasSize(2);
        assertThat(json("/api/leaderboard?campaign=" + PageLab.CAMPAIGN).toString())
                .doesNotContain("rerun-1");
    }

    /// What a lying worker measured is shown with the reason, and ranks nowhere.
    @Test
    void a_flagged_result_is_marked_and_has_no_rank() throws Exception {
        String best =
                json("/api/leaderboard").path("rows").path(0).path("experiment_id").asString();
        assertThat(json("/api/overview").path("best").path("experiment_id").asString())
                .isEqualTo(best);
        lab.board()
                .mark(
                        new Mark(
                                PageResults.START,
                                Mark.FLAG,
                                best,
                                "the lab",
                                "measured by a worker that lied",
                                "flag." + best));
        JsonNode slim = json("/api/experiments/" + best).path("slim");
        assertThat(slim.path("flagged").asString()).isEqualTo("measured by a worker that lied");
        assertThat(slim.path("is_placed").booleanValue()).isFalse();
        JsonNode rows = json("/api/leaderboard").path("rows");
        assertThat(rows.toString()).doesNotContain(best);
        assertThat(json("/api/overview").path("best").path("experiment_id"))
                .isEqualTo(rows.path(0).path("experiment_id"));
        assertThat(json("/api/experiments").path("successful").intValue()).isEqualTo(COUNT - 1);
    }

    @Test
    void workers_are_shown_as_they_stand() throws Exception {
        assertThat(json("/api/workers").path("reason").asString())
                .contains("no experiments to workers");
        lab.workers(
                new WorkerWatch.Row(
                        "http://one:8080",
                        "one",
                        "well",
                        "0.1.0",
                        OptionalLong.of(7),
                        2,
                        List.of(PageLab.id(1).value()),
                        Optional.of(Duration.ofMillis(1500)),
                        Optional.of(
                                new WorkerWatch.Load(
                                        OptionalDouble.of(0.75),
                                        OptionalLong.of(8L << 30),
                                        OptionalLong.of(2L << 30),
                                        OptionalLong.empty(),
                                        OptionalLong.of(1000),
                                        OptionalLong.of(500))),
                        ""),
                new WorkerWatch.Row(
                        "http://two:8080",
                        "two",
                        "lost",
                        "",
                        OptionalLong.empty(),
                        1,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        "connection refused"));
        JsonNode workers = json("/api/workers").path("workers");
        assertThat(workers).hasSize(2);
        assertThat(workers.path(0).path("heartbeat_age_seconds").doubleValue()).isEqualTo(1.5);
        assertThat(workers.path(0).path("running").path(0).asString())
                .isEqualTo(PageLab.id(1).value());
        assertThat(workers.path(0).path("load").path("cpu_share").doubleValue()).isEqualTo(0.75);
        assertThat(workers.path(0).path("load").path("disk_free_bytes").isNull()).isTrue();
        assertThat(workers.path(1).path("load").isNull()).isTrue();
        assertThat(workers.path(1).path("pid").isNull()).isTrue();
        assertThat(workers.path(1).path("trouble").asString()).isEqualTo("connection refused");
    }

    private static Experiment experiment(ExperimentId id, int index) {
        List<Clip> clips = PageResults.campaign(PageLab.CAMPAIGN).clips();
        return new Experiment(
                id,
                Optional.of(PageLab.CAMPAIGN),
                PageResults.proposal(index),
                clips,
                List.of("x264-medium"),
                LimitClass.LIGHT);
    }

    private static String said(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Json.parse(answer.body(), "answer").path("said").asString();
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(lab.url(path))).build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body(), path);
    }

    private HttpResponse<String> post(String path, String key) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(lab.url(path)))
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
