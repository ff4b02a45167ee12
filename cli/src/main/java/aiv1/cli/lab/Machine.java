package aiv1.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine that a figure was measured on.
public final class Machine {
    private Machine() {}

    /// Such as `2 cores of AMD EPYC 9R14, Linux 6.18.5`; the processor is "unknown" where the
    /// kernel doesn't tell.
    public static String describe() {
        return "%d cores of %s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
