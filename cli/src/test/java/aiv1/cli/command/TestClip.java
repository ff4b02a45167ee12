package aiv1.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// A clip that no library has: slow waves with a little noise, always the same.
final class TestClip {
    private TestClip() {}

    static Path write(Path file, int width, int height, int frames) throws IOException {
        Random noise = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(
                    "YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C420jpeg\n"
                            .formatted(width, height)
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] frame = new byte[width * height * 3 / 2];
            for (int number = 0; number < frames; number++) {
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < frame.length; i++) {
                    double wave = Math.sin(i % width / 9.0 + number / 5.0);
                    frame[i] = (byte) (128 + 60 * wave + noise.nextInt(5));
                }
                out.write(frame);
            }
        }
        return file;
    }
}
