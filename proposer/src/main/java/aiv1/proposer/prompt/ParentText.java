package aiv1.proposer.prompt;

import aiv1.domain.campaign.Brief;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.rd.BdRate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// One codec as a model is shown it: what it reached, where it is weak, how it failed, and its
/// source.
final class ParentText {
    private static final int RATIONALE_LENGTH_MAX = 1500;
    private static final int TRACE_LENGTH_MAX = 3000;

    private final RunTable runTable;

    ParentText(RunTable runTable) {
        this.runTable = runTable;
    }

    /// `before` are the codecs that the same prompt showed already: parts that equal theirs are
    /// named, not repeated.
    String of(ExperimentResult result, List<ExperimentResult> before, Brief brief) {
        int number = before.size() + 1;
        StringBuilder text = new StringBuilder();
        text.append("\n# Codec %d\n\n".formatted(number));
        result.decoderBytes()
                .ifPresent(
                        bytes ->
                                text.append(
                                        "Decoder: %d bytes (xz), of which each clip carries %d.\n"
                                                .formatted(
                                                        bytes,
                                                        Math.round(
                                                                (double) bytes
                                                                        / brief.clips().size()))));
        result.stopper().ifPresent(stopper -> appendFailure(text, result, stopper));
        appendScore(text, result, brief);
        text.append(runTable.of(result.runs(), brief));
        String rationale = result.experiment().proposal().rationale().strip();
        if (!rationale.isEmpty()) {
            text.append("\nIts rationale:\n\n");
            Words.cut(rationale, RATIONALE_LENGTH_MAX)
                    .lines()
                    .forEach(line -> text.append("> ").append(line).append('\n'));
        }
        for (Part part : Part.values()) {
            Optional<String> source = candidate(result).source(part);
            if (source.isPresent()) {
                text.append(
                        twin(part, source.get(), before)
                                .map(
                                        twin ->
                                                "\nIts %s is that of codec %d.\n"
                                                        .formatted(part.fileName(), twin))
                                .orElseGet(() -> block(part, source.get())));
            }
        }
        return text.toString();
    }

    private static Optional<Integer> twin(Part part, String source, List<ExperimentResult> before) {
        for (int i = 0; i < before.size(); i++) {
            if (candidate(before.get(i)).source(part).equals(Optional.of(source))) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    private static String block(Part part, String source) {
        String fence = fence(source);
        return "\n%s%s %s\n%s%s\n"
                .formatted(fence, part.isPython() ? "python" : "c", part.fileName(), source, fence);
    }

    private static Candidate candidate(ExperimentResult result) {
        return result.experiment().proposal().candidate();
    }

    /// The source line that a failure points at.
    static Optional<String> failingLine(ExperimentResult result, Failure failure) {
        if (failure.part().isEmpty() || failure.line().isEmpty()) {
            return Optional.empty();
        }
        return result.experiment()
                .proposal()
                .candidate()
                .source(failure.part().get())
                .flatMap(source -> source.lines().skip(failure.line().getAsInt() - 1L).findFirst())
                .map(String::strip);
    }

    private void appendFailure(StringBuilder text, ExperimentResult result, NotMeasured stopper) {
        Failure failure = stopper.failure();
        text.append("\nIt failed (%s): %s\n".formatted(stopper.label(), failure.summary()));
        failingLine(result, failure)
                .ifPresent(line -> text.append("The line: `").append(line).append("`\n"));
        result.runs().stream()
                .filter(run -> run.outcome().equals(stopper))
                .findFirst()
                .ifPresent(
                        run ->
                                text.append(
                                        "The run: %s at quality %d.\n"
                                                .formatted(run.clip(), run.quality())));
        failure.usage()
                .ifPresent(
                        used ->
                                text.append(
                                        "Used by then: %d s of CPU time, %d s of wall time, %d MiB.\n"
                                                .formatted(
                                                        used.cpu().toSeconds(),
                                                        used.wall().toSeconds(),
                                                        used.peakMemoryBytes() >> 20)));
        failure.frameReached()
                .ifPresent(frame -> text.append("Frames done: %d\n".formatted(frame)));
        String trace = failure.stderrTail().strip();
        if (!trace.isEmpty()) {
            String fence = fence(trace);
            text.append(fence)
                    .append('\n')
                    .append(trace.substring(Math.max(0, trace.length() - TRACE_LENGTH_MAX)))
                    .append('\n')
                    .append(fence)
                    .append('\n');
        }
    }

    /// Against the anchor that ranks; the others are beside the point here.
    private static void appendScore(StringBuilder text, ExperimentResult result, Brief brief) {
        String anchor = brief.anchors().getFirst();
        OptionalDouble total = result.meanBdRatePercent(anchor, RateKind.TOTAL);
        OptionalDouble stream = result.meanBdRatePercent(anchor, RateKind.STREAM);
        if (total.isPresent()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "Score: BD-rate %+.3f %% against %s, mean over the clips",
                            total.getAsDouble(),
                            anchor));
            stream.ifPresent(
                    percent ->
                            text.append(
                                    String.format(
                                            Locale.ROOT,
                                            "; %+.3f %% if its decoder cost nothing",
                                            percent)));
            text.append(".\n");
        }
        if (total.isPresent() && stream.isPresent() && result.decoderBytes().isPresent()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "So a kilobyte of its decoder costs about %.1f points.%n",
                            (total.getAsDouble() - stream.getAsDouble())
                                    * 1024
                                    / result.decoderBytes().getAsLong()));
        }
        for (BdEntry entry : result.bdRates()) {
            if (entry.anchor().equals(anchor) && entry.rate() == RateKind.TOTAL) {
                text.append(
                        switch (entry.bdRate()) {
                            case BdRate.Percent percent ->
                                    String.format(
                                            Locale.ROOT,
                                            "- on %s: %+.3f %%%n",
                                            entry.clip(),
                                            percent.percent());
                            case BdRate.Absent absent ->
                                    "- on %s: none, %s%n".formatted(entry.clip(), absent.reason());
                        });
            }
        }
    }

    /// A fence longer than any in the text, so that source can't close it.
    static String fence(String text) {
        StringBuilder fence = new StringBuilder("```");
        while (text.contains(fence)) {
            fence.append('`');
        }
        return fence.toString();
    }
}
