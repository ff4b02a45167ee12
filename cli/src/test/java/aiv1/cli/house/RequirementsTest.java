package aiv1.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/requirements.md` is true: every row is there, and says which tests prove it or why none
/// does; every test that it names is one.
class RequirementsTest {
    private static final Path ROOT = Path.of(System.getProperty("aiv1.root"));
    private static final int ROW_COUNT = 39;
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

    @Test
    void each_requirement_names_tests_that_exist_or_says_why_not() throws IOException {
        Map<String, String> sources = testSources();
        List<Integer> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/requirements.md"))) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                continue;
            }
            rows.add(Integer.parseInt(row.group(1)));
            Matcher named = NAMED.matcher(row.group(2));
            int count = 0;
            while (named.find()) {
                count++;
                String source = sources.getOrDefault(named.group(1), "");
                if (!isTest(source, named.group(2))) {
                    problems.add(row.group(1) + ": " + named.group());
                }
            }
            if (count == 0 && !row.group(2).startsWith("next: ")) {
                problems.add(row.group(1) + ": neither a test nor a reason");
            }
        }
        assertThat(problems).isEmpty();
        assertThat(rows).isEqualTo(IntStream.rangeClosed(1, ROW_COUNT).boxed().toList());
    }

    private static boolean isTest(String source, String method) {
        return Pattern.compile(
                        "@(Test|ParameterizedTest)\\b((?!void ).)*?void " + method + "\\(",
                        Pattern.DOTALL)
                .matcher(source)
                .find();
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> rooms = Files.list(ROOT)) {
            for (Path room : rooms.filter(Files::isDirectory).toList()) {
                addSources(room.resolve("src/test/java"), sources);
                addSources(room.resolve("src/browser/java"), sources);
            }
        }
        return sources;
    }

    private static void addSources(Path tests, Map<String, String> sources) throws IOException {
        if (!Files.isDirectory(tests)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String name = Objects.requireNonNull(file.getFileName()).toString();
                sources.put(name.replace(".java", ""), Files.readString(file));
            }
        }
    }
}
