package aiv1.proposer.prompt;

import aiv1.domain.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The prompt files, with their places `{{name}}` filled.
final class Templates {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final List<String> NAMES =
            List.of(
                    "system.md",
                    "numba.md",
                    "c.md",
                    "task-nothing.md",
                    "task-improve.md",
                    "task-cross.md",
                    "task-repair.md",
                    "task-explore.md",
                    "families.txt");

    private Templates() {}

    /// Changes when any of the files does.
    static String version() {
        StringBuilder all = new StringBuilder();
        NAMES.forEach(name -> all.append(name).append('\n').append(read(name)));
        return Sha256.of(all.toString());
    }

    static String fill(String name, Map<String, String> values) {
        Matcher matcher = PLACE.matcher(read(name));
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value =
                    Objects.requireNonNull(
                            values.get(matcher.group(1)), name + ": " + matcher.group());
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(filled);
        return filled.toString();
    }

    static List<String> families() {
        return read("families.txt").lines().toList();
    }

    private static String read(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        Templates.class.getResourceAsStream("/aiv1/proposer/prompt/" + name),
                        name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
