package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.clip.Clip;
import aiv1.media.ImportRecipe;
import aiv1.media.Size;
import aiv1.wire.ClipJson;
import aiv1.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "clip",
        description = "The clip library: natural clips to evaluate on.",
        subcommands = {ClipCommand.Import.class, ClipCommand.Show.class})
final class ClipCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new ConfigurationException(List.of("clip: expected 'import' or 'list'"));
    }

    @Command(
            name = "import",
            description = "Imports a clip: y4m, or anything that ffmpeg reads.",
            footer = {
                "",
                "Example:",
                "  aiv1 clip import holiday.mp4 --name holiday --frames 60 --scale 480x270"
            })
    static final class Import implements Callable<Integer> {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

        @Mixin private GlobalOptions global = new GlobalOptions();

        @Parameters(paramLabel = "FILE", description = "The video file.")
        private Path file = Path.of("");

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "Its name here.")
        private String name = "";

        @Option(names = "--frames", paramLabel = "N", description = "Only the first N frames.")
        private @Nullable Integer frames;

        @Option(names = "--scale", paramLabel = "WxH", description = "Scaled to this even size.")
        private @Nullable String scale;

        @Option(
                names = "--licence",
                paramLabel = "TEXT",
                description = "Under which it may be used.")
        private String licence = "unknown";

        @Override
        public Integer call() {
            ImportRecipe recipe =
                    new ImportRecipe(
                            name,
                            frames == null ? OptionalInt.empty() : OptionalInt.of(frames),
                            Optional.ofNullable(scale).map(Import::size),
                            licence);
            try (Lab lab = new Lab(global.configuration(Map.of()))) {
                Clip clip = lab.clips().importFile(file, recipe);
                System.out.println(
                        global.isJson() ? Json.pretty(ClipJson.write(clip)) : table(List.of(clip)));
                return ExitCode.DONE;
            }
        }

        private static Size size(String text) {
            Matcher matcher = SIZE.matcher(text);
            if (!matcher.matches()) {
                throw new ConfigurationException(
                        List.of(
                                "--scale: expected WIDTHxHEIGHT such as 480x270, got '"
                                        + text
                                        + "'"));
            }
            return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }

    @Command(
            name = "list",
            description = "Lists the clips.",
            footer = {"", "Example:", "  aiv1 clip list --json"})
    static final class Show implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();

        @Override
        public Integer call() {
            try (Lab lab = new Lab(global.configuration(Map.of()))) {
                List<Clip> clips = lab.clips().list();
                if (global.isJson()) {
                    ObjectNode document = JsonNodeFactory.instance.objectNode();
                    ArrayNode list = document.putArray("clips");
                    clips.forEach(clip -> list.add(ClipJson.write(clip)));
                    System.out.println(Json.pretty(document));
                } else {
                    System.out.println(table(clips));
                }
                return ExitCode.DONE;
            }
        }
    }

    private static TextTable table(List<Clip> clips) {
        TextTable table =
                new TextTable()
                        .left("clip")
                        .right("size")
                        .right("frames")
                        .right("frames/s")
                        .left("sha256")
                        .left("licence")
                        .left("source");
        for (Clip clip : clips) {
            table.row(
                    clip.name(),
                    clip.format().toString(),
                    Integer.toString(clip.frameCount()),
                    String.format(Locale.ROOT, "%.2f", clip.format().frameRate().perSecond()),
                    clip.id().abbreviated(),
                    clip.origin().licence(),
                    clip.origin().source());
        }
        return table;
    }
}
