package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the names of parts in info strings, labels and headings, in the many styles models have.
final class Names {
    private static final int LINE_LENGTH_MAX = 160;
    private static final Map<String, Part> STEMS =
            Map.ofEntries(
                    Map.entry("encoder", Part.ENCODER),
                    Map.entry("encode", Part.ENCODER),
                    Map.entry("encoding", Part.ENCODER),
                    Map.entry("encoder_code", Part.ENCODER),
                    Map.entry("encoding_code", Part.ENCODER),
                    Map.entry("decoder", Part.DECODER),
                    Map.entry("decode", Part.DECODER),
                    Map.entry("decoding", Part.DECODER),
                    Map.entry("decoder_code", Part.DECODER),
                    Map.entry("decoding_code", Part.DECODER),
                    Map.entry("common", Part.COMMON),
                    Map.entry("common_code", Part.COMMON),
                    Map.entry("shared", Part.COMMON),
                    Map.entry("encoder_c", Part.ENCODER_C),
                    Map.entry("encoding_c", Part.ENCODER_C),
                    Map.entry("decoder_c", Part.DECODER_C),
                    Map.entry("decoding_c", Part.DECODER_C),
                    Map.entry("common_h", Part.COMMON_H));
    private static final Set<String> RATIONALES =
            Set.of("rationale", "reasoning", "explanation", "motivation", "thoughts");
    private static final Set<String> EXTENSIONS =
            Set.of("py", "c", "h", "cc", "cpp", "cu", "rs", "go", "js", "ts", "java", "sh", "md");

    /// Words that may stand beside a name in a label without making it a sentence.
    private static final Set<String> FILLERS =
            Set.of(
                    ("a and b file filename files path name title part module code source script"
                                    + " here s is the this new updated improved final complete full"
                                    + " fixed revised optional version implementation side python"
                                    + " py in c header step begin start of for my our helpers functions")
                            .split(" "));

    private Names() {}

    /// From an info string or the inside of a tag: `python encoder.py`, `python:encoder.py`,
    /// `{file="src/encoder.py"}`, `encoder`.
    static Optional<BlockName> inInfo(String info) {
        if (info.length() > LINE_LENGTH_MAX) {
            return Optional.empty();
        }
        List<String> words = words(info);
        for (String word : words) {
            Optional<BlockName> file = file(word);
            if (file.isPresent()) {
                return file;
            }
        }
        for (String word : words) {
            if (STEMS.containsKey(word)) {
                return Optional.of(new BlockName.OfPart(STEMS.get(word)));
            }
            if (RATIONALES.contains(word)) {
                return Optional.of(new BlockName.OfRationale());
            }
        }
        return Optional.empty();
    }

    /// From a line that is nothing but a label: `### decoder.py`, `**Encoder**`, `# encoder.py`,
    /// `<common>`, `Here is the encoder:`. A sentence that mentions a part is none.
    static Optional<BlockName> asLabel(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.length() > LINE_LENGTH_MAX || text.startsWith("</")) {
            return Optional.empty();
        }
        boolean isDecorated = !Character.isLetterOrDigit(text.charAt(0));
        Optional<BlockName> name = Optional.empty();
        for (String word : words(text)) {
            Optional<BlockName> named = file(word).or(() -> bare(word));
            if (named.isPresent()) {
                if (name.isPresent() && !name.equals(named)) {
                    return Optional.empty();
                }
                name = named;
                if (isDecorated && file(word).isPresent()) {
                    return onlyFile(words(text)) ? name : Optional.empty();
                }
            } else if (!FILLERS.contains(word) && !isNumber(word)) {
                return Optional.empty();
            }
        }
        return name;
    }

    /// The one part that a sentence mentions. A weak sign, and useless for "common", which is a
    /// common word.
    static Optional<Part> mentioned(String line) {
        if (line.length() > LINE_LENGTH_MAX) {
            return Optional.empty();
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String word : words(line)) {
            Optional<BlockName> named =
                    file(word).or(() -> "common".equals(word) ? Optional.empty() : bare(word));
            if (named.isPresent() && named.get() instanceof BlockName.OfPart(Part part)) {
                parts.add(part);
            }
        }
        return parts.size() == 1 ? Optional.of(parts.iterator().next()) : Optional.empty();
    }

    /// The part that a name of a JSON field or of a file stands for.
    static Optional<Part> part(String name) {
        return inInfo(name)
                .flatMap(
                        named ->
                                named instanceof BlockName.OfPart(Part part)
                                        ? Optional.of(part)
                                        : Optional.empty());
    }

    static boolean isRationale(String name) {
        return RATIONALES.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean onlyFile(List<String> words) {
        return words.stream().flatMap(word -> file(word).stream()).distinct().count() == 1;
    }

    private static Optional<BlockName> bare(String word) {
        if (RATIONALES.contains(word)) {
            return Optional.of(new BlockName.OfRationale());
        }
        return Optional.ofNullable(STEMS.get(word)).map(BlockName.OfPart::new);
    }

    private static Optional<BlockName> file(String word) {
        String base = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        int dot = base.lastIndexOf('.');
        if (dot <= 0 || !EXTENSIONS.contains(base.substring(dot + 1))) {
            return Optional.empty();
        }
        String stem = base.substring(0, dot);
        if (RATIONALES.contains(stem)) {
            return Optional.of(new BlockName.OfRationale());
        }
        return Optional.of(
                inLanguage(stem, base.substring(dot + 1))
                        .<BlockName>map(BlockName.OfPart::new)
                        .orElseGet(() -> new BlockName.OfOtherFile(base)));
    }

    /// Headers are common parts in C, and only they are.
    private static Optional<Part> inLanguage(String stem, String extension) {
        if ("shared".equals(stem)) {
            return Optional.empty();
        }
        Optional<Part> part = Optional.ofNullable(STEMS.get(stem)).filter(Part::isPython);
        return switch (extension) {
            case "py" -> part;
            case "c" -> part.filter(named -> !named.isShared()).map(Part::inOtherLanguage);
            case "h" -> part.filter(Part::isShared).map(Part::inOtherLanguage);
            default -> Optional.empty();
        };
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    /// In lower case; a word may hold what file names hold.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (char c : (text.toLowerCase(Locale.ROOT) + " ").toCharArray()) {
            if (Character.isLetterOrDigit(c) || "_./\\-".indexOf(c) >= 0) {
                word.append(c);
                continue;
            }
            String stripped = withoutOuterMarks(word.toString());
            if (!stripped.isEmpty()) {
                words.add(stripped);
            }
            word.setLength(0);
        }
        return words;
    }

    private static String withoutOuterMarks(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && !Character.isLetterOrDigit(word.charAt(from))) {
            from++;
        }
        while (to > from && !Character.isLetterOrDigit(word.charAt(to - 1))) {
            to--;
        }
        return word.substring(from, to);
    }
}
