package aiv1.cli.drill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The table of a drill, or of a part of it.
final class Tally {
    private final List<Trial> trials = new ArrayList<>();

    /// One fault: which experiments were under way or begun until all was well again (`first` to
    /// `last`), how long that took after the fault was over, and how often the campaign ended
    /// because of it.
    record Trial(String fault, int first, int last, double seconds, int endCount) {}

    void add(Trial trial) {
        trials.add(trial);
    }

    int count() {
        return trials.size();
    }

    static String head() {
        return "%-16s %5s %5s %8s %12s %6s %10s %10s%n"
                .formatted(
                        "fault",
                        "times",
                        "lost",
                        "doubled",
                        "begun again",
                        "ended",
                        "median s",
                        "longest s");
    }

    /// A line for each kind of fault.
    String rows(Truth truth) {
        StringBuilder text = new StringBuilder();
        for (String fault : trials.stream().map(Trial::fault).distinct().sorted().toList()) {
            List<Trial> those =
                    trials.stream().filter(trial -> trial.fault().equals(fault)).toList();
            List<Double> seconds = new ArrayList<>(those.stream().map(Trial::seconds).toList());
            Collections.sort(seconds);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-16s %5d %5d %8d %12d %6d %10.1f %10.1f%n",
                            fault,
                            those.size(),
                            within(those, truth.lost()),
                            within(those, truth.doubled()),
                            within(those, truth.again()),
                            those.stream().mapToInt(Trial::endCount).sum(),
                            seconds.get(seconds.size() / 2),
                            seconds.getLast()));
        }
        return text.toString();
    }

    private static long within(List<Trial> those, Set<Integer> experiments) {
        return experiments.stream()
                .filter(
                        number ->
                                those.stream()
                                        .anyMatch(
                                                trial ->
                                                        trial.first() <= number
                                                                && number <= trial.last()))
                .count();
    }
}
