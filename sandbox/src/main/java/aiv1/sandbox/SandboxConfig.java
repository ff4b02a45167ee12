package aiv1.sandbox;

import java.nio.file.Path;

/// What the sandbox is started with: the python of candidates (below `/usr`), how many threads its
/// libraries may use, and the folder below which it keeps its own files while it is open.
public record SandboxConfig(Path python, int threadCountMax, Path workFolder) {
    public static SandboxConfig defaults() {
        return new SandboxConfig(
                Path.of("/usr/bin/python3"), 1, Path.of(System.getProperty("java.io.tmpdir")));
    }
}
