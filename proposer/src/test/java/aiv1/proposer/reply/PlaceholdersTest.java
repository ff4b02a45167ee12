package aiv1.proposer.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "// ... rest unchanged",
                "    /* ... existing code ... */",
                "/* rest of the file is unchanged */",
                "/* ... */",
                "// ...",
                "/*\n * ... the rest as before ...\n */",
                "... rest of the encoder ...",
                "static int x; /* its name */\n// same as before",
            })
    void lines_that_stand_for_c_are_found(String code) {
        assertThat(Placeholders.find(code.lines().toList(), false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#define KEEP(sink, ...) keep(sink, __VA_ARGS__)",
                "#define CONTINUE(...)",
                "/* The rest of the block is predicted from the same row. */",
                "// keep the previous frame for the next one",
                "/* Copies the plane;\n   ... and the rest stays as before */",
                "/* The vectors\n * unchanged\n * ... since the previous frame.\n */",
                "void log_line(const char *format, ...);",
                "rest = remaining; // ... the same",
            })
    void what_c_may_say_is_left_alone(String code) {
        assertThat(Placeholders.find(code.lines().toList(), false)).isEmpty();
    }

    @Test
    void a_codec_in_c_with_its_comments_has_none() throws IOException {
        for (String name : List.of("encoder.c", "decoder.c", "common.h")) {
            Path file = Path.of("../examples/motion-dct-c").resolve(name);
            assertThat(Placeholders.find(Files.readAllLines(file), false)).as(name).isEmpty();
        }
    }
}
