package aiv1.worker;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Measures again what a result says: its runs from their bitstreams, then its BD-rates from the
/// runs.
public final class ResultVerification {
    private final ExportVerification runs;
    private final BdVerification bdRates;

    public ResultVerification(ExportVerification runs, BdVerification bdRates) {
        this.runs = runs;
        this.bdRates = bdRates;
    }

    /// What differs, a sentence each. Throws [LabFaultException] when no run differs and the
    /// BD-rates cannot be told here.
    public List<String> differences(
            ExperimentResult result, Function<ArtifactId, byte[]> bitstreams) {
        List<String> differences = new ArrayList<>();
        runs
                .verify(result, (clip, quality) -> bitstream(result, clip, quality, bitstreams))
                .stream()
                .filter(check -> !check.isEqual())
                .map(
                        check ->
                                "%s at quality %d: %s"
                                        .formatted(check.clip(), check.quality(), check.detail()))
                .forEach(differences::add);
        if (!differences.isEmpty()) {
            return differences;
        }
        BdVerification.Finding found = bdRates.check(result);
        String detail = "BD-rates: " + found.detail();
        return switch (found.state()) {
            case EQUAL -> List.of();
            case DIFFERS -> List.of(detail);
            case NOT_CHECKED -> throw new LabFaultException(detail);
        };
    }

    private static byte[] bitstream(
            ExperimentResult result,
            String clip,
            int quality,
            Function<ArtifactId, byte[]> bitstreams) {
        return result.runs().stream()
                .filter(run -> run.clip().equals(clip))
                .filter(run -> run.quality() == quality)
                .flatMap(run -> run.outcome().numbers().stream())
                .findFirst()
                .map(numbers -> bitstreams.apply(numbers.bitstream()))
                .orElseThrow();
    }
}
