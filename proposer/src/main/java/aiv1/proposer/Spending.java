package aiv1.proposer;

import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a campaign has spent on models and may still spend.
///
/// It stops *at* a cap: a question is asked only when its most expensive outcome, the whole prompt
/// at full price and as long a reply as is allowed, still fits. Not thread-safe: one campaign asks
/// one question at a time.
public final class Spending {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Caps caps;
    private final Prices prices;
    private final InstantSource clock;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private double usd;
    private long tokens;

    /// Each absent where there is no cap.
    public record Caps(OptionalDouble usd, OptionalLong tokens, OptionalInt requestsPerMinute) {
        public static final Caps NONE =
                new Caps(OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.empty());
    }

    /// `before` are the calls of earlier sittings of the campaign, which count too.
    public Spending(Caps caps, Prices prices, List<ModelCall> before, InstantSource clock) {
        this.caps = caps;
        this.prices = prices;
        this.clock = clock;
        before.forEach(this::add);
    }

    /// As far as prices are known.
    public double usd() {
        return usd;
    }

    public long tokens() {
        return tokens;
    }

    public Caps caps() {
        return caps;
    }

    OptionalDouble cost(String model, TokenUsage usage) {
        return prices.cost(model, usage);
    }

    void add(ModelCall call) {
        usd += call.costUsd().orElse(0);
        tokens += call.tokens().total();
    }

    /// Throws [NoProposalException] when a question of this size might go over a cap.
    void require(String model, int promptTokens, int outputTokensMax) {
        if (caps.usd().isPresent()) {
            OptionalDouble worst =
                    prices.cost(model, new TokenUsage(0, 0, promptTokens, outputTokensMax));
            if (worst.isEmpty()) {
                throw new NoProposalException(
                        NoProposalException.Kind.UNAVAILABLE,
                        "model %s has no known price, so no budget in dollars can be kept: name a price table that lists it"
                                .formatted(model));
            }
            if (usd + worst.getAsDouble() > caps.usd().getAsDouble()) {
                throw new NoProposalException(
                        NoProposalException.Kind.BUDGET_USED,
                        "the budget of $%.2f is used: $%.4f spent, and the next question may cost $%.4f"
                                .formatted(caps.usd().getAsDouble(), usd, worst.getAsDouble()));
            }
        }
        long needed = (long) promptTokens + outputTokensMax;
        if (caps.tokens().isPresent() && tokens + needed > caps.tokens().getAsLong()) {
            throw new NoProposalException(
                    NoProposalException.Kind.BUDGET_USED,
                    "the budget of %d tokens is used: %d spent, and the next question may need %d"
                            .formatted(caps.tokens().getAsLong(), tokens, needed));
        }
    }

    /// Counts a request, and says how long it must wait so that no more than allowed fall into one
    /// minute.
    Optional<Duration> takeTurn() {
        if (caps.requestsPerMinute().isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        while (!recent.isEmpty() && recent.getFirst().plus(MINUTE).compareTo(now) <= 0) {
            recent.removeFirst();
        }
        Optional<Duration> wait = Optional.empty();
        if (recent.size() >= caps.requestsPerMinute().getAsInt()) {
            Instant turn = recent.removeFirst().plus(MINUTE);
            wait = Optional.of(Duration.between(now, turn));
            now = turn;
        }
        recent.addLast(now);
        return wait;
    }
}
