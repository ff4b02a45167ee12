package aiv1.cli.terminal;

import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.rd.BdRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One experiment as text: what it is, its runs, its BD-rates or the reason why there are none, and
/// its failure.
public final class ResultText {
    private static final int MESSAGE_LENGTH_MAX = 300;

    private ResultText() {}

    /// `place` is the codec's place among the anchors, where it has one.
    public static String of(ExperimentResult result, Optional<String> place) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "experiment %s  candidate %s  %s by %s  %s"
                        .formatted(
                                result.experiment().id(),
                                result.experiment().proposal().candidate().id().abbreviated(),
                                result.experiment().proposal().candidate().contract().label(),
                                result.experiment().proposal().proposer(),
                                result.outcomeLabel()));
        if (!result.runs().isEmpty()) {
            lines.add("");
            lines.addAll(runTable(result).lines());
        }
        if (!result.bdRates().isEmpty()) {
            lines.add("");
            lines.addAll(bdTable(result).lines());
        }
        place.ifPresent(where -> lines.add("place on the ladder of anchors: " + where));
        result.decoderBytes()
                .ifPresent(bytes -> lines.add("decoder: %d bytes (xz)".formatted(bytes)));
        result.build().ifPresent(build -> lines.add(build(build)));
        labels(result).forEach(label -> lines.add("note: " + Screen.clean(label, 200)));
        result.stopper().ifPresent(stopper -> lines.addAll(failure(stopper)));
        return String.join("\n", lines);
    }

    private static TextTable runTable(ExperimentResult result) {
        TextTable table =
                new TextTable()
                        .left("clip")
                        .right("q")
                        .right("bytes")
                        .right("kbit/s")
                        .right("PSNR-Y dB")
                        .right("PSNR-YUV dB")
                        .right("SSIM-Y")
                        .right("encode CPU s")
                        .right("decode CPU s")
                        .right("peak MiB")
                        .left("outcome");
        for (RunResult run : result.runs()) {
            table.row(cells(run));
        }
        return table;
    }

    private static String[] cells(RunResult run) {
        String quality = Integer.toString(run.quality());
        Optional<Measurement> numbers = run.outcome().numbers();
        if (numbers.isEmpty()) {
            String[] cells = new String[11];
            Arrays.fill(cells, "-");
            cells[0] = run.clip();
            cells[1] = quality;
            cells[10] = run.outcome().label();
            return cells;
        }
        Measurement value = numbers.get();
        return new String[] {
            run.clip(),
            quality,
            Long.toString(value.streamBytes()),
            number("%.1f", value.bitrateKbps()),
            number("%.2f", value.distortion().psnrY()),
            number("%.2f", value.distortion().psnrYuv()),
            number("%.4f", value.distortion().ssimY()),
            number("%.2f", value.encode().cpu().toMillis() / 1000.0),
            number("%.2f", value.decode().cpu().toMillis() / 1000.0),
            number("%.0f", value.peakMemoryBytes() / (double) (1 << 20)),
            run.outcome().label()
        };
    }

    /// A row for each anchor and kind of rate; a column for each clip and the mean.
    private static TextTable bdTable(ExperimentResult result) {
        List<Clip> clips = result.experiment().clips();
        TextTable table = new TextTable().left("BD-rate % (PSNR-YUV)").left("rate");
        clips.forEach(clip -> table.right(clip.name()));
        table.right("mean");
        Set<String> anchors = new LinkedHashSet<>();
        result.bdRates().forEach(entry -> anchors.add(entry.anchor()));
        for (String anchor : anchors) {
            for (RateKind rate : RateKind.values()) {
                List<String> row = new ArrayList<>(List.of(anchor, rate.label()));
                for (Clip clip : clips) {
                    row.add(cell(result, anchor, rate, clip.name()));
                }
                row.add(
                        result.meanBdRatePercent(anchor, rate).isPresent()
                                ? number(
                                        "%+.1f",
                                        result.meanBdRatePercent(anchor, rate).getAsDouble())
                                : "-");
                table.row(row.toArray(String[]::new));
            }
        }
        return table;
    }

    private static String cell(ExperimentResult result, String anchor, RateKind rate, String clip) {
        for (BdEntry entry : result.bdRates()) {
            if (entry.anchor().equals(anchor)
                    && entry.rate() == rate
                    && entry.clip().equals(clip)) {
                return switch (entry.bdRate()) {
                    case BdRate.Percent percent ->
                            number("%+.1f", percent.percent())
                                    + (percent.isDoubtful()
                                            ? number(" (overlap %.2f)", percent.overlap())
                                            : "");
                    case BdRate.Absent absent -> absent.reason().replaceFirst(":.*", "");
                };
            }
        }
        return "-";
    }

    private static String build(BuildReport build) {
        return "build: %s CPU s, %s s, %s KiB, archive %s"
                .formatted(
                        number("%.2f", build.usage().cpu().toMillis() / 1000.0),
                        number("%.2f", build.usage().wall().toMillis() / 1000.0),
                        number("%.0f", build.archiveBytes() / 1024.0),
                        build.archive().sha256().substring(0, 12));
    }

    private static Set<String> labels(ExperimentResult result) {
        Set<String> labels = new TreeSet<>();
        result.build().ifPresent(build -> labels.addAll(build.labels()));
        result.runs().stream()
                .flatMap(run -> run.outcome().numbers().stream())
                .forEach(numbers -> labels.addAll(numbers.labels()));
        return labels;
    }

    private static List<String> failure(NotMeasured stopper) {
        Failure failure = stopper.failure();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(stopper.label() + ": " + Screen.clean(failure.summary(), MESSAGE_LENGTH_MAX));
        failure.stderrTail()
                .lines()
                .skip(Math.max(0, failure.stderrTail().lines().count() - 12))
                .forEach(line -> lines.add("  | " + Screen.clean(line, MESSAGE_LENGTH_MAX)));
        return lines;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
