package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// What the build of a candidate left, frozen: one read-only folder for each part that was built,
/// which no other part's stages see. Closing it deletes the folders.
public final class BuildOutput implements AutoCloseable {
    static final String CHECKED = "-checked";
    private static final int LINE_BYTES_MAX = 256;

    private final Path folder;
    private final Map<Part, Path> folders = new EnumMap<>(Part.class);

    private BuildOutput(Path folder) {
        this.folder = folder;
    }

    /// Writes the files of each part below `folder`, which is this output's own from now on.
    static BuildOutput freeze(Path folder, Map<Part, SortedMap<String, byte[]>> files) {
        BuildOutput output = new BuildOutput(folder);
        boolean isWhole = false;
        try {
            files.forEach(
                    (part, contents) -> {
                        Path target = folder.resolve(part.label());
                        FrozenFolder.write(target, contents, !part.isPython());
                        output.folders.put(part, target);
                    });
            isWhole = true;
            return output;
        } finally {
            if (!isWhole) {
                output.close();
            }
        }
    }

    /// Every file that runs are made with, in one document: a first line `aiv1-build/1`, then for
    /// each file, parts and names in order, a line `PART/NAME SIZE` and so many bytes. Equal files
    /// give equal bytes. What only the checked run uses, most of it the sanitizer's own, is left
    /// out.
    public byte[] archive() {
        try {
            List<Path> files = files();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(archiveBytesMax(files));
            bytes.writeBytes("aiv1-build/1\n".getBytes(StandardCharsets.US_ASCII));
            for (Path file : files) {
                String line = "%s %d\n".formatted(folder.relativize(file), Files.size(file));
                bytes.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
                Files.copy(file, bytes);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new LabFaultException("build: cannot read below %s: %s".formatted(folder, e), e);
        }
    }

    /// Whether the build of this part left a program or library that stops at undefined behaviour
    /// too.
    public boolean hasChecked(Part part) {
        return folder(part)
                .filter(built -> Files.exists(built.resolve(program(part) + CHECKED)))
                .isPresent();
    }

    /// What the build of a part in C leaves is a program; of one in Python, a library of what its C
    /// holds.
    static String program(Part part) {
        return part.isPython() ? "functions.so" : part.label().replace(".c", "");
    }

    Optional<Path> folder(Part part) {
        return Optional.ofNullable(folders.get(part));
    }

    @Override
    public void close() {
        FrozenFolder.delete(folder);
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path part : folders.values()) {
            try (Stream<Path> below = Files.list(part)) {
                below.filter(file -> !file.toString().endsWith(CHECKED))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static int archiveBytesMax(List<Path> files) throws IOException {
        long bytes = LINE_BYTES_MAX;
        for (Path file : files) {
            bytes += LINE_BYTES_MAX + Files.size(file);
        }
        return Math.toIntExact(bytes);
    }
}
