package aiv1.domain.campaign;

import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What most of some failures have in common, in sentences.
final class SharedTraits {
    private static final List<Duration> BOUNDS =
            List.of(
                    Duration.ofMillis(10),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10));

    private final List<Failure> failures;
    private final List<String> sentences = new ArrayList<>();

    private SharedTraits(List<Failure> failures) {
        this.failures = failures;
    }

    /// None for fewer than two.
    static List<String> of(List<Failure> failures) {
        return failures.size() < 2 ? List.of() : new SharedTraits(failures).collect();
    }

    private List<String> collect() {
        share("end at stage ", failure -> Optional.of(failure.stage().label()));
        share("are of category ", failure -> Optional.of(failure.category().label()));
        share("raise ", Failure::exception);
        share("are in the ", failure -> failure.part().map(part -> part.label()));
        share("are in the function ", Failure::function);
        share("fail at ", SharedTraits::place);
        addTimes();
        return List.copyOf(sentences);
    }

    /// Such as `decoder line 46 with AttributeError`.
    private static Optional<String> place(Failure failure) {
        if (failure.part().isEmpty() || failure.line().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s line %d%s"
                        .formatted(
                                failure.part().get().label(),
                                failure.line().getAsInt(),
                                failure.exception().map(name -> " with " + name).orElse("")));
    }

    private void share(String words, Function<Failure, Optional<String>> trait) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Failure failure : failures) {
            trait.apply(failure).ifPresent(value -> counts.merge(value, 1, Integer::sum));
        }
        counts.forEach(
                (value, count) -> {
                    if (count * 2 > failures.size()) {
                        sentences.add(
                                "%d %% of the failures %s%s"
                                        .formatted(
                                                Math.round(100.0 * count / failures.size()),
                                                words,
                                                value));
                    }
                });
    }

    /// A time limit that struck is another thing than an error.
    private void addTimes() {
        long late =
                failures.stream()
                        .filter(
                                failure ->
                                        failure.category() == FailureCategory.TIMEOUT_CPU
                                                || failure.category()
                                                        == FailureCategory.TIMEOUT_WALL)
                        .count();
        if (late == 0) {
            sentences.add("none timed out");
        } else if (late == failures.size()) {
            sentences.add("all timed out");
        }
        List<Duration> times =
                failures.stream()
                        .flatMap(failure -> failure.usage().stream())
                        .map(Usage::wall)
                        .toList();
        if (times.size() == failures.size()) {
            BOUNDS.stream()
                    .filter(bound -> times.stream().allMatch(time -> time.compareTo(bound) <= 0))
                    .findFirst()
                    .ifPresent(
                            bound ->
                                    sentences.add(
                                            "all ran at most %d ms".formatted(bound.toMillis())));
        }
    }
}
