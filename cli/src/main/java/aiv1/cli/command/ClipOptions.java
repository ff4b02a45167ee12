package aiv1.cli.command;

import aiv1.cli.config.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that choose clips, anchors and limits, as flags by key name.
final class ClipOptions {
    @Option(
            names = "--clip",
            paramLabel = "NAME",
            description = "A clip; may be given several times.")
    private @Nullable List<String> clips;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames of each clip, from its start.")
    private @Nullable String frames;

    @Option(
            names = "--anchor",
            paramLabel = "NAME",
            description = "A reference codec; may be given several times, the first one ranks.")
    private @Nullable List<String> anchors;

    @Option(names = "--limits", paramLabel = "CLASS", description = "Limit class: light or heavy.")
    private @Nullable String limits;

    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (clips != null) {
            flags.put(Keys.CLIPS.name(), String.join(",", clips));
        }
        if (anchors != null) {
            flags.put(Keys.ANCHORS.name(), String.join(",", anchors));
        }
        if (frames != null) {
            flags.put(Keys.FRAMES.name(), frames);
        }
        if (limits != null) {
            flags.put(Keys.LIMITS.name(), limits);
        }
        return flags;
    }
}
