package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.LiveRuns;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Progress;
import aiv1.media.Anchor;
import aiv1.media.AnchorCurve;
import aiv1.media.AnchorPoint;
import aiv1.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "anchor",
        description = "The anchors: reference codecs that candidates are compared with.",
        subcommands = {AnchorCommand.Show.class, AnchorCommand.Compute.class})
final class AnchorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new ConfigurationException(List.of("anchor: expected 'list' or 'compute'"));
    }

    @Command(
            name = "list",
            description = "Lists the anchors, weakest first.",
            footer = {"", "Example:", "  aiv1 anchor list"})
    static final class Show implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();

        @Override
        public Integer call() {
            try (Lab lab = new Lab(global.configuration(Map.of()))) {
                List<Anchor> anchors = lab.catalogue().anchors();
                if (global.isJson()) {
                    ObjectNode document = JsonNodeFactory.instance.objectNode();
                    ArrayNode list = document.putArray("anchors");
                    for (Anchor anchor : anchors) {
                        ObjectNode one = list.addObject();
                        one.put("name", anchor.name());
                        one.put("description", anchor.description());
                    }
                    System.out.println(Json.pretty(document));
                    return ExitCode.DONE;
                }
                TextTable table = new TextTable().left("anchor").left("what it is");
                anchors.forEach(anchor -> table.row(anchor.name(), anchor.description()));
                System.out.println(table);
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "compute",
            description = "Computes an anchor's RD curve on a clip, once for ever, and prints it.",
            footer = {"", "Example:", "  aiv1 anchor compute svt-av1-p8 --clip flower --frames 30"})
    static final class Compute implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();

        @Parameters(paramLabel = "NAME", description = "The anchor's name.")
        private String name = "";

        @Option(names = "--clip", required = true, paramLabel = "NAME", description = "The clip.")
        private String clip = "";

        @Option(names = "--frames", paramLabel = "N", description = "Its first N frames.")
        private @Nullable String frames;

        @Override
        public Integer call() {
            Map<String, String> flags = new HashMap<>();
            flags.put(Keys.CLIPS.name(), clip);
            flags.put(Keys.ANCHORS.name(), name);
            if (frames != null) {
                flags.put(Keys.FRAMES.name(), frames);
            }
            try (Lab lab = new Lab(global.configuration(flags))) {
                LiveRuns live = new LiveRuns(global.screen(), global.isQuiet());
                Clip chosen = lab.chosen().clips().getFirst();
                Anchor anchor =
                        lab.catalogue().find(lab.chosen().anchors().getFirst()).orElseThrow();
                AnchorCurve curve =
                        lab.anchors()
                                .curve(
                                        anchor,
                                        chosen,
                                        (point, count) ->
                                                live.report(
                                                        new Progress.Event.Anchor(
                                                                name, clip, point, count)));
                live.end();
                System.out.println(global.isJson() ? json(curve, chosen) : table(curve, chosen));
                return ExitCode.DONE;
            }
        }

        private static String json(AnchorCurve curve, Clip clip) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("anchor", curve.anchor());
            document.put("identity", curve.identity());
            document.put("clip", clip.name());
            document.put("clip_sha256", clip.id().sha256());
            ArrayNode points = document.putArray("points");
            for (AnchorPoint point : curve.points()) {
                ObjectNode one = points.addObject();
                one.put("setting", point.setting());
                one.put("stream_bytes", point.streamBytes());
                one.put("bitrate_kbps", clip.bitrateKbps((double) point.streamBytes()));
                one.put("psnr_y_db", point.distortion().psnrY());
                one.put("psnr_yuv_db", point.distortion().psnrYuv());
                one.put("ssim_y", point.distortion().ssimY());
                one.put("encode_cpu_seconds", point.encodeCpuSeconds());
            }
            return Json.pretty(document);
        }

        private static String table(AnchorCurve curve, Clip clip) {
            TextTable table =
                    new TextTable()
                            .right("setting")
                            .right("bytes")
                            .right("kbit/s")
                            .right("PSNR-Y dB")
                            .right("PSNR-YUV dB")
                            .right("SSIM-Y")
                            .right("encode CPU s");
            for (AnchorPoint point : curve.points()) {
                table.row(
                        Integer.toString(point.setting()),
                        Long.toString(point.streamBytes()),
                        number("%.1f", clip.bitrateKbps((double) point.streamBytes())),
                        number("%.2f", point.distortion().psnrY()),
                        number("%.2f", point.distortion().psnrYuv()),
                        number("%.4f", point.distortion().ssimY()),
                        number("%.2f", point.encodeCpuSeconds()));
            }
            return "%s on %s (%s, %d frames)%n%s"
                    .formatted(
                            curve.anchor(), clip.name(), clip.format(), clip.frameCount(), table);
        }

        private static String number(String format, double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }
}
