package aiv1.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the sandbox is started with: the python of candidates (below `/usr`), how many threads its
/// libraries may use, and the folder below which it keeps its own files while it is open.
public record SandboxConfig(Path python, int threadCountMax, Path workFolder) {
    private static final int MASK_DEPTH = 3;
    private static final Pattern CODEC_FILE =
            Pattern.compile(
                    "lib(aom|av(codec|format|filter|device|if|m)|dav1d|de265|gav1|heif|jxl|jpeg|kvazaar"
                            + "|mfx|openh264|openjp2|OpenCL|rav1e|schroedinger|SvtAv1\\w*|theora\\w*|turbojpeg"
                            + "|va|vpl|vpx|vvdec|vvenc|webp\\w*|x26[45]|xvidcore|xeve|xevd)[-_.].*"
                            + "|(ffmpeg|ffprobe|x26[45]|aomenc|aomdec|vpxenc|vpxdec|dav1d|rav1e|SvtAv1\\w+"
                            + "|cwebp|dwebp|cjpeg|djpeg|gst-launch.*|mencoder|HandBrakeCLI)");

    public static SandboxConfig defaults() {
        return new SandboxConfig(
                Path.of("/usr/bin/python3"), 1, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// Programs and libraries below `/usr` that hold a ready-made video or picture codec: hidden
    /// from candidates, who could call them by any name. Links that lead to them lead nowhere then.
    List<Path> maskedFiles() {
        List<Path> masked = new ArrayList<>();
        for (String folder : new String[] {"lib", "bin", "local/lib", "local/bin"}) {
            Path root = Path.of("/usr", folder);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root, MASK_DEPTH)) {
                    files.filter(
                                    file ->
                                            CODEC_FILE
                                                    .matcher(file.getFileName().toString())
                                                    .matches())
                            .filter(Files::isRegularFile)
                            .map(SandboxConfig::real)
                            .forEach(masked::add);
                } catch (IOException | UncheckedIOException e) {
                    throw new SandboxUnavailableException(
                            "sandbox: expected %s to be readable, got %s".formatted(root, e));
                }
            }
        }
        return masked.stream().filter(file -> file.startsWith("/usr")).distinct().sorted().toList();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
