package aiv1.proposer.prompt;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Brief;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The measured runs of one codec: bits and quality point by point beside the anchor, the worst
/// frames, and how much of the allowed CPU time is unused.
final class RunTable {
    private static final int WORST_FRAME_COUNT = 3;
    private static final int MIDDLE_QUALITY = 2;

    private final ArtifactStore artifacts;
    private final AnchorCurves curves;

    RunTable(ArtifactStore artifacts, AnchorCurves curves) {
        this.artifacts = artifacts;
        this.curves = curves;
    }

    private record Frame(int number, double psnrYDb) {}

    /// Empty when nothing was measured.
    String of(List<RunResult> runs, Brief brief) {
        List<RunResult> measured =
                runs.stream().filter(run -> run.outcome().numbers().isPresent()).toList();
        if (measured.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                """

                Its runs; `ratio` is its bit rate over the anchor's at equal PSNR-YUV, decoder not counted, `-` beyond the anchor's range:

                clip quality bytes kbit/s PSNR-YUV ratio PSNR-Y PSNR-U PSNR-V encode-CPU-s decode-CPU-s
                """);
        measured.forEach(run -> text.append(row(run, brief)));
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
        for (Clip clip : brief.clips()) {
            text.append(unused(clip, measured, brief));
        }
        String labels =
                measured.stream()
                        .flatMap(run -> numbers(run).labels().stream())
                        .distinct()
                        // What it took stands above: a guess at it is beside the point.
                        .filter(label -> !label.startsWith("may be slow"))
                        .map(label -> "Remark: " + label + "\n")
                        .collect(Collectors.joining());
        return text.append(labels).toString();
    }

    private String row(RunResult run, Brief brief) {
        Measurement numbers = numbers(run);
        return String.format(
                Locale.ROOT,
                "%s %d %d %.1f %.2f %s %.2f %.2f %.2f %d %d%n",
                run.clip(),
                run.quality(),
                numbers.streamBytes(),
                numbers.bitrateKbps(),
                numbers.distortion().psnrYuv(),
                ratio(run, brief),
                numbers.distortion().psnrY(),
                numbers.distortion().psnrU(),
                numbers.distortion().psnrV(),
                wholeSeconds(numbers.encode()),
                wholeSeconds(numbers.decode()));
    }

    private String ratio(RunResult run, Brief brief) {
        Measurement numbers = numbers(run);
        OptionalDouble anchor =
                brief.clips().stream()
                        .filter(clip -> clip.name().equals(run.clip()))
                        .findFirst()
                        .map(clip -> curves.of(brief.anchors().getFirst(), clip))
                        .map(curve -> curve.bitrateKbpsAt(numbers.distortion().psnrYuv()))
                        .orElse(OptionalDouble.empty());
        return anchor.isPresent()
                ? String.format(Locale.ROOT, "%.3f", numbers.bitrateKbps() / anchor.getAsDouble())
                : "-";
    }

    /// Clips differ in length, so each has its own limits.
    private static String unused(Clip clip, List<RunResult> runs, Brief brief) {
        List<RunResult> own = runs.stream().filter(run -> run.clip().equals(clip.name())).toList();
        if (own.isEmpty()) {
            return "";
        }
        return "CPU time on %s: encoding takes at most %d of %d s, decoding at most %d of %d s.\n"
                .formatted(
                        clip.name(),
                        longest(own, Measurement::encode),
                        seconds(brief.limitClass().encodeLimit(clip).cpuTimeMax()),
                        longest(own, Measurement::decode),
                        seconds(brief.limitClass().decodeLimit(clip).cpuTimeMax()));
    }

    private static long longest(List<RunResult> runs, Function<Measurement, Usage> stage) {
        return runs.stream()
                .mapToLong(run -> wholeSeconds(stage.apply(numbers(run))))
                .max()
                .orElseThrow();
    }

    private static long wholeSeconds(Usage usage) {
        return usage.cpu().plusMillis(999).toSeconds();
    }

    private static long seconds(Duration limit) {
        return limit.toSeconds();
    }

    private static Measurement numbers(RunResult run) {
        return run.outcome().numbers().orElseThrow();
    }

    private Optional<String> worstFrames(RunResult run) {
        return artifacts
                .find(numbers(run).frames())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(
                        table ->
                                table.lines()
                                        .skip(1)
                                        .map(RunTable::frame)
                                        .sorted(Comparator.comparingDouble(Frame::psnrYDb))
                                        .limit(WORST_FRAME_COUNT)
                                        .map(RunTable::words)
                                        .collect(Collectors.joining(", ")));
    }

    /// A row of the per-frame table: `frame,sse_y,sse_u,sse_v,psnr_y_db,...`.
    private static Frame frame(String row) {
        List<String> fields = List.of(row.split(",", -1));
        return new Frame(Integer.parseInt(fields.get(0)), Double.parseDouble(fields.get(4)));
    }

    private static String words(Frame frame) {
        return String.format(Locale.ROOT, "%d %.2f", frame.number(), frame.psnrYDb());
    }
}
