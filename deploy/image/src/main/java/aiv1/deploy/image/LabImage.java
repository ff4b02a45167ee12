package aiv1.deploy.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The two images: the lab, which is worker, campaign, page and doctor by its command, and a
/// Temporal server for where there is none.
///
/// What changes seldom lies below what changes often: Debian, Java, ffmpeg, libraries of others,
/// the lab's own jars. Nobody in them is root.
final class LabImage {
    static final String NAME = "aiv1";
    static final String SERVER_NAME = "aiv1-server";

    /// The user and group that everything runs as; it owns the folders below `/var/lib` and nothing
    /// else.
    static final String USER = "10001:10001";

    static final List<String> ENTRYPOINT =
            List.of(
                    // Reaps what sandboxes leave, which a Java program as process 1 would not.
                    "/usr/bin/tini",
                    "--",
                    "/opt/java/bin/java",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+UseSerialGC",
                    "-Xmx1g",
                    "-jar",
                    "/opt/aiv1/aiv1.jar");
    static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "PATH", "/usr/bin:/bin:/opt/java/bin",
                    "LANG", "C.UTF-8",
                    "HOME", "/var/lib/aiv1",
                    "AIV1_HOME", "/var/lib/aiv1",
                    "AIV1_FFMPEG", "/opt/ffmpeg/ffmpeg");
    static final List<String> SERVER_ENTRYPOINT =
            List.of(
                    "/opt/temporal/temporal",
                    "server",
                    "start-dev",
                    "--headless",
                    "--namespace",
                    "aiv1",
                    "--db-filename",
                    "/var/lib/temporal/temporal.db",
                    "--sqlite-pragma",
                    "journal_mode=wal",
                    "--sqlite-pragma",
                    "synchronous=2",
                    "--search-attribute",
                    "Aiv1Campaign=Keyword",
                    "--search-attribute",
                    "Aiv1Candidate=Keyword",
                    "--search-attribute",
                    "Aiv1Outcome=Keyword",
                    "--log-level",
                    "warn");
    private static final String OWN_JAR_PREFIX = "aiv1.";

    private LabImage() {}

    static JibContainerBuilder lab(ImageParts parts)
            throws IOException, InvalidImageReferenceException {
        Path libraries = parts.program().resolve("lib");
        return Jib.from(TarImage.at(parts.base()))
                .setFormat(ImageFormat.Docker)
                .setFileEntriesLayers(
                        layer("java", parts.madeAt(), tree(parts.java(), "/opt/java")),
                        layer(
                                "ffmpeg",
                                parts.madeAt(),
                                List.of(new Entry(parts.ffmpeg(), "/opt/ffmpeg/ffmpeg"))),
                        layer("libraries", parts.madeAt(), jars(libraries, name -> !isOwn(name))),
                        layer("program", parts.madeAt(), program(parts, libraries)),
                        folders(parts, "/var/lib/aiv1", "/var/lib/aiv1-artifacts"))
                .setEntrypoint(ENTRYPOINT)
                .setProgramArguments(List.of("--help"))
                .setEnvironment(ENVIRONMENT)
                .setUser(USER)
                // Where volumes take the folder's owner from the image only for these, as on
                // Fargate.
                .setVolumes(AbsoluteUnixPath.get("/var/lib/aiv1"), AbsoluteUnixPath.get("/tmp"))
                .setWorkingDirectory(AbsoluteUnixPath.get("/var/lib/aiv1"))
                .setExposedPorts(Ports.parse(List.of("8080", "8081", "8090")))
                .setCreationTime(parts.madeAt());
    }

    static JibContainerBuilder server(ImageParts parts) throws IOException {
        return Jib.fromScratch()
                .setFormat(ImageFormat.Docker)
                .setFileEntriesLayers(
                        layer(
                                "temporal",
                                parts.madeAt(),
                                List.of(new Entry(parts.temporal(), "/opt/temporal/temporal"))),
                        folders(parts, "/var/lib/temporal"))
                .setEntrypoint(SERVER_ENTRYPOINT)
                .setProgramArguments(List.of("--ip", "0.0.0.0"))
                // It wants to know who it is, and there is no file of users.
                .setEnvironment(Map.of("HOME", "/var/lib/temporal", "USER", "temporal"))
                .setUser(USER)
                .setExposedPorts(Ports.parse(List.of("7233")))
                .setCreationTime(parts.madeAt());
    }

    private record Entry(Path file, String inImage) {}

    private static List<Entry> program(ImageParts parts, Path libraries) throws IOException {
        List<Entry> entries = new ArrayList<>(jars(libraries, LabImage::isOwn));
        entries.add(new Entry(parts.program().resolve("aiv1.jar"), "/opt/aiv1/aiv1.jar"));
        return entries;
    }

    private static boolean isOwn(String name) {
        return name.startsWith(OWN_JAR_PREFIX);
    }

    private static List<Entry> jars(Path folder, Predicate<String> isWanted) throws IOException {
        return tree(folder, "/opt/aiv1/lib").stream()
                .filter(entry -> isWanted.test(String.valueOf(entry.file().getFileName())))
                .toList();
    }

    private static List<Entry> tree(Path folder, String inImage) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> new Entry(file, inImage + "/" + folder.relativize(file)))
                    .toList();
        }
    }

    private static FileEntriesLayer layer(String name, Instant madeAt, List<Entry> entries) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Entry entry : entries) {
            layer.addEntry(
                    entry.file(),
                    AbsoluteUnixPath.get(entry.inImage()),
                    FilePermissions.fromOctalString(
                            Files.isExecutable(entry.file()) ? "755" : "644"),
                    madeAt);
        }
        return layer.build();
    }

    /// Empty folders that the user owns; a new named volume takes their owner.
    private static FileEntriesLayer folders(ImageParts parts, String... names) {
        try {
            Path empty = Files.createTempDirectory("aiv1-empty");
            empty.toFile().deleteOnExit();
            FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("folders");
            for (String name : names) {
                layer.addEntry(
                        empty,
                        AbsoluteUnixPath.get(name),
                        FilePermissions.fromOctalString("755"),
                        parts.madeAt(),
                        USER);
            }
            return layer.build();
        } catch (IOException e) {
            throw new UncheckedIOException("an empty folder", e);
        }
    }
}
