package aiv1.sandbox;

import aiv1.domain.candidate.Part;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What the build of a candidate left, frozen: one read-only folder for each part that was built,
/// which no other part's stages see. Closing it deletes the folders.
public final class BuildOutput implements AutoCloseable {
    static final String CHECKED = "-checked";

    private final Path folder;
    private final byte[] archive;
    private final Map<Part, Path> folders = new EnumMap<>(Part.class);

    private BuildOutput(Path folder, byte[] archive) {
        this.folder = folder;
        this.archive = archive;
    }

    /// Writes the files of each part below `folder`, which is this output's own from now on.
    static BuildOutput freeze(Path folder, Map<Part, SortedMap<String, byte[]>> files) {
        BuildOutput output = new BuildOutput(folder, archive(files));
        files.forEach(
                (part, contents) -> {
                    Path target = folder.resolve(part.label());
                    FrozenFolder.write(target, contents, !part.isPython());
                    output.folders.put(part, target);
                });
        return output;
    }

    /// Every file in one document: a first line `aiv1-build/1`, then for each file, parts and names
    /// in order, a line `PART/NAME SIZE` and so many bytes. Equal files give equal bytes.
    public byte[] archive() {
        return archive.clone();
    }

    /// Whether the build of this part in C left the program that stops at undefined behaviour too.
    public boolean hasChecked(Part part) {
        return folder(part)
                .filter(built -> Files.exists(built.resolve(program(part) + CHECKED)))
                .isPresent();
    }

    /// The name of the program that the build of a part in C leaves.
    static String program(Part part) {
        return part.label().replace(".c", "");
    }

    Optional<Path> folder(Part part) {
        return Optional.ofNullable(folders.get(part));
    }

    @Override
    public void close() {
        FrozenFolder.delete(folder);
    }

    private static byte[] archive(Map<Part, SortedMap<String, byte[]>> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("aiv1-build/1\n".getBytes(StandardCharsets.US_ASCII));
        new EnumMap<>(files)
                .forEach(
                        (part, contents) ->
                                contents.forEach(
                                        (name, content) -> {
                                            String line =
                                                    "%s/%s %d\n"
                                                            .formatted(
                                                                    part.label(),
                                                                    name,
                                                                    content.length);
                                            bytes.writeBytes(
                                                    line.getBytes(StandardCharsets.US_ASCII));
                                            bytes.writeBytes(content);
                                        }));
        return bytes.toByteArray();
    }
}
