package aiv1.sandbox;

import java.nio.file.Path;

/// What the sandbox is started with: the python of candidates (below `/usr`), and how many threads
/// its libraries may use.
public record SandboxConfig(Path python, int threadCountMax) {
    public static SandboxConfig defaults() {
        return new SandboxConfig(Path.of("/usr/bin/python3"), 1);
    }
}
