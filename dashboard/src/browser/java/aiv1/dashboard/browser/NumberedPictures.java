package aiv1.dashboard.browser;

import aiv1.dashboard.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/// Pictures whose frames bear their own numbers (resources/.../README.md): videos from files,
/// frames drawn here, with a blue ground so that they can be told from the videos.
final class NumberedPictures implements Pictures {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int BLOCK = 16;
    private static final int BIT_COUNT = 5;

    private final Path folder;
    private final AtomicInteger comingCount = new AtomicInteger();
    private volatile boolean isLossless = true;
    private volatile Optional<Answer.Refused> refusal = Optional.empty();

    NumberedPictures(Path folder) {
        this.folder = folder;
    }

    /// The next so many questions for a reconstruction's video are told to come again.
    void beComing(int count) {
        comingCount.set(count);
    }

    void beProxies() {
        isLossless = false;
    }

    /// Nothing of a reconstruction is to be had.
    void refuse(Reason reason, String words) {
        refusal = Optional.of(new Answer.Refused(reason, words));
    }

    @Override
    public Answer video(Wanted wanted) {
        boolean isSource = wanted instanceof Wanted.Source;
        if (!isSource && refusal.isPresent()) {
            return refusal.get();
        }
        if (!isSource && comingCount.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new Answer.Coming(2);
        }
        String name = isSource ? "numbered-a.mp4" : "numbered-b.mp4";
        return new Answer.Video(file(name), isLossless, name);
    }

    @Override
    public Answer still(Wanted wanted, int frame) {
        return wanted instanceof Wanted.Source || refusal.isEmpty()
                ? new Answer.Still(png(frame), wanted.hashCode() + "-" + frame)
                : refusal.get();
    }

    private Path file(String name) {
        Path file = folder.resolve(name);
        try (InputStream in =
                Objects.requireNonNull(NumberedPictures.class.getResourceAsStream(name), name)) {
            if (!Files.exists(file)) {
                Files.copy(in, file);
            }
            return file;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] png(int frame) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        for (int bit = 0; bit < BIT_COUNT; bit++) {
            graphics.setColor((frame >> bit & 1) == 1 ? Color.WHITE : Color.BLACK);
            graphics.fillRect(bit * BLOCK, 0, BLOCK, BLOCK);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
