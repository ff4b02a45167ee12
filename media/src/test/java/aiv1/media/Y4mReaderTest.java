package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Y4mReaderTest {
    private static final String HEADER = "YUV4MPEG2 W16 H8 F30000:1001 Ip A1:1 C420jpeg\n";
    private static final int FRAME_BYTES = 16 * 8 * 3 / 2;

    @Test
    void frames_come_one_by_one_with_their_parameters_passed_over() throws IOException {
        byte[] file = file(HEADER, "FRAME\n", "FRAME Ip\n");
        try (Y4mReader reader = reader(file)) {
            assertThat(reader.format().frameRate().toString()).isEqualTo("30000/1001");
            byte[] frame = new byte[FRAME_BYTES];
            assertThat(reader.next(frame)).isTrue();
            assertThat(frame[5]).isEqualTo((byte) 5);
            assertThat(reader.next(frame)).isTrue();
            assertThat(reader.next(frame)).isFalse();
            assertThat(reader.framesRead()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | expected a YUV4MPEG2 header, got an empty file",
                "'RIFF....AVI \n' | YUV4MPEG2",
                "'YUV4MPEG2 W16 H8\n' | F",
                "'YUV4MPEG2 W16 F30:1\n' | H",
                "'YUV4MPEG2 W15 H8 F30:1\n' | even",
                "'YUV4MPEG2 W99999999 H8 F30:1\n' | 99999999",
                "'YUV4MPEG2 W16 H8 F0:1\n' | ",
                "'YUV4MPEG2 W16 H8 F30:1 C444\n' | 444",
                "'YUV4MPEG2 W16 H8 F30:1 C420p10\n' | 420p10",
                "'YUV4MPEG2 W16 H8 F30:1 It\n' | ",
                "'YUV4MPEG2 W16 H8 F30:1' | whole line",
            })
    void a_header_that_is_wrong_is_told(String header, String text) {
        assertThatThrownBy(() -> readAll(header.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MediaException.class)
                .hasMessageStartingWith("clip.y4m: ")
                .hasMessageContaining(text == null ? "" : text);
    }

    @Test
    void a_truncated_frame_is_told_by_number_and_bytes() {
        byte[] whole = file(HEADER, "FRAME\n", "FRAME\n");
        byte[] cut = Arrays.copyOf(whole, whole.length - 92);
        assertThatThrownBy(() -> readAll(cut))
                .isInstanceOf(MediaException.class)
                .hasMessage("clip.y4m: frame 1: expected 192 bytes, got 100");
    }

    @Test
    void what_stands_between_frames_is_told() {
        assertThatThrownBy(() -> readAll(file(HEADER, "FRAME\n", "frame\n")))
                .isInstanceOf(MediaException.class)
                .hasMessage("clip.y4m: frame 1: expected a line FRAME, got 'frame'");
    }

    /// Whatever is done to a file, reading ends with frames or with a refusal, never otherwise.
    @Test
    void any_damage_ends_in_a_refusal_or_in_frames() {
        byte[] whole = file(HEADER, "FRAME\n", "FRAME\n");
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(3); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(Math.min(damaged.length, 60))] ^=
                        (byte) (1 << random.nextInt(8));
            }
            try {
                readAll(damaged);
            } catch (MediaException refusal) {
                assertThat(refusal.getMessage()).startsWith("clip.y4m: ");
                refused++;
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        }
        assertThat(refused).isGreaterThan(2000);
    }

    private static void readAll(byte[] file) throws IOException {
        try (Y4mReader reader = reader(file)) {
            if (reader.format().frameBytes() > 1 << 20) {
                return;
            }
            byte[] frame = new byte[reader.format().frameBytes()];
            while (reader.next(frame)) {
                assertThat(frame).isNotEmpty();
            }
        }
    }

    private static Y4mReader reader(byte[] file) throws IOException {
        return new Y4mReader("clip.y4m", new ByteArrayInputStream(file));
    }

    private static byte[] file(String header, String... frameLines) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        for (String line : frameLines) {
            out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
            byte[] frame = new byte[FRAME_BYTES];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) i;
            }
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }
}
