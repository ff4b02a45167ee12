package aiv1.proposer;

import aiv1.domain.campaign.NoProposalException;
import aiv1.proposer.model.ModelException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// How long to wait before a question is asked again, and when to give up.
///
/// The wait doubles from [#FIRST], jittered in its upper half so that many labs do not come back
/// together, and is never shorter than the provider asked for.
public final class Patience {
    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration WAIT_MAX = Duration.ofMinutes(2);
    private static final int USUAL_ATTEMPT_COUNT = 8;

    private final int attemptCountMax;
    private final RandomGenerator random;
    private final Sleeper sleeper;

    /// How waiting is done; an interrupt ends it.
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /// `attemptCountMax` (> 0) questions without a reply in a row make the provider dead.
    public Patience(int attemptCountMax, RandomGenerator random, Sleeper sleeper) {
        this.attemptCountMax = attemptCountMax;
        this.random = random;
        this.sleeper = sleeper;
    }

    public static Patience usual() {
        return new Patience(USUAL_ATTEMPT_COUNT, new SplittableRandom(), Thread::sleep);
    }

    /// The wait after `failures` (> 0) questions without a reply; throws [NoProposalException] when
    /// that was enough, or when asking again cannot help.
    Duration after(int failures, ModelException last) {
        if (last.kind() == ModelException.Kind.INTERRUPTED) {
            throw new NoProposalException(
                    NoProposalException.Kind.INTERRUPTED, "stopped while a model was asked");
        }
        if (!last.kind().mayPass() || failures >= attemptCountMax) {
            String times = failures > 1 ? ", %d times in a row".formatted(failures) : "";
            throw new NoProposalException(
                    NoProposalException.Kind.UNAVAILABLE, last.getMessage() + times);
        }
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 10);
        long ceiling = Math.min(WAIT_MAX.toMillis(), doubled);
        Duration jittered = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        Duration asked = last.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(jittered) > 0 ? asked : jittered;
    }

    void sleep(Duration duration) {
        try {
            sleeper.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoProposalException(
                    NoProposalException.Kind.INTERRUPTED, "stopped while waiting for a model");
        }
    }
}
