package aiv1.cli.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules of the house that a compiler does not check: arrows, cycles, one owner for each
/// danger, and a map that is true.
class HouseRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("aiv1.root"));
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("aiv1");
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("domain", Set.of()),
                    Map.entry("wire", Set.of("domain")),
                    Map.entry("media", Set.of("domain")),
                    Map.entry("sandbox", Set.of("domain")),
                    Map.entry("worker", Set.of("domain", "wire", "media", "sandbox")),
                    Map.entry("cluster", Set.of("domain", "wire")),
                    Map.entry("inventor", Set.of("domain")),
                    Map.entry("proposer", Set.of("domain", "wire")),
                    Map.entry("store", Set.of("domain", "wire")),
                    Map.entry("campaign", Set.of("domain")),
                    Map.entry("dashboard", Set.of("domain", "wire")),
                    Map.entry("alerts", Set.of("domain", "wire")),
                    Map.entry(
                            "cli",
                            Set.of(
                                    "domain",
                                    "wire",
                                    "media",
                                    "sandbox",
                                    "worker",
                                    "cluster",
                                    "inventor",
                                    "proposer",
                                    "store",
                                    "campaign",
                                    "dashboard",
                                    "alerts")));
    private static final int FILE_LINE_COUNT_MAX = 500;

    @Test
    void every_room_is_there() {
        Set<String> rooms = CLASSES.stream().map(HouseRulesTest::room).collect(Collectors.toSet());
        assertThat(rooms).isEqualTo(ARROWS.keySet());
    }

    @Test
    void imports_follow_the_arrows() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(to -> to.getPackageName().startsWith("aiv1."))
                    .filter(to -> !room(to).equals(room(from)))
                    .filter(to -> !ARROWS.get(room(from)).contains(room(to)))
                    .forEach(to -> wrong.add(from.getName() + " -> " + to.getName()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("aiv1.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_domain_has_no_input_or_output() {
        noClasses()
                .that()
                .resideInAPackage("aiv1.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.sql..", "java.nio.file..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(?!Serializable).*")
                .check(CLASSES);
    }

    @Test
    void only_sandbox_media_and_the_local_cluster_start_processes() {
        noClasses()
                .that()
                .resideOutsideOfPackages("aiv1.sandbox..", "aiv1.media..", "aiv1.cluster.local..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .check(CLASSES);
    }

    @Test
    void only_the_cluster_knows_its_engine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("aiv1.cluster.temporal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal..", "io.grpc..")
                .check(CLASSES);
    }

    @Test
    void only_store_speaks_sql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("aiv1.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(CLASSES);
    }

    @Test
    void only_store_and_proposer_speak_to_aws() {
        noClasses()
                .that()
                .resideOutsideOfPackages("aiv1.store..", "aiv1.proposer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() throws IOException {
        List<Path> unmarked = new ArrayList<>();
        for (Path file : sources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                unmarked.add(ROOT.relativize(file));
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void types_are_written_out_and_files_stay_short() throws IOException {
        List<String> problems = new ArrayList<>();
        Pattern inferred = Pattern.compile("^\\s*(final )?var \\w+ = ", Pattern.MULTILINE);
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (inferred.matcher(text).find()) {
                problems.add(ROOT.relativize(file) + ": var");
            }
            if (text.lines().count() > FILE_LINE_COUNT_MAX) {
                problems.add(ROOT.relativize(file) + ": " + text.lines().count() + " lines");
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void the_types_that_architecture_names_exist() throws IOException {
        Set<String> known =
                CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        Matcher named =
                Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`")
                        .matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
        int count = 0;
        while (named.find()) {
            count++;
            if (!known.contains(named.group(1))) {
                missing.add(named.group(1));
            }
        }
        assertThat(missing).isEmpty();
        assertThat(count).isGreaterThan(20);
    }

    private static String room(JavaClass type) {
        String[] names = type.getPackageName().split("\\.", -1);
        return names.length > 1 ? names[1] : "";
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String room : ARROWS.keySet()) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(room).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(50);
        return sources;
    }
}
