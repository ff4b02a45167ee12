package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailboxClientTest {
    private static final ModelRequest REQUEST =
            new ModelRequest("spring.0003", "You invent codecs.", "Do it.", 100);

    @TempDir private Path directory;

    @Test
    void a_prompt_is_answered_by_a_file_that_appears() throws Exception {
        MailboxClient mailbox = new MailboxClient(directory);
        mailbox.check();
        CompletableFuture<String> person = CompletableFuture.supplyAsync(this::answer);
        ModelReply reply = mailbox.ask(REQUEST, length -> {});
        assertThat(reply.text()).isEqualTo("a codec");
        assertThat(person.get()).isEqualTo("You invent codecs.\nDo it.");
    }

    /// Neither side loses anything by a crash: the reply may be there before the lab asks again.
    @Test
    void a_reply_that_is_there_already_is_taken() throws Exception {
        Files.createDirectories(directory.resolve("replies"));
        Files.writeString(directory.resolve("replies/spring.0003.md"), "\ufeffearlier");
        assertThat(new MailboxClient(directory).ask(REQUEST, length -> {}).text())
                .isEqualTo("earlier");
    }

    @Test
    void an_interrupt_ends_the_wait_and_leaves_the_prompt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new MailboxClient(directory).ask(REQUEST, length -> {}))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        stopped ->
                                assertThat(stopped.kind())
                                        .isEqualTo(ModelException.Kind.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory.resolve("prompts/spring.0003.md")).exists();
    }

    @Test
    void a_mailbox_that_cannot_be_written_is_told() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertThatThrownBy(() -> new MailboxClient(file).check())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("expected folders that can be written");
    }

    /// As a person does it: reads the prompt when it appears, writes beside, renames.
    private String answer() {
        try {
            Path prompt = directory.resolve("prompts/spring.0003.md");
            while (!Files.exists(prompt)) {
                Thread.onSpinWait();
            }
            Path draft = Files.writeString(directory.resolve("draft"), "a codec");
            Files.move(
                    draft,
                    directory.resolve("replies/spring.0003.md"),
                    StandardCopyOption.ATOMIC_MOVE);
            return Files.readString(prompt);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
