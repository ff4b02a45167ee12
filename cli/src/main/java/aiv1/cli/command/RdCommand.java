package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import aiv1.media.AnchorCurve;
import aiv1.media.AnchorPoint;
import aiv1.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "rd",
        description =
                "Prints the rate points of experiments beside those of their anchors, clip by clip.",
        footer = {"", "Example:", "  aiv1 rd c-20261123-081500.0003 c-20261123-081500.0007"})
final class RdCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "EXPERIMENT",
            description = "Ids of stored experiments.")
    private List<String> ids = new ArrayList<>();

    /// One rate point of one codec.
    private record Row(String codec, String point, double kbps, double psnrYuvDb, double ssimY) {}

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            Map<Clip, List<Row>> rows = new LinkedHashMap<>();
            for (String id : ids) {
                ExperimentResult result = StoredExperiment.require(lab, id);
                for (Clip clip : result.experiment().clips()) {
                    List<Row> ofClip =
                            rows.computeIfAbsent(clip, any -> anchorRows(lab, result, clip));
                    ofClip.addAll(candidateRows(result, clip));
                }
            }
            System.out.println(global.isJson() ? json(rows) : text(rows));
            return ExitCode.DONE;
        }
    }

    /// Only what was computed before: looking at a result starts no encoder.
    private static List<Row> anchorRows(Lab lab, ExperimentResult result, Clip clip) {
        List<Row> rows = new ArrayList<>();
        List<String> names =
                result.bdRates().stream().map(entry -> entry.anchor()).distinct().toList();
        for (String name : names) {
            Optional<AnchorCurve> curve =
                    lab.catalogue()
                            .find(name)
                            .flatMap(anchor -> lab.anchors().findCached(anchor, clip));
            for (AnchorPoint point : curve.map(AnchorCurve::points).orElse(List.of())) {
                rows.add(
                        new Row(
                                name,
                                Integer.toString(point.setting()),
                                clip.bitrateKbps((double) point.streamBytes()),
                                point.distortion().psnrYuv(),
                                point.distortion().ssimY()));
            }
        }
        return rows;
    }

    private static List<Row> candidateRows(ExperimentResult result, Clip clip) {
        List<Row> rows = new ArrayList<>();
        for (RunResult run : result.runs()) {
            Optional<Measurement> numbers = run.outcome().numbers();
            if (run.clip().equals(clip.name()) && numbers.isPresent()) {
                rows.add(
                        new Row(
                                result.experiment().id().value(),
                                "q" + run.quality(),
                                numbers.get().bitrateKbps(),
                                numbers.get().distortion().psnrYuv(),
                                numbers.get().distortion().ssimY()));
            }
        }
        return rows;
    }

    private static String text(Map<Clip, List<Row>> rows) {
        List<String> lines = new ArrayList<>();
        rows.forEach(
                (clip, ofClip) -> {
                    TextTable table =
                            new TextTable()
                                    .left("codec")
                                    .right("point")
                                    .right("kbit/s")
                                    .right("PSNR-YUV dB")
                                    .right("SSIM-Y");
                    for (Row row : ofClip) {
                        table.row(
                                row.codec(),
                                row.point(),
                                String.format(Locale.ROOT, "%.1f", row.kbps()),
                                String.format(Locale.ROOT, "%.2f", row.psnrYuvDb()),
                                String.format(Locale.ROOT, "%.4f", row.ssimY()));
                    }
                    lines.add(
                            "%s (%s, %d frames)"
                                    .formatted(clip.name(), clip.format(), clip.frameCount()));
                    lines.addAll(table.lines());
                    lines.add("");
                });
        return String.join("\n", lines).stripTrailing();
    }

    private static String json(Map<Clip, List<Row>> rows) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode clips = document.putArray("clips");
        rows.forEach(
                (clip, ofClip) -> {
                    ObjectNode one = clips.addObject();
                    one.put("clip", clip.name());
                    one.put("clip_sha256", clip.id().sha256());
                    ArrayNode points = one.putArray("points");
                    for (Row row : ofClip) {
                        ObjectNode point = points.addObject();
                        point.put("codec", row.codec());
                        point.put("point", row.point());
                        point.put("bitrate_kbps", row.kbps());
                        point.put("psnr_yuv_db", row.psnrYuvDb());
                        point.put("ssim_y", row.ssimY());
                    }
                });
        return Json.pretty(document);
    }
}
