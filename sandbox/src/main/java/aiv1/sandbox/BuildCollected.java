package aiv1.sandbox;

import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a build gives: files by their names, without folders. The other side is hostile, so a name
/// is taken only when it can do no harm on the lab's disk, and counts and sizes only up to their
/// limits.
final class BuildCollected extends Collected {
    static final int FILE_COUNT_MAX = 4096;
    private static final int NAME_LENGTH_MAX = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]++");

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
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            return refuse(
                    FailureCategory.CONTRACT,
                    "build: expected file names of letters, digits and . _ -, got '%s'"
                            .formatted(name.replaceAll("[^ -~]", "?")));
        }
        if (files.containsKey(name)) {
            return refuse(
                    FailureCategory.CONTRACT,
                    "build: expected each file once, got '%s' again".formatted(name));
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

    @Override
    public long payloadBytesMax(char letter) {
        return letter == MessageReader.FILE ? Long.MAX_VALUE : super.payloadBytesMax(letter);
    }
}
