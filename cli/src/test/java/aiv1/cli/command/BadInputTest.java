package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is handed in wrong gets one clear message that says where, what was expected and what
/// was found, and the right status.
class BadInputTest {

    @TempDir private Path folder;

    @Test
    void an_unknown_option_is_usage() {
        assertThat(refused(2, "run", "--bogus"))
                .contains("Unknown option")
                .contains("aiv1 run --help");
    }

    @Test
    void no_command_is_usage() {
        assertThat(Aiv1Command.commandLine().execute()).isEqualTo(2);
    }

    @Test
    void every_problem_of_the_settings_is_told_at_once() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "sead: 7\nframes: none\n");
        assertThat(refused(2, "run", "--config", config.toString(), "--seed", "x"))
                .contains("unknown key 'sead'")
                .contains("frames (file")
                .contains("seed (flag --seed): expected a whole number, got 'x'");
    }

    /// Requirement 38: nobody to wait for.
    @Test
    void a_device_that_this_machine_lacks_is_told() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "capability: cuda\n");
        assertThat(refused(2, "run", "--quiet", "--no-page", "--config", config.toString()))
                .contains("capability: expected what this machine has (cpu, tier-")
                .contains("got cuda: name workers that have it, or a cluster");
    }

    @Test
    void an_unknown_clip_is_told_with_those_that_are_known() {
        assertThat(refused(2, "run", "--clip", "nope"))
                .contains("clips: expected one of cars, flower")
                .contains("got 'nope'");
    }

    @Test
    void an_unknown_anchor_or_proposer_or_limit_is_told() {
        assertThat(refused(2, "run", "--anchor", "h261"))
                .contains("anchors: expected one of x264-medium");
        assertThat(refused(2, "run", "--proposer", "oracle")).contains("got 'oracle'");
        assertThat(refused(2, "run", "--limits", "none")).contains("expected one of light, heavy");
    }

    @Test
    void a_candidate_without_decoder_is_told() throws IOException {
        Path candidate = Files.createDirectory(folder.resolve("half"));
        Files.writeString(candidate.resolve("encoder.py"), "def encode(clip, quality): ...\n");
        assertThat(refused(2, "evaluate", candidate.toString()))
                .contains("expected decoder.py or decoder.c, got none");
        assertThat(refused(2, "evaluate", folder.resolve("nowhere").toString()))
                .contains("expected a folder or a JSON file");
    }

    @Test
    void a_candidate_file_that_is_no_json_is_told_with_its_line() throws IOException {
        Path file = Files.writeString(folder.resolve("codec.json"), "{\n  \"encoding_code\": \n");
        assertThat(refused(2, "evaluate", file.toString()))
                .contains("codec.json")
                .contains("expected");
        Files.writeString(file, "{\"encoding_code\": \"x\"}");
        assertThat(refused(2, "evaluate", file.toString()))
                .contains("expected a text \"decoding_code\", got none");
    }

    @Test
    void a_syntax_error_is_a_result_with_part_and_line() throws IOException {
        Path candidate = Files.createDirectory(folder.resolve("typo"));
        Files.writeString(
                candidate.resolve("encoder.py"), "def encode(clip, quality):\n    return b''\n");
        Files.writeString(candidate.resolve("decoder.py"), "import zlib\ndef decode(:\n");
        Answer answer =
                program()
                        .run(
                                "evaluate",
                                candidate.toString(),
                                "--clip",
                                "rapids",
                                "--frames",
                                "2",
                                "--quiet");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).contains("screen: SyntaxError at decoder line 2");
    }

    @Test
    void a_file_that_is_no_video_is_refused_and_leaves_nothing() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "hello");
        assertThat(refused(2, "clip", "import", file.toString(), "--name", "x"))
                .contains("notes.txt");
        assertThat(program().run("clip", "list").out()).doesNotContain("notes");
    }

    @Test
    void a_truncated_y4m_is_refused_with_the_frame() throws IOException {
        byte[] head =
                "YUV4MPEG2 W16 H8 F30:1 Ip C420jpeg\n"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] frame = "FRAME\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        file.writeBytes(head);
        file.writeBytes(frame);
        file.writeBytes(new byte[100]);
        Path cut = Files.write(folder.resolve("cut.y4m"), file.toByteArray());
        assertThat(refused(2, "clip", "import", cut.toString(), "--name", "cut"))
                .contains(
                        "cut.y4m: frame 0: expected 192 bytes, got a file of "
                                + file.size()
                                + " bytes");
        file.writeBytes(new byte[92]);
        file.writeBytes(frame);
        file.writeBytes(new byte[100]);
        Files.write(cut, file.toByteArray());
        assertThat(refused(2, "clip", "import", cut.toString(), "--name", "cut"))
                .contains("cut.y4m: frame 1: expected 192 bytes, got 100");
    }

    @Test
    void an_odd_size_is_refused() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.y4m"), "YUV4MPEG2 W15 H8 F30:1\nFRAME\n");
        assertThat(refused(2, "clip", "import", odd.toString(), "--name", "odd"))
                .contains("expected an even number")
                .contains("15");
    }

    @Test
    void a_home_that_cannot_be_written_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Answer answer = new Program(file.resolve("home")).run("list");
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err())
                .contains("home (flag --home): expected a folder that can be written");
    }

    @Test
    void a_ledger_that_is_none_is_told_and_left_alone() throws IOException {
        Path home = Files.createDirectory(folder.resolve("other"));
        Path ledger = Files.writeString(home.resolve("ledger.db"), "this is my shopping list");
        Answer answer = new Program(home).run("list");
        assertThat(answer.status()).isEqualTo(70);
        assertThat(answer.err()).contains("ledger.db").contains("expected");
        assertThat(ledger).hasContent("this is my shopping list");
    }

    @Test
    void an_unknown_experiment_and_campaign_are_told() {
        assertThat(refused(2, "show", "e-nothing")).contains("got 'e-nothing', which fits 0");
        assertThat(refused(2, "run", "--resume", "c-nothing"))
                .contains("expected a campaign of this home, got 'c-nothing'");
    }

    @Test
    void every_command_has_help_with_an_example() {
        Aiv1Command.commandLine()
                .getSubcommands()
                .forEach(
                        (name, command) -> {
                            if (command.getSubcommands().isEmpty()
                                    && !name.equals("help")
                                    && !name.equals("generate-completion")) {
                                assertThat(command.getUsageMessage()).as(name).contains("Example");
                            }
                        });
    }

    private Program program() {
        return new Program(folder.resolve("home"));
    }

    private String refused(int status, String... arguments) {
        Answer answer = program().run(arguments);
        assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(status);
        assertThat(answer.err()).startsWith("aiv1: ").doesNotContain("\tat ");
        return answer.err();
    }
}
