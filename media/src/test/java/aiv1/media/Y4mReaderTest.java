package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Y4mReaderTest {
    private static final VideoFormat SMALL = TestMedia.format(16, 16);
    private static final String HEADER = "YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420\n";

    @Test
    void reads_the_frames_that_were_written() throws IOException {
        byte[] file = TestMedia.y4m(SMALL, 3, 5);
        Random random = new Random(5);
        byte[] expected = new byte[SMALL.frameBytes()];
        byte[] frame = new byte[SMALL.frameBytes()];
        try (Y4mReader reader = reader(file)) {
            assertThat(reader.format()).isEqualTo(SMALL);
            for (int i = 0; i < 3; i++) {
                random.nextBytes(expected);
                assertThat(reader.next(frame)).isTrue();
                assertThat(frame).isEqualTo(expected);
            }
            assertThat(reader.next(frame)).isFalse();
            assertThat(reader.framesRead()).isEqualTo(3);
        }
    }

    @Test
    void an_empty_file_is_refused() {
        requireRefusal(new byte[0], "f.y4m: expected a YUV4MPEG2 header, got an empty file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "RIFFabcd | expected a file that begins with YUV4MPEG2, got 'RIFFabcd'",
                "YUV4MPEG W2 H2 F1:1 | expected a file that begins with YUV4MPEG2, got 'YUV4MPEG'",
                "YUV4MPEG2 H16 F25:1 | expected a size like W480, got 'none'",
                "YUV4MPEG2 W16 F25:1 | expected a size like H480, got 'none'",
                "YUV4MPEG2 W16 H16 | expected a frame rate like F30:1, got 'none'",
                "YUV4MPEG2 W-16 H16 F25:1 | expected a size like W480, got 'W-16'",
                "YUV4MPEG2 W16 H1e9 F25:1 | expected a size like H480, got 'H1e9'",
                "YUV4MPEG2 W99999999999 H16 F25:1 | expected a size like W480, got 'W99999999999'",
                "YUV4MPEG2 W16386 H16 F25:1 | width: expected an even number from 2 to 16384, got 16386",
                "YUV4MPEG2 W999999999 H16 F25:1 | from 2 to 16384, got 999999999",
                "YUV4MPEG2 W0 H16 F25:1 | width: expected an even number from 2 to 16384, got 0",
                "YUV4MPEG2 W15 H16 F25:1 | width: expected an even number from 2 to 16384, got 15",
                "YUV4MPEG2 W16 H9 F25:1 | height: expected an even number from 2 to 16384, got 9",
                "YUV4MPEG2 W16 H16 F0:0 | frame rate: expected a fraction > 0, got 0/0",
                "YUV4MPEG2 W16 H16 F25 | expected a frame rate like F30:1, got 'F25'",
                "YUV4MPEG2 W16 H16 F25:1 C444 | expected 8-bit 4:2:0 (C420, C420jpeg, C420mpeg2, C420paldv), got 'C444'",
                "YUV4MPEG2 W16 H16 F25:1 C420p10 | got 'C420p10'",
                "YUV4MPEG2 W16 H16 F25:1 Cmono | got 'Cmono'",
                "YUV4MPEG2 W16 H16 F25:1 It | expected progressive frames (Ip), got 'It'",
                "YUV4MPEG2 W16 H16 F25:1 A1 | expected an aspect ratio like A1:1, got 'A1'",
                "YUV4MPEG2 W16 W16 H16 F25:1 | expected one header token W, got 'a second, W16'",
                "YUV4MPEG2 W16 H16 F25:1 Q7 | expected header tokens W H F I A C X, got 'Q7'",
            })
    void a_wrong_header_is_refused(String header, String message) {
        assertThatThrownBy(() -> reader(TestMedia.ascii(header + "\n")))
                .isInstanceOf(MediaException.class)
                .hasMessageStartingWith("f.y4m: ")
                .hasMessageContaining(message);
    }

    @Test
    void control_characters_of_a_header_do_not_reach_the_message() {
        requireRefusal(
                TestMedia.ascii("YUV4\u001b[31m\r\n"),
                "f.y4m: header: expected a file that begins with YUV4MPEG2, got 'YUV4?[31m?'");
    }

    @Test
    void a_header_without_end_is_refused() {
        byte[] endless = new byte[5000];
        Arrays.fill(endless, (byte) 'X');
        requireRefusal(
                endless,
                "f.y4m: header: expected a line of at most 1024 bytes, got '"
                        + "X".repeat(40)
                        + "...'");
        requireRefusal(
                TestMedia.ascii(HEADER.strip()),
                "f.y4m: header: expected a whole line, got the end of the file after 'YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420'");
    }

    @Test
    void a_long_comment_before_the_size_is_skipped() throws IOException {
        String header = "YUV4MPEG2 X" + "c".repeat(900) + " W16 H16 F30000:1001\n";
        try (Y4mReader reader = reader(TestMedia.ascii(header))) {
            assertThat(reader.format())
                    .isEqualTo(new VideoFormat(16, 16, new FrameRate(30000, 1001)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " C420jpeg", " C420mpeg2 XYSCSS=420MPEG2", " A0:0 I?", "  Ip"})
    void other_words_for_the_same_samples_are_accepted(String words) throws IOException {
        try (Y4mReader reader = reader(TestMedia.ascii("YUV4MPEG2 W16 H16 F25:1" + words + "\n"))) {
            assertThat(reader.format()).isEqualTo(SMALL);
        }
    }

    @Test
    void a_frame_cut_short_is_refused_with_its_number() {
        VideoFormat cif = TestMedia.format(352, 288);
        byte[] file = TestMedia.y4m(cif, 13, 1);
        byte[] cut = Arrays.copyOf(file, file.length - 152064 + 150000);
        assertThatThrownBy(() -> readAll(cut))
                .isInstanceOf(MediaException.class)
                .hasMessage("f.y4m: frame 12: expected 152064 bytes, got 150000");
    }

    @Test
    void bytes_between_frames_are_refused() {
        byte[] frame = new byte[SMALL.frameBytes()];
        byte[] file = join(TestMedia.ascii(HEADER + "FRAME\n"), frame, TestMedia.ascii("junk\n"));
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(MediaException.class)
                .hasMessage("f.y4m: frame 1: expected a line FRAME, got 'junk'");
        byte[] lineFeed = join(TestMedia.ascii(HEADER + "FRAME\n"), frame, TestMedia.ascii("\n"));
        assertThatThrownBy(() -> readAll(lineFeed))
                .isInstanceOf(MediaException.class)
                .hasMessage("f.y4m: frame 1: expected a line FRAME, got ''");
        byte[] zeros = join(TestMedia.ascii(HEADER + "FRAME\n"), frame, new byte[2000]);
        assertThatThrownBy(() -> readAll(zeros))
                .isInstanceOf(MediaException.class)
                .hasMessageStartingWith("f.y4m: frame 1: expected a line of at most 1024 bytes");
    }

    @Test
    void a_frame_line_may_have_parameters_but_no_other_name() throws IOException {
        byte[] frame = new byte[SMALL.frameBytes()];
        assertThat(readAll(join(TestMedia.ascii(HEADER + "FRAME Ippp Xa\n"), frame))).isEqualTo(1);
        assertThatThrownBy(() -> readAll(join(TestMedia.ascii(HEADER + "FRAMES\n"), frame)))
                .isInstanceOf(MediaException.class)
                .hasMessage("f.y4m: frame 0: expected a line FRAME, got 'FRAMES'");
    }

    @Test
    void a_frame_line_without_end_is_refused() {
        assertThatThrownBy(() -> readAll(TestMedia.ascii(HEADER + "FRAME")))
                .isInstanceOf(MediaException.class)
                .hasMessage(
                        "f.y4m: frame 0: expected a whole line, got the end of the file after 'FRAME'");
    }

    @Test
    void a_header_alone_is_no_frames() throws IOException {
        assertThat(readAll(TestMedia.ascii(HEADER))).isZero();
    }

    @Test
    void a_buffer_of_another_size_is_the_callers_fault() throws IOException {
        try (Y4mReader reader = reader(TestMedia.y4m(SMALL, 1, 1))) {
            assertThatThrownBy(() -> reader.next(new byte[10]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("frame buffer: expected 384 bytes, got 10");
        }
    }

    @Test
    void every_cut_is_refused_or_leaves_whole_frames() throws IOException {
        byte[] file = TestMedia.y4m(SMALL, 3, 2);
        int frame = 6 + SMALL.frameBytes();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            int over = length - HEADER.length();
            if (over >= 0 && over % frame == 0) {
                assertThat(readAll(cut)).isEqualTo(over / frame);
            } else {
                assertThatThrownBy(() -> readAll(cut))
                        .as("cut to %d bytes", length)
                        .isInstanceOf(MediaException.class)
                        .hasMessageStartingWith("f.y4m: ");
            }
        }
    }

    @Test
    void damage_anywhere_is_refused_or_read_but_never_anything_else() throws IOException {
        byte[] file = TestMedia.y4m(SMALL, 3, 3);
        Random random = new Random(2026);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = damage(file, random);
            try {
                assertThat(readAll(damaged)).isLessThanOrEqualTo(200);
            } catch (MediaException refusal) {
                assertThat(refusal.getMessage()).startsWith("f.y4m: ").matches("[ -~]*");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5000);
    }

    /// More bytes than the heap could hold, were they kept.
    @Test
    void holds_one_frame_however_long_the_stream_is() throws IOException {
        VideoFormat large = TestMedia.format(4096, 2160);
        long frames = 2 * Runtime.getRuntime().maxMemory() / large.frameBytes() + 10;
        byte[] frame = new byte[large.frameBytes()];
        try (Y4mReader reader = new Y4mReader("endless", new BlackFrames(large, frames))) {
            long count = 0;
            while (reader.next(frame)) {
                count++;
            }
            assertThat(count).isEqualTo(frames);
        }
    }

    /// Flips, deletes or doubles a few bytes; every other time in the header and the first line.
    private static byte[] damage(byte[] file, Random random) {
        int region = random.nextBoolean() ? HEADER.length() + 6 : file.length;
        int at = random.nextInt(region);
        int count = Math.min(1 + random.nextInt(3), file.length - at);
        byte[] before = Arrays.copyOf(file, at);
        byte[] middle = Arrays.copyOfRange(file, at, at + count);
        byte[] after = Arrays.copyOfRange(file, at + count, file.length);
        return switch (random.nextInt(3)) {
            case 0 -> join(before, after);
            case 1 -> join(before, middle, middle, after);
            default -> {
                for (int i = 0; i < count; i++) {
                    middle[i] ^= (byte) (1 << random.nextInt(8));
                }
                yield join(before, middle, after);
            }
        };
    }

    private static Y4mReader reader(byte[] file) throws IOException {
        return new Y4mReader("f.y4m", new ByteArrayInputStream(file));
    }

    private static int readAll(byte[] file) throws IOException {
        try (Y4mReader reader = reader(file)) {
            byte[] frame = new byte[reader.format().frameBytes()];
            while (reader.next(frame)) {
                assertThat(reader.framesRead()).isPositive();
            }
            return reader.framesRead();
        }
    }

    private static void requireRefusal(byte[] file, String message) {
        assertThatThrownBy(() -> reader(file))
                .isInstanceOf(MediaException.class)
                .hasMessage(message);
    }

    private static byte[] join(byte[]... parts) {
        byte[] joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /// A stream of black frames that takes no memory: samples are left as the buffer has them.
    private static final class BlackFrames extends InputStream {
        private final long frameBytes;
        private final byte[] line = TestMedia.ascii("FRAME\n");
        private long framesLeft;
        private byte[] text;
        private int textRead;
        private long samplesLeft;

        BlackFrames(VideoFormat format, long frames) {
            this.text = Y4mHeader.canonical(format);
            this.frameBytes = format.frameBytes();
            this.framesLeft = frames;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("the reader reads blocks");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (textRead == text.length && samplesLeft == 0) {
                if (framesLeft == 0) {
                    return -1;
                }
                framesLeft--;
                text = line;
                textRead = 0;
            }
            if (textRead < text.length) {
                int count = Math.min(length, text.length - textRead);
                System.arraycopy(text, textRead, buffer, offset, count);
                textRead += count;
                samplesLeft = textRead == text.length && text == line ? frameBytes : 0;
                return count;
            }
            int count = (int) Math.min(length, samplesLeft);
            samplesLeft -= count;
            return count;
        }
    }
}
