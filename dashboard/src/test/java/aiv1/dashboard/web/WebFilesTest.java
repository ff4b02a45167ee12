package aiv1.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The page's files as they lie here: nothing is built, so what is wrong in them is wrong for good.
class WebFilesTest {
    private static final Path WEB = Path.of("src/main/resources/aiv1/dashboard/web");
    private static final Pattern IMPORT =
            Pattern.compile("(?:from|import)\\s*[\"'](\\.[^\"']+)[\"']");
    private static final int LINE_COUNT_MAX = 300;

    @Test
    void vendored_files_are_those_of_the_manifest() throws IOException {
        Map<String, String> named = new TreeMap<>();
        for (JsonNode file :
                Json.parse(Files.readString(WEB.resolve("vendor/MANIFEST.json")), "MANIFEST.json")
                        .path("files")) {
            named.put(file.path("file").asString(), file.path("sha256").asString());
            assertThat(WEB.resolve("vendor").resolve(file.path("licence_file").asString()))
                    .isRegularFile();
            assertThat(file.path("licence").asString()).isNotBlank();
        }
        Map<String, String> present = new TreeMap<>();
        try (Stream<Path> files = Files.list(WEB.resolve("vendor"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
                present.put(file.getFileName().toString(), sha256(file));
            }
        }
        assertThat(present).isEqualTo(named);
    }

    @Test
    void every_import_leads_to_a_file() throws IOException {
        for (Path module : modules()) {
            List<String> imports =
                    IMPORT.matcher(Files.readString(module))
                            .results()
                            .map((MatchResult one) -> one.group(1))
                            .toList();
            for (String target : imports) {
                assertThat(module.resolveSibling(target).normalize())
                        .as("import of %s", module)
                        .isRegularFile();
            }
        }
    }

    /// Text becomes text nodes alone; the security policy refuses inline script and style.
    @Test
    void no_module_makes_markup_of_text() throws IOException {
        for (Path module : modules()) {
            if (module.startsWith(WEB.resolve("vendor"))) {
                continue;
            }
            assertThat(Files.readString(module))
                    .as(module.toString())
                    .doesNotContain(
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(",
                            "new Function",
                            "dangerouslySet");
            try (Stream<String> lines = Files.lines(module)) {
                assertThat(lines.count()).as(module.toString()).isLessThanOrEqualTo(LINE_COUNT_MAX);
            }
        }
        assertThat(Files.readString(WEB.resolve("index.html")))
                .doesNotContain("<style", " style=", "onclick", "onload")
                .doesNotContainPattern("<script>");
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(one -> one.toString().endsWith(".js")).toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
