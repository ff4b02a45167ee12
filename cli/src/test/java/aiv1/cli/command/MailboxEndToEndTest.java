package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A campaign whose proposals are written by hand: prompts and replies as files, evaluated for
/// real, and played back.
@Timeout(300)
class MailboxEndToEndTest {
    private static final List<String> FINER_FIRST_LEVEL =
            List.of(
                    "STEPS = (60, 36, 22, 13, 8)  # quantiser step of each quality level",
                    "STEPS = (56, 36, 22, 13, 8)");

    @TempDir private Path folder;

    @Test
    void prompts_are_answered_by_hand_and_the_campaign_is_replayed() throws Exception {
        Path mail = folder.resolve("mail");
        Thread person = Thread.ofPlatform().daemon().start(() -> answer(mail));
        Program program = new Program(folder.resolve("home"));
        Answer campaign = run(program, "mailbox:" + mail);
        person.interrupt();
        person.join();
        assertThat(campaign.status()).as(campaign.err()).isZero();
        List<JsonNode> finished = finished(campaign);
        assertThat(finished)
                .hasSize(2)
                .allSatisfy(
                        experiment ->
                                assertThat(experiment.path("outcome").asString())
                                        .isEqualTo("measured"));
        assertThat(finished.get(1).path("parent_ids").get(0))
                .isEqualTo(finished.get(0).path("candidate_id"));
        assertThat(finished.get(0).path("proposer").asString()).isEqualTo("mailbox:mailbox");

        String id = finished.get(0).path("campaign_id").asString();
        Answer replay = run(program, "replay:" + id);
        assertThat(replay.status()).as(replay.err()).isZero();
        Path home = folder.resolve("home");
        String again = finished(replay).get(0).path("campaign_id").asString();
        assertThat(Recorded.of(home, again)).hasSize(4).isEqualTo(Recorded.of(home, id));

        Answer prompt = program.run("prompt", "show", "improve", "--campaign", id);
        assertThat(prompt.status()).as(prompt.err()).isZero();
        assertThat(prompt.out()).contains("# Codec 1", "STEPS = (");
        assertThat(prompt.err()).contains("codec 1", "prompt files: version");
        Answer more = program.run("prompt", "show", "repair", "--campaign", id);
        assertThat(more.status()).isEqualTo(2);
        assertThat(more.err()).contains("expected a campaign with 1 failed codec, got 0");

        Answer failures = program.run("failures", "--json");
        assertThat(failures.json().path("analysed").asInt()).isEqualTo(4);
        assertThat(failures.json().path("failed").asInt()).isZero();
    }

    @Test
    void a_replay_of_nothing_is_told_before_anything_starts() {
        Answer answer = run(new Program(folder.resolve("home")), "replay:c-never");
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err())
                .contains("expected recorded replies in campaign c-never, got none");
    }

    @Test
    void a_proposer_that_is_none_is_told() {
        Program program = new Program(folder.resolve("home"));
        for (String name : List.of("oracle", "anthropic", "0*inventor", "inventor,", "mailbox:")) {
            Answer answer = program.run("run", "--proposer", name);
            assertThat(answer.status()).as(name).isEqualTo(2);
            assertThat(answer.err()).contains("proposer: expected inventor, anthropic:MODEL");
        }
    }

    private static Answer run(Program program, String proposer) {
        return program.run(
                "run",
                "--experiments",
                "2",
                "--clip",
                "rapids",
                "--frames",
                "4",
                "--anchor",
                "x264-medium",
                "--proposer",
                proposer,
                "--json");
    }

    private static List<JsonNode> finished(Answer answer) {
        return answer.events().stream()
                .filter(event -> event.path("event").asString().equals("finished"))
                .map(event -> event.path("experiment"))
                .toList();
    }

    /// The first prompt gets a whole codec, every later one an edit of it.
    private static void answer(Path mail) {
        try {
            Path prompts = Files.createDirectories(mail.resolve("prompts"));
            Path replies = Files.createDirectories(mail.resolve("replies"));
            while (!Thread.currentThread().isInterrupted()) {
                for (Path prompt : list(prompts)) {
                    Path reply = replies.resolve(prompt.getFileName().toString());
                    boolean isPrompt = !prompt.getFileName().toString().startsWith(".");
                    if (isPrompt && !Files.exists(reply)) {
                        Path draft = Files.writeString(mail.resolve("draft"), reply(prompt));
                        Files.move(draft, reply, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
                Thread.onSpinWait();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static String reply(Path prompt) throws IOException {
        if (Files.readString(prompt).contains("# Codec 1")) {
            return """
                    A finer lowest quality, one percent at most.

                    ```python common.py
                    <<<<<<< SEARCH
                    %s
                    =======
                    %s
                    >>>>>>> REPLACE
                    ```
                    """
                    .formatted(FINER_FIRST_LEVEL.get(0), FINER_FIRST_LEVEL.get(1));
        }
        return Replies.stillPictures();
    }
}
