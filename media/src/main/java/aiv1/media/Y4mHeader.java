package aiv1.media;

import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The first line of a Y4M file, read strictly: `YUV4MPEG2 W480 H270 F30000:1001 Ip A1:1 C420`.
///
/// Only 8-bit 4:2:0 and progressive frames are accepted. The aspect ratio, the siting of chroma and
/// comments (`X...`) don't change samples and are dropped, so that the canonical form has one
/// header per format.
final class Y4mHeader {
    static final String MAGIC = "YUV4MPEG2";
    static final int LINE_BYTES_MAX = 1024;
    private static final Set<String> CHROMA = Set.of("420", "420jpeg", "420mpeg2", "420paldv");
    private static final String TAGS = "WHFIAC";

    private Y4mHeader() {}

    /// The canonical first line, line feed included.
    static byte[] canonical(VideoFormat format) {
        return "%s W%d H%d F%d:%d Ip A1:1 C420\n"
                .formatted(
                        MAGIC,
                        format.width(),
                        format.height(),
                        format.frameRate().numerator(),
                        format.frameRate().denominator())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Reads `line` (its bytes as Latin-1, without its line feed) of the file called `where`.
    static VideoFormat parse(String where, String line) {
        String[] tokens = line.split(" ", -1);
        if (!tokens[0].equals(MAGIC)) {
            throw refusal(where, "a file that begins with " + MAGIC, tokens[0]);
        }
        Map<Character, String> values = valuesByTag(where, tokens);
        requireFrames(where, values);
        try {
            return new VideoFormat(
                    side(where, 'W', values), side(where, 'H', values), rate(where, values));
        } catch (IllegalArgumentException unsupported) {
            throw new MediaException(where + ": " + unsupported.getMessage(), unsupported);
        }
    }

    private static Map<Character, String> valuesByTag(String where, String[] tokens) {
        Map<Character, String> values = new HashMap<>();
        for (int i = 1; i < tokens.length; i++) {
            if (tokens[i].isEmpty() || tokens[i].charAt(0) == 'X') {
                continue;
            }
            char tag = tokens[i].charAt(0);
            if (TAGS.indexOf(tag) < 0) {
                throw refusal(where, "header tokens W H F I A C X", tokens[i]);
            }
            if (values.put(tag, tokens[i].substring(1)) != null) {
                throw refusal(where, "one header token " + tag, "a second, " + tokens[i]);
            }
        }
        return values;
    }

    private static void requireFrames(String where, Map<Character, String> values) {
        String chroma = values.getOrDefault('C', "420");
        if (!CHROMA.contains(chroma)) {
            throw refusal(
                    where, "8-bit 4:2:0 (C420, C420jpeg, C420mpeg2, C420paldv)", "C" + chroma);
        }
        String interlacing = values.getOrDefault('I', "p");
        if (!interlacing.equals("p") && !interlacing.equals("?")) {
            throw refusal(where, "progressive frames (Ip)", "I" + interlacing);
        }
        String aspect = values.getOrDefault('A', "0:0");
        if (!aspect.matches("[0-9]{1,9}:[0-9]{1,9}")) {
            throw refusal(where, "an aspect ratio like A1:1", "A" + aspect);
        }
    }

    private static int side(String where, char tag, Map<Character, String> values) {
        String value = values.getOrDefault(tag, "");
        if (!value.matches("[0-9]{1,9}")) {
            throw refusal(
                    where, "a size like " + tag + "480", value.isEmpty() ? "none" : tag + value);
        }
        return Integer.parseInt(value);
    }

    private static FrameRate rate(String where, Map<Character, String> values) {
        String value = values.getOrDefault('F', "");
        if (!value.matches("[0-9]{1,10}:[0-9]{1,10}")) {
            throw refusal(where, "a frame rate like F30:1", value.isEmpty() ? "none" : "F" + value);
        }
        int colon = value.indexOf(':');
        return new FrameRate(
                Long.parseLong(value.substring(0, colon)),
                Long.parseLong(value.substring(colon + 1)));
    }

    private static MediaException refusal(String where, String expected, String got) {
        return new MediaException(
                "%s: header: expected %s, got '%s'"
                        .formatted(
                                where,
                                expected,
                                Printable.of(
                                        got.getBytes(StandardCharsets.ISO_8859_1), got.length())));
    }
}
