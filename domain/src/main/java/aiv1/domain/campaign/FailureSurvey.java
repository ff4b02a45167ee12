package aiv1.domain.campaign;

import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The failures among some experiments, in classes: those whose stage, category, exception and
/// message are the same once numbers, names and addresses are taken out of the message.
///
/// What the lab itself broke, and what somebody stopped, is no failure of a codec and left out.
/// `frequencies` and `classes` come most frequent first; `shared` are sentences about all failures,
/// `conclusion` is what follows from them, if anything; `suspects` are what may be to blame in
/// place of the codecs.
public record FailureSurvey(
        int experimentCount,
        int failedCount,
        List<Frequency> frequencies,
        List<FailureClass> classes,
        List<String> shared,
        Optional<String> conclusion,
        List<Suspect> suspects) {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern QUOTED = Pattern.compile("'[^']{0,200}'|\"[^\"]{0,200}\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int PATTERN_LENGTH_MAX = 200;
    private static final int CANDIDATE_COUNT_MIN = 3;

    public FailureSurvey {
        frequencies = List.copyOf(frequencies);
        classes = List.copyOf(classes);
        shared = List.copyOf(shared);
        suspects = List.copyOf(suspects);
    }

    /// How often something went wrong at a stage.
    public record Frequency(FailureCategory category, Stage stage, int count) {}

    /// Failures that share a pattern: `latest` is the last of `experiments`, and its failure the
    /// example; `shared` are sentences about what else they have in common.
    public record FailureClass(
            String pattern,
            Failure example,
            ExperimentId latest,
            List<ExperimentId> experiments,
            List<String> shared) {
        public FailureClass {
            experiments = List.copyOf(experiments);
            shared = List.copyOf(shared);
        }

        public int count() {
            return experiments.size();
        }
    }

    private record Found(ExperimentId id, Failure failure) {}

    /// `results` oldest first.
    public static FailureSurvey of(List<ExperimentResult> results) {
        Map<String, List<Found>> groups = new LinkedHashMap<>();
        List<ExperimentResult> judged = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (ExperimentResult result : results) {
            Optional<NotMeasured> stopper = result.stopper();
            if (stopper.isPresent()
                    && (stopper.get() instanceof RunOutcome.LabFault
                            || stopper.get() instanceof RunOutcome.Cancelled)) {
                continue;
            }
            judged.add(result);
            if (stopper.isPresent()) {
                Failure failure = stopper.get().failure();
                failures.add(failure);
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
                                                entry.getValue().stream().map(Found::id).toList(),
                                                SharedTraits.of(
                                                        entry.getValue().stream()
                                                                .map(Found::failure)
                                                                .toList())))
                        .sorted(Comparator.comparingInt(group -> -group.count()))
                        .toList();
        boolean isOnePattern = classes.size() == 1 && failures.size() == judged.size();
        return new FailureSurvey(
                judged.size(),
                failures.size(),
                frequencies(failures),
                classes,
                shared(failures, classes),
                conclusion(judged, failures, classes),
                Suspicion.of(judged, isOnePattern));
    }

    private static List<Frequency> frequencies(List<Failure> failures) {
        Map<Frequency, Integer> counts = new LinkedHashMap<>();
        for (Failure failure : failures) {
            counts.merge(new Frequency(failure.category(), failure.stage(), 0), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(
                        entry ->
                                new Frequency(
                                        entry.getKey().category(),
                                        entry.getKey().stage(),
                                        entry.getValue()))
                .sorted(Comparator.comparingInt(frequency -> -frequency.count()))
                .toList();
    }

    private static List<String> shared(List<Failure> failures, List<FailureClass> classes) {
        List<String> sentences = new ArrayList<>();
        if (failures.size() >= 2 && classes.size() == 1) {
            sentences.add("100 % of the failures show the same pattern");
        }
        sentences.addAll(SharedTraits.of(failures));
        return sentences;
    }

    /// Many codecs do not all make the same mistake.
    private static Optional<String> conclusion(
            List<ExperimentResult> judged, List<Failure> failures, List<FailureClass> classes) {
        long candidates =
                judged.stream()
                        .filter(result -> result.stopper().isPresent())
                        .map(result -> result.experiment().proposal().candidate().id())
                        .distinct()
                        .count();
        return classes.size() == 1
                        && failures.size() == judged.size()
                        && candidates >= CANDIDATE_COUNT_MIN
                ? Optional.of(
                        "%d different codecs fail in one way: look at what calls them, not at them"
                                .formatted(candidates))
                : Optional.empty();
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
