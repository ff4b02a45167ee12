package aiv1.dashboard.report;

import aiv1.dashboard.AnchorCurves;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.rd.BdRate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The part of a report that shows one measured result: curves beside the anchors', BD-rates, runs,
/// and the quality of each frame.
record BestPart(ExperimentResult result, AnchorCurves anchors, ArtifactStore artifacts) {
    private static final String QUALITY = "PSNR-YUV dB";

    void write(Markup out) {
        out.element("h2", "The best: " + result.experiment().id());
        out.element("p class=\"t\"", result.experiment().proposal().rationale());
        out.raw("<div class=\"g\">");
        for (Clip clip : result.experiment().clips()) {
            curves(clip).write(out);
        }
        out.raw("</div>\n");
        rates(out);
        runs(out);
        out.element("h2", "Quality by frame");
        out.raw("<div class=\"g\">");
        for (Clip clip : result.experiment().clips()) {
            frames(clip).write(out);
        }
        out.raw("</div>\n");
    }

    private Plot curves(Clip clip) {
        List<Plot.Series> series = new ArrayList<>();
        double share =
                result.decoderBytes().orElse(0) / (double) result.experiment().clips().size();
        List<Plot.Point> mine = new ArrayList<>();
        for (RunResult run : runsOf(clip)) {
            Measurement numbers = run.outcome().numbers().orElseThrow();
            mine.add(
                    point(
                            "quality " + run.quality(),
                            clip.bitrateKbps(numbers.streamBytes() + share),
                            numbers.distortion().psnrYuv()));
        }
        series.add(new Plot.Series(result.experiment().id().value(), mine));
        for (String anchor : result.experiment().anchors()) {
            List<Plot.Point> points =
                    anchors.find(anchor, clip).orElse(List.of()).stream()
                            .map(
                                    one ->
                                            point(
                                                    anchor + " " + one.setting(),
                                                    one.bitrateKbps(),
                                                    one.psnrYuv()))
                            .sorted((a, b) -> Double.compare(a.x(), b.x()))
                            .toList();
            series.add(
                    new Plot.Series(
                            points.isEmpty() ? anchor + " (not measured here)" : anchor, points));
        }
        return new Plot(clip.name(), "kbit/s, stream and decoder", QUALITY, true, series);
    }

    private static Plot.Point point(String name, double kbps, double db) {
        return new Plot.Point(
                kbps, db, String.format(Locale.ROOT, "%s: %.1f kbit/s, %.2f dB", name, kbps, db));
    }

    private void rates(Markup out) {
        out.element("h2", "BD-rate by clip and anchor");
        out.element(
                "p class=\"q\"",
                "PSNR-YUV, PCHIP over log rate; Akima beside it as a cross-check.");
        out.raw("<table>");
        out.row("th", "clip", "anchor", "rate", "BD-rate %", "Akima %", "overlap %");
        for (BdEntry entry : result.bdRates()) {
            switch (entry.bdRate()) {
                case BdRate.Percent one ->
                        out.row(
                                "td",
                                entry.clip(),
                                entry.anchor(),
                                entry.rate().label(),
                                digits("%+.1f", one.percent()),
                                digits("%+.1f", one.akimaPercent()),
                                digits("%.0f", one.overlap() * 100));
                case BdRate.Absent absent ->
                        out.row(
                                "td",
                                entry.clip(),
                                entry.anchor(),
                                entry.rate().label(),
                                "\u2014 (" + absent.reason() + ")",
                                "\u2014",
                                "\u2014");
            }
        }
        out.raw("</table>\n");
    }

    private void runs(Markup out) {
        out.element("h2", "Runs");
        out.raw("<table>");
        out.row(
                "th",
                "clip",
                "q",
                "stream B",
                "kbit/s",
                "PSNR-Y dB",
                QUALITY,
                "SSIM-Y",
                "decode CPU s",
                "reconstruction SHA-256");
        for (RunResult run : result.runs()) {
            Measurement one = run.outcome().numbers().orElseThrow();
            out.row(
                    "td",
                    run.clip(),
                    Integer.toString(run.quality()),
                    Long.toString(one.streamBytes()),
                    digits("%.1f", one.bitrateKbps()),
                    digits("%.2f", one.distortion().psnrY()),
                    digits("%.2f", one.distortion().psnrYuv()),
                    digits("%.4f", one.distortion().ssimY()),
                    digits("%.2f", one.decode().cpu().toNanos() / 1e9),
                    one.reconstructionSha256());
        }
        out.raw("</table>\n");
    }

    private Plot frames(Clip clip) {
        List<Plot.Series> series = new ArrayList<>();
        for (RunResult run : runsOf(clip)) {
            List<Plot.Point> points =
                    artifacts
                            .find(run.outcome().numbers().orElseThrow().frames())
                            .map(
                                    bytes ->
                                            FrameQuality.read(
                                                    new String(bytes, StandardCharsets.UTF_8)))
                            .orElse(List.of())
                            .stream()
                            .filter(frame -> Double.isFinite(frame.psnrYuvDb()))
                            .map(
                                    frame ->
                                            new Plot.Point(
                                                    frame.frame(),
                                                    frame.psnrYuvDb(),
                                                    digits(
                                                            "frame " + frame.frame() + ": %.2f dB",
                                                            frame.psnrYuvDb())))
                            .toList();
            series.add(new Plot.Series("quality " + run.quality(), points));
        }
        return new Plot(clip.name(), "frame", QUALITY, false, series);
    }

    private List<RunResult> runsOf(Clip clip) {
        return result.runs().stream().filter(run -> run.clip().equals(clip.name())).toList();
    }

    private static String digits(String format, double value) {
        return String.format(Locale.ROOT, format, value).replace('-', '\u2212');
    }
}
