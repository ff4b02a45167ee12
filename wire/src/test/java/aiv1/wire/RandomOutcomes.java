package aiv1.wire;

import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.Distortion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/// Outcomes of runs, every kind of them, with what can be absent sometimes absent.
final class RandomOutcomes {
    static final List<Function<Failure, NotMeasured>> KINDS =
            List.of(
                    RunOutcome.Invalid::new,
                    RunOutcome.Crashed::new,
                    RunOutcome.TimedOut::new,
                    RunOutcome.OutOfMemory::new,
                    RunOutcome.Nondeterministic::new,
                    RunOutcome.Hostile::new,
                    RunOutcome.Quarantined::new,
                    RunOutcome.LabFault::new,
                    RunOutcome.Cancelled::new);

    private final Random random;
    private final Supplier<String> text;

    RandomOutcomes(Random random, Supplier<String> text) {
        this.random = random;
        this.text = text;
    }

    NotMeasured notMeasured() {
        return KINDS.get(random.nextInt(KINDS.size())).apply(failure());
    }

    RunOutcome measured() {
        return new RunOutcome.Measured(
                new Measurement(
                        1 + random.nextLong(Long.MAX_VALUE),
                        number(),
                        new Distortion(
                                number(), number(), number(), number(), number(), number(),
                                number()),
                        usage(),
                        usage(),
                        RandomResults.artifact(random),
                        RandomResults.artifact(random).sha256(),
                        RandomResults.artifact(random),
                        random.nextBoolean() ? List.of() : List.of(text.get(), text.get())));
    }

    Failure failure() {
        return new Failure(
                any(Stage.values()),
                any(FailureCategory.values()),
                text.get(),
                maybe(text.get()),
                maybe(any(Part.values())),
                maybe(text.get()),
                maybe(1 + random.nextInt(10_000)),
                text.get(),
                maybe(random.nextInt(60)),
                maybe(usage()),
                maybe(RandomResults.artifact(random)));
    }

    Usage usage() {
        return new Usage(duration(), duration(), random.nextLong(1L << 40));
    }

    private Duration duration() {
        return switch (random.nextInt(3)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofSeconds(random.nextInt(100) * 100L);
            default -> Duration.ofSeconds(random.nextLong(1L << 40), random.nextInt(1_000_000_000));
        };
    }

    /// Any finite number there is, but for the largest, whose weighted sum is none.
    private double number() {
        double number = Double.longBitsToDouble(random.nextLong());
        return Math.abs(number) < 1e300 ? number : random.nextInt(60);
    }

    private OptionalInt maybe(int value) {
        return random.nextBoolean() ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
