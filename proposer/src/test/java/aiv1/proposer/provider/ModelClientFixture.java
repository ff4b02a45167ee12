package aiv1.proposer.provider;

import static aiv1.proposer.provider.StubWire.KEY;
import static aiv1.proposer.provider.StubWire.MODEL;
import static aiv1.proposer.provider.StubWire.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aiv1.domain.campaign.StopReason;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ReplyProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What the tests of a [ModelClient] ask and require.
abstract class ModelClientFixture {
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(1500);

    final StubWire wire;

    ModelClientFixture(StubWire wire) {
        this.wire = wire;
    }

    ModelReply whole(String text, StopReason stop) {
        return new ModelReply(text, MODEL, stop, wire.tokens());
    }

    ModelReply ask(StubServer.Answer answer) throws Exception {
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            return client.ask(REQUEST, _ -> {});
        }
    }

    ModelException requireKind(Kind kind, StubServer.Answer answer) throws Exception {
        ModelException failure = failure(() -> ask(answer));
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }

    static void requireHalf(ModelReply reply) {
        assertThat(reply.text()).isEqualTo("half");
        assertThat(reply.stop()).isEqualTo(StopReason.CUT_OFF);
    }

    void requireHangUp(StubServer.Answer answer) throws Exception {
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), SHORT)) {
            assertThat(failure(() -> client.ask(REQUEST, _ -> {})).kind())
                    .isEqualTo(Kind.TIMED_OUT);
            server.awaitHangUp();
        }
    }

    static void requireInterruptible(
            StubServer server, ModelClient client, CountDownLatch begun, ReplyProgress progress)
            throws Exception {
        CompletableFuture<ModelException> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread asking =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    ended.complete(failure(() -> client.ask(REQUEST, progress)));
                                    flag.complete(Thread.currentThread().isInterrupted());
                                });
        server.awaitRequest();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        asking.interrupt();
        assertThat(ended.get(5, TimeUnit.SECONDS).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
        server.awaitHangUp();
    }

    /// What a call fails with; no key is anywhere in what a stack trace of it shows.
    static ModelException failure(ThrowingCallable call) {
        ModelException failure = catchThrowableOfType(ModelException.class, call);
        assertThat(failure).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).doesNotContain(KEY);
        return failure;
    }
}
