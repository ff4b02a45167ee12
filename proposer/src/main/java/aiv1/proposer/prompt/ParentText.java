package aiv1.proposer.prompt;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Brief;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.rd.BdRate;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One codec as a model is shown it: what it reached, where it is weak, how it failed, and its
/// source.
final class ParentText {
    private static final int WORST_FRAME_COUNT = 3;
    private static final int RATIONALE_LENGTH_MAX = 1500;
    private static final int MIDDLE_QUALITY = 2;
    private static final int TRACE_LENGTH_MAX = 3000;

    private final ArtifactStore artifacts;

    ParentText(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    private record Frame(int number, double psnrYDb) {}

    String of(int number, ExperimentResult result, Brief brief) {
        StringBuilder text = new StringBuilder();
        text.append("\n# Codec %d\n\n".formatted(number));
        result.decoderBytes()
                .ifPresent(
                        bytes ->
                                text.append(
                                        "Decoder: %d bytes (xz), shared out over %d clips.\n"
                                                .formatted(bytes, brief.clips().size())));
        result.stopper().ifPresent(stopper -> appendFailure(text, result, stopper));
        appendRates(text, result);
        appendRuns(text, result);
        String rationale = result.experiment().proposal().rationale().strip();
        if (!rationale.isEmpty()) {
            text.append("\nIts rationale:\n\n")
                    .append(rationale, 0, Math.min(RATIONALE_LENGTH_MAX, rationale.length()))
                    .append('\n');
        }
        for (Part part : Part.values()) {
            result.experiment()
                    .proposal()
                    .candidate()
                    .source(part)
                    .ifPresent(
                            source -> {
                                String fence = fence(source);
                                String language = part.isPython() ? "python" : "c";
                                text.append(
                                                "\n%s%s %s\n"
                                                        .formatted(
                                                                fence, language, part.fileName()))
                                        .append(source)
                                        .append(fence)
                                        .append('\n');
                            });
        }
        return text.toString();
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

    private static void appendRates(StringBuilder text, ExperimentResult result) {
        for (BdEntry entry : result.bdRates()) {
            text.append(
                    switch (entry.bdRate()) {
                        case BdRate.Percent percent ->
                                String.format(
                                        Locale.ROOT,
                                        "BD-rate on %s against %s (%s): %+.3f %%%n",
                                        entry.clip(),
                                        entry.anchor(),
                                        entry.rate().label(),
                                        percent.percent());
                        case BdRate.Absent absent ->
                                "BD-rate on %s against %s: none, %s%n"
                                        .formatted(entry.clip(), entry.anchor(), absent.reason());
                    });
        }
    }

    private void appendRuns(StringBuilder text, ExperimentResult result) {
        List<RunResult> measured =
                result.runs().stream().filter(run -> run.outcome().numbers().isPresent()).toList();
        if (measured.isEmpty()) {
            return;
        }
        text.append(
                "\nclip quality bytes kbit/s PSNR-YUV PSNR-Y PSNR-U PSNR-V encode-CPU-s decode-CPU-s\n");
        for (RunResult run : measured) {
            Measurement m = run.outcome().numbers().orElseThrow();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s %d %d %.1f %.2f %.2f %.2f %.2f %.0f %.0f%n",
                            run.clip(),
                            run.quality(),
                            m.streamBytes(),
                            m.bitrateKbps(),
                            m.distortion().psnrYuv(),
                            m.distortion().psnrY(),
                            m.distortion().psnrU(),
                            m.distortion().psnrV(),
                            Math.ceil(m.encode().cpu().toMillis() / 1000.0),
                            Math.ceil(m.decode().cpu().toMillis() / 1000.0)));
        }
        for (RunResult run : measured) {
            if (run.quality() == MIDDLE_QUALITY) {
                worstFrames(run)
                        .ifPresent(
                                worst ->
                                        text.append(
                                                "Worst frames of %s at quality %d (PSNR-Y): %s\n"
                                                        .formatted(
                                                                run.clip(), run.quality(), worst)));
            }
        }
    }

    private Optional<String> worstFrames(RunResult run) {
        return artifacts
                .find(run.outcome().numbers().orElseThrow().frames())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(
                        table ->
                                String.join(
                                        ", ",
                                        table.lines()
                                                .skip(1)
                                                .map(ParentText::frame)
                                                .sorted(Comparator.comparingDouble(Frame::psnrYDb))
                                                .limit(WORST_FRAME_COUNT)
                                                .map(
                                                        frame ->
                                                                String.format(
                                                                        Locale.ROOT,
                                                                        "%d %.2f",
                                                                        frame.number(),
                                                                        frame.psnrYDb()))
                                                .toList()));
    }

    /// A row of the per-frame table: `frame,sse_y,sse_u,sse_v,psnr_y_db,...`.
    private static Frame frame(String row) {
        List<String> fields = List.of(row.split(",", -1));
        return new Frame(Integer.parseInt(fields.get(0)), Double.parseDouble(fields.get(4)));
    }

    /// A fence longer than any in the text, so that source can't close it.
    private static String fence(String text) {
        StringBuilder fence = new StringBuilder("```");
        while (text.contains(fence)) {
            fence.append('`');
        }
        return fence.toString();
    }
}
