package aiv1.domain.experiment;

import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.rd.BdRate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// An experiment as it ended: its runs, its BD-rates, and by what it was made. Never changed once
/// stored.
///
/// `verdict` is what stands against the experiment as a whole, such as a syntax error found before
/// any run; without one there are runs. `decoderBytes` is the xz size of the decoder's source with
/// all that it carries. `build` is absent for a candidate that needs none, or did not get so far.
/// `stages` tells, in the order of time, when it came to which stage; empty when nobody noted it.
public record ExperimentResult(
        Experiment experiment,
        Optional<NotMeasured> verdict,
        List<RunResult> runs,
        List<BdEntry> bdRates,
        OptionalLong decoderBytes,
        Optional<BuildReport> build,
        Provenance provenance,
        Instant startedAt,
        List<StageMoment> stages,
        Instant finishedAt) {
    /// A result of whose stages nobody noted the moments.
    public ExperimentResult(
            Experiment experiment,
            Optional<NotMeasured> verdict,
            List<RunResult> runs,
            List<BdEntry> bdRates,
            OptionalLong decoderBytes,
            Optional<BuildReport> build,
            Provenance provenance,
            Instant startedAt,
            Instant finishedAt) {
        this(
                experiment,
                verdict,
                runs,
                bdRates,
                decoderBytes,
                build,
                provenance,
                startedAt,
                List.of(),
                finishedAt);
    }

    /// The same without a build.
    public ExperimentResult(
            Experiment experiment,
            Optional<NotMeasured> verdict,
            List<RunResult> runs,
            List<BdEntry> bdRates,
            OptionalLong decoderBytes,
            Provenance provenance,
            Instant startedAt,
            Instant finishedAt) {
        this(
                experiment,
                verdict,
                runs,
                bdRates,
                decoderBytes,
                Optional.empty(),
                provenance,
                startedAt,
                finishedAt);
    }

    public ExperimentResult {
        runs = List.copyOf(runs);
        bdRates = List.copyOf(bdRates);
        stages = List.copyOf(stages);
        if (verdict.isEmpty() && runs.isEmpty()) {
            throw new IllegalArgumentException("result: expected a verdict or runs, got neither");
        }
        if (experiment.clips().isEmpty() && !runs.isEmpty()) {
            throw new IllegalArgumentException(
                    experiment.id() + ": clips: expected at least one beside runs, got none");
        }
    }

    /// The same, made by something else.
    public ExperimentResult withProvenance(Provenance other) {
        return new ExperimentResult(
                experiment,
                verdict,
                runs,
                bdRates,
                decoderBytes,
                build,
                other,
                startedAt,
                stages,
                finishedAt);
    }

    /// What ended it: its own verdict, else the first run that was not measured; absent when all
    /// was measured.
    public Optional<NotMeasured> stopper() {
        if (verdict.isPresent()) {
            return verdict;
        }
        return runs.stream()
                .map(RunResult::outcome)
                .filter(NotMeasured.class::isInstance)
                .map(NotMeasured.class::cast)
                .findFirst();
    }

    public boolean isMeasured() {
        return stopper().isEmpty() && !runs.isEmpty();
    }

    /// The outcome's name in JSON: `measured` only when every run is.
    public String outcomeLabel() {
        return stopper().map(RunOutcome::label).orElse("measured");
    }

    /// The mean over all clips of the BD-rate against `anchor`, in percent; absent unless measured
    /// and each clip has a number.
    public OptionalDouble meanBdRatePercent(String anchor, RateKind rate) {
        if (!isMeasured()) {
            return OptionalDouble.empty();
        }
        List<BdRate> rates =
                bdRates.stream()
                        .filter(entry -> entry.anchor().equals(anchor) && entry.rate() == rate)
                        .map(BdEntry::bdRate)
                        .toList();
        if (rates.size() != experiment.clips().size()) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (BdRate bdRate : rates) {
            switch (bdRate) {
                case BdRate.Percent percent -> sum += percent.percent();
                case BdRate.Absent absent -> {
                    return OptionalDouble.empty();
                }
            }
        }
        return OptionalDouble.of(sum / rates.size());
    }
}
