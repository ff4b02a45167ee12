package aiv1.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another process of ours, with the classes of this test, started to be killed or starved.
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts `main`; `prefix` is a command that ends in running the command that follows it.
    public static ChildJvm start(List<String> prefix, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// The next whole line without its `;`, or the empty text at the end of the output. A line that
    /// a kill cut short has no `;` and does not count.
    public String readLine() throws IOException {
        String line = lines.readLine();
        return line != null && line.endsWith(";") ? line.substring(0, line.length() - 1) : "";
    }

    /// Everything up to the end of the output.
    public String readAll() {
        return String.join("\n", lines.lines().toList());
    }

    /// `kill -9` by the handle, which leaves what the process printed before it to be read.
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
