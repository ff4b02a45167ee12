package aiv1.sandbox;

import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a build gives: files by their relative names. The other side is hostile, so a name is taken
/// only when it can do no harm on the lab's disk, and counts and sizes only up to their limits.
final class BuildCollected extends Collected {
    static final int FILE_COUNT_MAX = 4096;
    private static final int NAME_LENGTH_MAX = 512;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9._-]{1,200}+(?:/[A-Za-z0-9._-]{1,200}+){0,15}+");

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final long bytesMax;
    private long bytes;

    BuildCollected(long bytesMax) {
        super(Stage.BUILD);
        this.bytesMax = bytesMax;
    }

    @Override
    public boolean accept(MessageReader.Message message) throws IOException {
        return switch (message.letter()) {
            case MessageReader.FILE -> addFile(ByteBuffer.wrap(message.payload()));
            case MessageReader.FRAME, MessageReader.BITSTREAM ->
                    refuse(
                            FailureCategory.CONTRACT,
                            "the result descriptor was written to by hand");
            default -> super.accept(message);
        };
    }

    SortedMap<String, byte[]> files() {
        return files;
    }

    private boolean addFile(ByteBuffer in) {
        int size = in.remaining() < 4 ? -1 : in.getInt();
        if (size < 0 || size > Math.min(NAME_LENGTH_MAX, in.remaining())) {
            return refuse(
                    FailureCategory.CONTRACT,
                    "build: expected file names of at most %d bytes".formatted(NAME_LENGTH_MAX));
        }
        byte[] raw = new byte[size];
        in.get(raw);
        String name = new String(raw, StandardCharsets.ISO_8859_1);
        if (!NAME.matcher(name).matches()
                || Arrays.stream(name.split("/", -1)).anyMatch(BuildCollected::leads)) {
            return refuse(
                    FailureCategory.CONTRACT,
                    "build: expected relative file names of letters, digits and . _ - /, got '%s'"
                            .formatted(name.replaceAll("[^ -~]", "?")));
        }
        if (isInTheWay(name)) {
            return refuse(
                    FailureCategory.CONTRACT,
                    "build: expected each file once and no file as a folder, got '%s'"
                            .formatted(name));
        }
        bytes += in.remaining();
        if (bytes > bytesMax) {
            return refuse(
                    FailureCategory.OUTPUT_LIMIT,
                    "build: expected at most %d bytes of files, got more".formatted(bytesMax));
        }
        if (files.size() == FILE_COUNT_MAX) {
            return refuse(
                    FailureCategory.OUTPUT_LIMIT,
                    "build: expected at most %d files, got more".formatted(FILE_COUNT_MAX));
        }
        byte[] content = new byte[in.remaining()];
        in.get(content);
        files.put(name, content);
        return true;
    }

    private static boolean leads(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    /// The same name, a folder of this name, or a file where this name has a folder.
    private boolean isInTheWay(String name) {
        for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
            if (files.containsKey(name.substring(0, at))) {
                return true;
            }
        }
        String next = files.ceilingKey(name + "/");
        return files.containsKey(name) || (next != null && next.startsWith(name + "/"));
    }
}
