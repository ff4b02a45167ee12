package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.LimitClass;
import aiv1.media.Anchor;
import aiv1.media.AnchorCatalogue;
import aiv1.media.ClipLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the settings name to measure on, looked up where it is kept. Each throws
/// [ConfigurationException] for what is not there.
public record Chosen(Configuration configuration, ClipLibrary library, AnchorCatalogue catalogue) {
    /// The clips that the settings name, cut to the frames that they name; every unknown name is
    /// one problem.
    public List<Clip> clips() {
        List<String> problems = new ArrayList<>();
        List<Clip> chosen = new ArrayList<>();
        for (String name : configuration.names(Keys.CLIPS)) {
            library.find(name)
                    .ifPresentOrElse(
                            clip ->
                                    chosen.add(
                                            library.excerpt(
                                                    clip, configuration.positive(Keys.FRAMES))),
                            () -> problems.add(unknown("clips", name, clipNames())));
        }
        requireNone(problems);
        return chosen;
    }

    public List<String> anchors() {
        List<String> known = catalogue.anchors().stream().map(Anchor::name).toList();
        List<String> problems = new ArrayList<>();
        List<String> chosen = configuration.names(Keys.ANCHORS);
        for (String name : chosen) {
            if (!known.contains(name)) {
                problems.add(unknown("anchors", name, known));
            }
        }
        requireNone(problems);
        return chosen;
    }

    public LimitClass limitClass() {
        String name = configuration.text(Keys.LIMITS);
        try {
            return LimitClass.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    List.of(unknown("limits", name, List.of("light", "heavy"))));
        }
    }

    private List<String> clipNames() {
        return library.list().stream().map(Clip::name).toList();
    }

    private static String unknown(String key, String name, List<String> known) {
        return "%s: expected one of %s, got '%s'".formatted(key, String.join(", ", known), name);
    }

    private static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
