package aiv1.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Screen screen(boolean isLive) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), isLive, false, 60);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void text_from_candidates_cannot_drive_the_terminal() {
        assertThat(Screen.clean("a\u001b[2Jb\rc\u0007d\u009be\u202ef\u200bg", 90))
                .isEqualTo("a [2Jb c d e f g");
        assertThat(Screen.clean("\ud83d\ude00\ud83d\ude00", 1)).isEqualTo("\ud83d\ude00");
    }

    @Test
    void what_is_left_of_a_line_is_filled_and_not_more() {
        assertThat(screen(true).rest(30, "x".repeat(100))).hasSize(29);
        assertThat(screen(true).rest(50, "x".repeat(100))).isEmpty();
        assertThat(screen(false).rest(300, "x".repeat(100))).hasSize(90);
    }

    @Test
    void a_block_is_cut_to_the_width_and_redrawn_in_place() {
        Screen screen = screen(true);
        screen.block(List.of("y".repeat(100), "second"));
        assertThat(printed()).contains("y".repeat(59)).doesNotContain("y".repeat(60));
        bytes.reset();
        screen.line("stays");
        assertThat(printed()).startsWith("\u001b[2A").endsWith("stays\n");
    }

    @Test
    void without_a_terminal_there_are_only_lines() {
        Screen screen = screen(false);
        screen.block(List.of("progress"));
        screen.line("stays");
        assertThat(printed()).isEqualTo("stays\n");
    }
}
