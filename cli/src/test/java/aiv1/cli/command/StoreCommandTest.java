package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StoreCommandTest {
    private static final String OLD =
            """
            [{"experiment_id": "old-1", "status": "completed", "psnr": 99.0,
              "encoding_code": "def run_encoding_agent(device='cpu'): ...",
              "decoding_code": "def run_decoding_agent(device='cpu', encoding_data=None): ..."},
             {"experiment_id": "old-2"}]
            """;

    @TempDir private Path folder;

    private Program program;

    @BeforeEach
    void openProgram() {
        program = new Program(folder.resolve("home"));
    }

    @Test
    void old_records_are_imported_listed_and_never_ranked() throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), OLD);
        Answer imported = program.run("store", "import", file.toString(), "--json");
        assertThat(imported.status()).isEqualTo(1);
        assertThat(imported.json().path("imported").path(0).asString()).isEqualTo("import.old-1");
        assertThat(imported.err()).contains("record 2: expected a text 'encoding_code', got none");
        Answer again = program.run("store", "import", file.toString());
        assertThat(again.out()).contains("0 imported as unverified, 1 were there, 1 skipped");
        JsonNode listed = program.run("list", "--json").json().path("experiments").path(0);
        assertThat(listed.path("outcome").asString()).isEqualTo("quarantined");
        assertThat(listed.path("failure").path("category").asString()).isEqualTo("unverified");
        assertThat(listed.path("bd_rate").size()).isZero();
        Answer shown = program.run("show", "import.old-1", "--code");
        assertThat(shown.status()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("run_decoding_agent").contains("psnr 99");
    }

    @Test
    void a_lab_is_copied_to_urls_and_used_there() throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), OLD);
        program.run("store", "import", file.toString());
        String ledger = "sqlite:" + folder.resolve("other.db");
        String artifacts = "file:" + folder.resolve("others");
        assertThat(program.run("store", "create", ledger, artifacts).out())
                .contains(ledger + ": made")
                .contains(artifacts + ": made");
        String home = folder.resolve("home").toString();
        Answer copied = program.run("store", "copy", home, ledger + "," + artifacts);
        assertThat(copied.status()).as(copied.err()).isZero();
        assertThat(copied.out()).contains("1 records copied, 0 were there");
        Answer again =
                program.run("store", "copy", home, ledger + "," + artifacts, "--json", "--quiet");
        assertThat(again.json().path("records_copied").asInt()).isZero();
        assertThat(again.json().path("records_equal").asInt()).isEqualTo(1);
        Answer there =
                new Program(folder.resolve("new-home"))
                        .run("list", "--store", ledger, "--artifacts", artifacts);
        assertThat(there.out()).contains("import.old-1");
    }

    @Test
    void what_is_wrong_with_a_url_is_usage_and_is_told_without_secrets() {
        Answer both =
                program.run(
                        "list",
                        "--store",
                        "dynamodb://AKIA:SECRET@labs",
                        "--artifacts",
                        "sqlite:x");
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err())
                .contains("store (flag --store): expected no credentials in a URL")
                .contains("artifacts (flag --artifacts): expected file:FOLDER or s3://")
                .doesNotContain("SECRET");
        assertThat(program.run("store", "create", "ftp://x").status()).isEqualTo(2);
        assertThat(program.run("store", "copy", "sqlite:x", "y").err())
                .contains("LEDGER-URL,ARTIFACTS-URL");
        assertThat(program.run("store").status()).isEqualTo(2);
    }

    @Test
    void a_store_that_cannot_be_reached_is_the_labs_fault() {
        try (AwsProperties _ = new AwsProperties()) {
            Answer refused =
                    program.run(
                            "list",
                            "--store",
                            "dynamodb://labs?region=eu-west-1&endpoint=http://127.0.0.1:1");
            assertThat(refused.status()).isEqualTo(70);
            assertThat(refused.err())
                    .contains("dynamodb://labs")
                    .contains("check the endpoint")
                    .doesNotContain(AwsProperties.SECRET_KEY)
                    .doesNotContain("Exception:\n");
        }
    }
}
