package aiv1.proposer.reply;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line that starts with a tag for a part: `<encoder>`, `<file name="decoder.py">`.
///
/// `name` is the tag's name as typed, `inside` all between its angle brackets, `rest` what follows
/// on the line.
record TagLine(String name, String inside, String rest) {
    private static final int TAG_LENGTH_MAX = 200;
    private static final Pattern TAG = Pattern.compile("<([A-Za-z][A-Za-z_.]*+)([^<>]*+)>");
    private static final Set<String> CONTAINERS =
            Set.of("file", "code", "source", "artifact", "part", "document");

    static Optional<TagLine> opening(String line) {
        String text = line.stripLeading();
        if (!text.startsWith("<")) {
            return Optional.empty();
        }
        Matcher tag = TAG.matcher(text).region(0, Math.min(text.length(), TAG_LENGTH_MAX));
        if (!tag.lookingAt() || tag.group(2).endsWith("/")) {
            return Optional.empty();
        }
        String name = tag.group(1);
        String inside = name + tag.group(2);
        boolean isKnown =
                CONTAINERS.contains(name.toLowerCase(Locale.ROOT))
                        ? Names.inInfo(tag.group(2)).isPresent()
                        : Names.inInfo(name).isPresent();
        return isKnown
                ? Optional.of(new TagLine(name, inside, text.substring(tag.end())))
                : Optional.empty();
    }

    String closing() {
        return "</" + name + ">";
    }
}
