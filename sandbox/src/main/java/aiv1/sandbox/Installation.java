package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// What the sandbox needs on disk while it is open: the seccomp filter and the runner's Python
/// files, in a folder of its own that others may read and nobody may write.
final class Installation implements AutoCloseable {
    private static final List<String> RUNNER_FILES =
            List.of(
                    "run.py",
                    "stages.py",
                    "contracts.py",
                    "clip.py",
                    "run_io.py",
                    "packing.py",
                    "refusal.py",
                    "screening.py",
                    "build.py",
                    "numba_cache.py",
                    "compile_c.py",
                    "c/main.c",
                    "c/checked.c");

    private final Path folder;

    private Installation(Path folder) {
        this.folder = folder;
    }

    /// Throws [SandboxUnavailableException] when a program that the launch needs is not there.
    static Installation unpack(SandboxConfig config, boolean isRoot) {
        requireMachine(config, isRoot);
        try {
            Path folder = Files.createTempDirectory(config.workFolder(), "aiv1-sandbox-");
            Path runner = Files.createDirectory(folder.resolve("runner"));
            Files.createDirectory(runner.resolve("c"));
            Files.createDirectory(folder.resolve("builds"));
            Files.write(folder.resolve("filter.bpf"), SeccompFilter.assemble());
            Files.write(folder.resolve("compiler.bpf"), SeccompFilter.assembleForCompiler());
            for (String name : RUNNER_FILES) {
                unpack("/aiv1/sandbox/runner/" + name, runner.resolve(name));
            }
            unpack("/aiv1/domain/candidate/aiv1.h", runner.resolve("c/aiv1.h"));
            unpack("/aiv1/domain/candidate/aiv1_c.py", runner.resolve("aiv1_c.py"));
            permit(folder.resolve("filter.bpf"), "r--r--r--");
            permit(folder.resolve("compiler.bpf"), "r--r--r--");
            permit(folder.resolve("builds"), "rwxr-xr-x");
            permit(runner.resolve("c"), "r-xr-xr-x");
            permit(runner, "r-xr-xr-x");
            permit(folder, "rwxr-xr-x");
            return new Installation(folder);
        } catch (IOException e) {
            throw new LabFaultException(
                    "sandbox: cannot unpack the runner below %s: %s"
                            .formatted(config.workFolder(), e),
                    e);
        }
    }

    Path filter() {
        return folder.resolve("filter.bpf");
    }

    Path compilerFilter() {
        return folder.resolve("compiler.bpf");
    }

    /// Where the builds of candidates lie while they are needed.
    Path builds() {
        return folder.resolve("builds");
    }

    Path runner() {
        return folder.resolve("runner");
    }

    @Override
    public void close() {
        try {
            FrozenFolder.delete(runner());
            Files.deleteIfExists(filter());
            Files.deleteIfExists(compilerFilter());
            FrozenFolder.delete(builds());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Installation.class.getResourceAsStream(resource))) {
            Files.copy(in, target);
        }
        permit(target, "r--r--r--");
    }

    private static void requireMachine(SandboxConfig config, boolean isRoot) {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new SandboxUnavailableException(
                    "sandbox: expected Linux on x86-64, got "
                            + system
                            + ": run the lab in a Linux virtual machine or container");
        }
        require("bwrap", "bubblewrap");
        require("prlimit", "util-linux");
        if (isRoot) {
            require("setpriv", "util-linux");
        }
        if (!Files.isExecutable(config.python()) || !config.python().startsWith("/usr")) {
            throw new SandboxUnavailableException(
                    "sandbox: expected a python below /usr, got "
                            + config.python()
                            + ": run 'aiv1 setup'");
        }
    }

    private static void require(String program, String packageName) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
        boolean isThere =
                Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(path)
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!isThere) {
            throw new SandboxUnavailableException(
                    "sandbox: expected the program %s on PATH, got none: run 'aiv1 setup' (package %s)"
                            .formatted(program, packageName));
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
