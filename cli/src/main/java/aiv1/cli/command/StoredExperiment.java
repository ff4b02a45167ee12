package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.Lab;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;

/// Finds a stored experiment by what a person types: its id, or the beginning of it when that is
/// unique.
final class StoredExperiment {
    private StoredExperiment() {}

    static ExperimentResult require(Lab lab, String typed) {
        List<ExperimentResult> all = lab.ledger().results();
        List<ExperimentResult> exact =
                all.stream()
                        .filter(result -> result.experiment().id().value().equals(typed))
                        .toList();
        List<ExperimentResult> found =
                exact.isEmpty()
                        ? all.stream()
                                .filter(
                                        result ->
                                                result.experiment().id().value().startsWith(typed))
                                .toList()
                        : exact;
        if (found.size() != 1) {
            throw new ConfigurationException(
                    List.of(
                            "experiment: expected the id of one experiment of %s, got '%s', which fits %d"
                                    .formatted(lab.home(), typed, found.size())));
        }
        return found.getFirst();
    }
}
