package aiv1.cli.terminal;

import aiv1.domain.campaign.ModelCall;
import aiv1.proposer.CallListener;
import aiv1.proposer.Spending;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Which model is being asked, for how long, how much of its reply has come, and what it costs; one
/// line redrawn each second, plain lines where there is no terminal. Thread-safe.
public final class LiveCalls implements CallListener, AutoCloseable {
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Screen screen;
    private final boolean isQuiet;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("model-progress").factory());
    private Optional<String> what = Optional.empty();
    private String spent = "";
    private long since;
    private int received;

    public LiveCalls(Screen screen, boolean isQuiet) {
        this.screen = screen;
        this.isQuiet = isQuiet;
        if (screen.isLive()) {
            ScheduledFuture<?> forever =
                    ticker.scheduleAtFixedRate(this::draw, 1, 1, TimeUnit.SECONDS);
            assert !forever.isDone();
        }
    }

    @Override
    public synchronized void asking(
            String provider, String model, String mode, int estimatedTokens, String place) {
        String name = provider.equals(model) ? provider : provider + " " + model;
        String asking =
                "asking %s for mode %s (prompt of about %d tokens%s)"
                        .formatted(
                                name, mode, estimatedTokens, place.isEmpty() ? "" : ", " + place);
        what = Optional.of(asking);
        since = System.nanoTime();
        received = 0;
        plain(asking);
        draw();
    }

    @Override
    public synchronized void received(int length) {
        received = length;
    }

    @Override
    public synchronized void waiting(String reason, Duration wait) {
        what = Optional.empty();
        screen.eraseBlock();
        say(
                "no reply: %s; asking again in %d s"
                        .formatted(Screen.clean(reason, 300), Math.max(1, wait.toSeconds())));
    }

    @Override
    public synchronized void answered(ModelCall call, Spending spending) {
        what = Optional.empty();
        screen.eraseBlock();
        spent = spent(spending);
        say(
                "reply of %s in %d s: %d tokens out, %d in, %d of them cached%s%s"
                        .formatted(
                                Screen.clean(call.model(), 60),
                                call.latency().toSeconds(),
                                call.tokens().output(),
                                call.tokens().input()
                                        + call.tokens().cacheRead()
                                        + call.tokens().cacheWrite(),
                                call.tokens().cacheRead(),
                                spent,
                                call.refusal()
                                        .map(reason -> "; not usable: " + Screen.clean(reason, 200))
                                        .orElse("")));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    private static String spent(Spending spending) {
        StringBuilder text = new StringBuilder();
        if (spending.usd() > 0 || spending.caps().usd().isPresent()) {
            text.append(String.format(Locale.ROOT, "; $%.4f spent", spending.usd()));
            spending.caps()
                    .usd()
                    .ifPresent(cap -> text.append(String.format(Locale.ROOT, " of $%.2f", cap)));
        }
        spending.caps()
                .tokens()
                .ifPresent(
                        cap ->
                                text.append(
                                        "; %d of %d tokens used"
                                                .formatted(spending.tokens(), cap)));
        return text.toString();
    }

    private synchronized void draw() {
        what.ifPresent(
                asking -> {
                    long seconds = (System.nanoTime() - since) / 1_000_000_000;
                    String progress =
                            received == 0
                                    ? ""
                                    : ", about %d tokens so far"
                                            .formatted(received / CHARACTERS_PER_TOKEN);
                    screen.block(List.of(seconds + " s  " + asking + progress + spent));
                });
    }

    private void plain(String text) {
        if (!screen.isLive()) {
            say(text);
        }
    }

    private void say(String text) {
        if (!isQuiet) {
            screen.line("  " + text);
        }
    }
}
