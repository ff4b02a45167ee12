package aiv1.proposer.provider;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.model.ReplyProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Prompts and replies as files, for a person or another program.
///
/// Each prompt appears whole as `prompts/ID.md`; the answer is expected as `replies/ID.md` and must
/// appear whole too: written under another name, then renamed. A reply that is there already is
/// taken, so neither a crash of the lab nor of whoever answers loses one.
public final class MailboxClient implements ModelClient {
    /// A look at the folder now and then, since some file systems tell of no changes.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Path prompts;
    private final Path replies;
    private final Path directory;

    public MailboxClient(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.prompts = this.directory.resolve("prompts");
        this.replies = this.directory.resolve("replies");
    }

    @Override
    public String provider() {
        return "mailbox";
    }

    /// The mailbox does not know who answers.
    @Override
    public String model() {
        return "mailbox";
    }

    @Override
    public ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException {
        Path reply = replies.resolve(request.id() + ".md");
        check();
        try (WatchService watch = replies.getFileSystem().newWatchService()) {
            WatchKey key = replies.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            writePrompt(request);
            while (!Files.isRegularFile(reply, LinkOption.NOFOLLOW_LINKS)) {
                watch.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                key.pollEvents();
                key.reset();
            }
            String text = read(reply);
            progress.received(text.length());
            return new ModelReply(text, model(), StopReason.END, TokenUsage.NONE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ModelException(
                    Kind.INTERRUPTED, "mailbox: stopped while waiting for " + reply);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    @Override
    public String place(ModelRequest request) {
        return promptFile(request).toString();
    }

    @Override
    public void check() throws ModelException {
        try {
            Files.createDirectories(prompts);
            Files.createDirectories(replies);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    @Override
    public void close() {
        // Nothing is held open between questions.
    }

    private void writePrompt(ModelRequest request) throws IOException {
        Path draft = prompts.resolve("." + request.id() + ".draft");
        Files.writeString(draft, request.system() + "\n" + request.user());
        Files.move(
                draft,
                promptFile(request),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path promptFile(ModelRequest request) {
        return prompts.resolve(request.id() + ".md");
    }

    private static String read(Path reply) throws IOException {
        try (InputStream in = Files.newInputStream(reply, LinkOption.NOFOLLOW_LINKS)) {
            String text =
                    new String(in.readNBytes(ModelClient.REPLY_LENGTH_MAX), StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        }
    }

    private ModelException unusable(IOException failure) {
        return new ModelException(
                Kind.UNREACHABLE,
                "mailbox %s: expected folders that can be written, got %s"
                        .formatted(directory, failure));
    }
}
