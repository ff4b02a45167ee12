package aiv1.domain.campaign;

import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Looks for what may be to blame in place of the codecs, by comparing those that have a trait with
/// those that do not.
final class Suspicion {
    static final int FAILED_COUNT_MIN = 3;
    static final double FAILED_SHARE_MIN = 0.9;
    static final double FAILED_SHARE_ELSEWHERE_MAX = 0.5;

    /// How often a value was tried, and failed.
    private static final class Tally {
        private int failed;
        private int tried;
    }

    private Suspicion() {}

    /// `isOnePattern`: all fail, in one way; then a trait without contrast is worth naming too.
    static List<Suspect> of(List<ExperimentResult> results, boolean isOnePattern) {
        List<Suspect> suspects = new ArrayList<>();
        add(
                Suspect.Kind.CONTRACT,
                byResult(
                        results,
                        result -> result.experiment().proposal().candidate().contract().label()),
                isOnePattern,
                suspects);
        add(
                Suspect.Kind.BUILD,
                byResult(results, result -> result.provenance().build()),
                isOnePattern,
                suspects);
        add(
                Suspect.Kind.WORKER,
                byResult(results, result -> result.provenance().worker()),
                isOnePattern,
                suspects);
        add(Suspect.Kind.CLIP, byClip(results), isOnePattern, suspects);
        return List.copyOf(suspects);
    }

    private static Map<String, Tally> byResult(
            List<ExperimentResult> results, Function<ExperimentResult, String> trait) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (ExperimentResult result : results) {
            count(tallies, trait.apply(result), result.stopper().isPresent());
        }
        return tallies;
    }

    private static Map<String, Tally> byClip(List<ExperimentResult> results) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (ExperimentResult result : results) {
            for (RunResult run : result.runs()) {
                count(tallies, run.clip(), run.outcome() instanceof NotMeasured);
            }
        }
        return tallies;
    }

    private static void count(Map<String, Tally> tallies, String value, boolean isFailed) {
        Tally tally = tallies.computeIfAbsent(value, any -> new Tally());
        tally.tried++;
        if (isFailed) {
            tally.failed++;
        }
    }

    private static void add(
            Suspect.Kind kind,
            Map<String, Tally> tallies,
            boolean isOnePattern,
            List<Suspect> suspects) {
        int failed = tallies.values().stream().mapToInt(tally -> tally.failed).sum();
        int tried = tallies.values().stream().mapToInt(tally -> tally.tried).sum();
        tallies.forEach(
                (value, tally) -> {
                    Suspect suspect =
                            new Suspect(
                                    kind,
                                    value,
                                    tally.failed,
                                    tally.tried,
                                    failed - tally.failed,
                                    tried - tally.tried);
                    if (isSuspicious(suspect, isOnePattern)) {
                        suspects.add(suspect);
                    }
                });
    }

    private static boolean isSuspicious(Suspect suspect, boolean isOnePattern) {
        if (suspect.failed() < FAILED_COUNT_MIN
                || suspect.failed() < FAILED_SHARE_MIN * suspect.tried()) {
            return false;
        }
        return suspect.triedElsewhere() == 0
                ? isOnePattern
                : suspect.failedElsewhere()
                        <= FAILED_SHARE_ELSEWHERE_MAX * suspect.triedElsewhere();
    }
}
