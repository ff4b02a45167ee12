package aiv1.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.temporal.Searchable;
import com.google.cloud.tools.jib.api.JibContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The images' form, from parts that are small; the real ones `deploy/image/build` makes.
class LabImageTest {
    @TempDir private Path folder;
    private ImageParts parts =
            new ImageParts(
                    Path.of(""), Path.of(""), Path.of(""), Path.of(""), Path.of(""), Instant.EPOCH);

    @BeforeEach
    void prepare() throws IOException {
        Path root = folder.resolve("root.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(root))) {
            TarArchiveEntry link = new TarArchiveEntry("bin", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName("usr/bin");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        BaseArchive.write(root, folder.resolve("base.tar"));
        Path java = file("java/bin/java");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        file("program/aiv1.jar");
        file("program/lib/aiv1.domain-0.1.0.jar");
        file("program/lib/info.picocli.picocli-4.7.7.jar");
        parts =
                new ImageParts(
                        folder.resolve("base.tar"),
                        folder.resolve("java"),
                        folder.resolve("program"),
                        file("ffmpeg"),
                        file("temporal"),
                        Instant.ofEpochSecond(1_767_225_600));
    }

    @Test
    void the_lab_is_the_program_on_debian_as_nobody() throws Exception {
        Map<String, byte[]> image = written("one");
        JsonNode config = config(image);
        JsonNode made = config.path("config");
        assertThat(strings(made.path("Entrypoint"))).isEqualTo(LabImage.ENTRYPOINT);
        assertThat(made.path("User").asString()).isEqualTo("10001:10001");
        assertThat(strings(made.path("Env")))
                .contains("AIV1_HOME=/var/lib/aiv1", "AIV1_FFMPEG=/opt/ffmpeg/ffmpeg");
        List<String> files = files(image);
        assertThat(files)
                .contains(
                        "bin -> usr/bin",
                        "opt/java/bin/java 755",
                        "opt/ffmpeg/ffmpeg 644",
                        "opt/aiv1/aiv1.jar 644",
                        "opt/aiv1/lib/aiv1.domain-0.1.0.jar 644",
                        "opt/aiv1/lib/info.picocli.picocli-4.7.7.jar 644",
                        "var/lib/aiv1/ 755 10001:10001",
                        "var/lib/aiv1-artifacts/ 755 10001:10001");
    }

    /// The names are written in the image once more, for its server has no Java.
    @Test
    void the_server_registers_what_the_lab_searches_by() {
        for (String name : Searchable.names()) {
            assertThat(LabImage.SERVER_ENTRYPOINT).contains(name + "=Keyword");
        }
    }

    @Test
    void equal_parts_give_equal_images() throws Exception {
        JibContainer first = Images.write(LabImage.lab(parts), "one", folder);
        JibContainer second = Images.write(LabImage.lab(parts), "two", folder);
        assertThat(second.getImageId()).isEqualTo(first.getImageId());
        file("program/aiv1.jar", "changed");
        JibContainer third = Images.write(LabImage.lab(parts), "three", folder);
        assertThat(third.getImageId()).isNotEqualTo(first.getImageId());
    }

    @Test
    void the_server_holds_nothing_but_the_server() throws Exception {
        Images.write(LabImage.server(parts), "server", folder);
        Map<String, byte[]> image = entries(Files.newInputStream(folder.resolve("server.tar")));
        assertThat(files(image))
                .filteredOn(name -> !name.endsWith("/ 755"))
                .containsExactlyInAnyOrder(
                        "opt/temporal/temporal 644", "var/lib/temporal/ 755 10001:10001");
        assertThat(strings(config(image).path("config").path("Entrypoint")))
                .isEqualTo(LabImage.SERVER_ENTRYPOINT);
    }

    private Map<String, byte[]> written(String name) throws Exception {
        Images.write(LabImage.lab(parts), name, folder);
        return entries(Files.newInputStream(folder.resolve(name + ".tar")));
    }

    private static JsonNode config(Map<String, byte[]> image) {
        JsonNode manifest = json(image, "manifest.json");
        return json(image, manifest.path(0).path("Config").asString());
    }

    private static JsonNode json(Map<String, byte[]> image, String name) {
        return JsonMapper.shared().readTree(image.get(name));
    }

    private static List<String> files(Map<String, byte[]> image) throws IOException {
        List<String> files = new ArrayList<>();
        for (String layer : strings(json(image, "manifest.json").path(0).path("Layers"))) {
            InputStream bytes = new ByteArrayInputStream(image.get(layer));
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new GZIPInputStream(bytes))) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry()) {
                    files.add(told(entry));
                }
            }
        }
        return files;
    }

    private static String told(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return entry.getName() + " -> " + entry.getLinkName();
        }
        String owner =
                entry.getLongUserId() == 0
                        ? ""
                        : " %d:%d".formatted(entry.getLongUserId(), entry.getLongGroupId());
        return "%s %o%s".formatted(entry.getName(), entry.getMode() & 0777, owner);
    }

    private static Map<String, byte[]> entries(InputStream file) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return entries;
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private Path file(String name) throws IOException {
        return file(name, name);
    }

    private Path file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content, StandardCharsets.UTF_8);
    }
}
