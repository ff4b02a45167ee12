package aiv1.domain.campaign;

import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The failures among some experiments, in classes: those whose stage, category, exception and
/// message are the same once numbers, names and addresses are taken out of the message.
///
/// What the lab itself broke, and what somebody stopped, is no failure of a codec and left out.
/// `classes` come most frequent first.
public record FailureSurvey(int experimentCount, int failedCount, List<FailureClass> classes) {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern QUOTED = Pattern.compile("'[^']{0,200}'|\"[^\"]{0,200}\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int PATTERN_LENGTH_MAX = 200;

    public FailureSurvey {
        classes = List.copyOf(classes);
    }

    /// Failures that share a pattern: `latest` is the last of `experiments`, and its failure the
    /// example.
    public record FailureClass(
            String pattern, Failure example, ExperimentId latest, List<ExperimentId> experiments) {
        public FailureClass {
            experiments = List.copyOf(experiments);
        }

        public int count() {
            return experiments.size();
        }
    }

    private record Found(ExperimentId id, Failure failure) {}

    /// `results` oldest first.
    public static FailureSurvey of(List<ExperimentResult> results) {
        Map<String, List<Found>> groups = new LinkedHashMap<>();
        int failed = 0;
        int judged = 0;
        for (ExperimentResult result : results) {
            Optional<NotMeasured> stopper = result.stopper();
            if (stopper.isPresent()
                    && (stopper.get() instanceof RunOutcome.LabFault
                            || stopper.get() instanceof RunOutcome.Cancelled)) {
                continue;
            }
            judged++;
            if (stopper.isPresent()) {
                failed++;
                Failure failure = stopper.get().failure();
                groups.computeIfAbsent(pattern(failure), any -> new ArrayList<>())
                        .add(new Found(result.experiment().id(), failure));
            }
        }
        List<FailureClass> classes =
                groups.entrySet().stream()
                        .map(
                                entry ->
                                        new FailureClass(
                                                entry.getKey(),
                                                entry.getValue().getLast().failure(),
                                                entry.getValue().getLast().id(),
                                                entry.getValue().stream().map(Found::id).toList()))
                        .sorted(Comparator.comparingInt(group -> -group.count()))
                        .toList();
        return new FailureSurvey(judged, failed, classes);
    }

    /// What all failures have in common, in sentences; none when there are fewer than two.
    public List<String> shared() {
        if (failedCount < 2) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        if (classes.size() == 1) {
            sentences.add("100 % of the failures show the same pattern");
        }
        share("end at stage ", failure -> Optional.of(failure.stage().label()), sentences);
        share("are of category ", failure -> Optional.of(failure.category().label()), sentences);
        share("raise ", Failure::exception, sentences);
        share("are in the ", failure -> failure.part().map(part -> part.label()), sentences);
        share("are in the function ", Failure::function, sentences);
        return sentences;
    }

    private void share(
            String words, Function<Failure, Optional<String>> trait, List<String> sentences) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (FailureClass group : classes) {
            trait.apply(group.example())
                    .ifPresent(value -> counts.merge(value, group.count(), Integer::sum));
        }
        counts.forEach(
                (value, count) -> {
                    if (count * 2 > failedCount) {
                        sentences.add(
                                "%d %% of the failures %s%s"
                                        .formatted(
                                                Math.round(100.0 * count / failedCount),
                                                words,
                                                value));
                    }
                });
    }

    private static String pattern(Failure failure) {
        String message = failure.message().lines().findFirst().orElse("");
        String plain = ADDRESS.matcher(message).replaceAll("<address>");
        plain = QUOTED.matcher(plain).replaceAll("<name>");
        plain = NUMBER.matcher(plain).replaceAll("<n>");
        plain = plain.substring(0, Math.min(PATTERN_LENGTH_MAX, plain.length()));
        return "%s: %s: %s"
                .formatted(
                        failure.stage().label(),
                        failure.exception().orElse(failure.category().label()),
                        plain);
    }
}
