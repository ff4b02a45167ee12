package aiv1.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line that starts a candidate. The order matters: each program hardens what the next
/// one starts.
///
/// A shell opens the seccomp filter as descriptor 9; as root, setpriv drops to an unprivileged user
/// first, because bubblewrap that was started by root can be escaped; prlimit stands outside of
/// bubblewrap, where a candidate cannot lift it; bubblewrap unshares everything, mounts `/usr`
/// read-only, without the codecs that are installed there, and nothing writable but what [Folders]
/// says, and mounts no `/proc`, since its PID 1 would show the parent's environment there.
final class LaunchLine {
    private static final int DROPPED_USER_ID_FIRST = 61_000;
    private static final long DATA_BYTES_MIN = 1L << 30;
    private static final long ADDRESS_SPACE_EXTRA_BYTES = 32L << 30;
    private static final int CPU_SECONDS_EXTRA = 2;
    static final String WORK_FOLDER = "/tmp/work";
    static final String BUILD_FOLDER = "/build";

    private final Path filter;
    private final Path compilerFilter;
    private final Path runner;
    private final SandboxConfig config;
    private final List<Path> maskedFiles;
    private final boolean isRoot;
    private final boolean canDisableUserNamespaces;

    LaunchLine(
            Path filter,
            Path compilerFilter,
            Path runner,
            SandboxConfig config,
            boolean isRoot,
            boolean canDisableUserNamespaces) {
        this.filter = filter;
        this.compilerFilter = compilerFilter;
        this.runner = runner;
        this.config = config;
        this.maskedFiles = config.maskedFiles();
        this.isRoot = isRoot;
        this.canDisableUserNamespaces = canDisableUserNamespaces;
    }

    /// What differs from start to start. `folders` are what there is beside the read-only system;
    /// `command` is what runs inside.
    record Demand(
            int slot,
            long memoryBytesMax,
            long cpuSecondsMax,
            Folders folders,
            long hashSeed,
            List<String> command) {}

    /// The folders of one start that are not everybody's.
    sealed interface Folders {
        /// None: nothing is writable, and of a build there is nothing.
        record None() implements Folders {}

        /// A writable folder of so many bytes at [#WORK_FOLDER], for contracts that need files.
        record Work(long bytesMax, Folders others) implements Folders {}

        /// What a build left, read-only at [#BUILD_FOLDER].
        record Built(Path folder) implements Folders {}

        /// The writable [#BUILD_FOLDER] of a build itself; `isCompiling` lets it start processes.
        record Building(long bytesMax, boolean isCompiling) implements Folders {}
    }

    /// What runs a file of the runner's.
    List<String> python(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(config.python().toString(), "-s", "-B", "-u"));
        command.addAll(List.of(arguments));
        return command;
    }

    List<String> of(Demand demand) {
        boolean isCompiling =
                demand.folders() instanceof Folders.Building building && building.isCompiling();
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "exec 9<\"$0\"; exec \"$@\"",
                                (isCompiling ? compilerFilter : filter).toString()));
        if (isRoot) {
            String user = Integer.toString(DROPPED_USER_ID_FIRST + demand.slot());
            line.addAll(List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups"));
        }
        line.addAll(outerLimits(demand));
        line.addAll(namespaces());
        line.addAll(environment(demand));
        line.addAll(mounts(demand));
        line.addAll(List.of("--seccomp", "9", "--", "/usr/bin/prlimit", "--nproc=64", "--"));
        line.addAll(demand.command());
        return line;
    }

    private static List<String> outerLimits(Demand demand) {
        return List.of(
                "prlimit",
                "--data=" + Math.max(DATA_BYTES_MIN, demand.memoryBytesMax()),
                "--as=" + (demand.memoryBytesMax() + ADDRESS_SPACE_EXTRA_BYTES),
                "--nofile=64",
                "--fsize=" + writableBytesMax(demand.folders()),
                "--core=1",
                "--memlock=65536",
                "--msgqueue=0",
                "--cpu=" + (demand.cpuSecondsMax() + CPU_SECONDS_EXTRA),
                "--");
    }

    private List<String> namespaces() {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "bwrap",
                                "--unshare-user",
                                "--unshare-ipc",
                                "--unshare-pid",
                                "--unshare-net",
                                "--unshare-uts",
                                "--unshare-cgroup"));
        if (canDisableUserNamespaces) {
            words.add("--disable-userns");
        }
        words.addAll(
                List.of(
                        "--die-with-parent",
                        "--new-session",
                        "--as-pid-1",
                        "--hostname",
                        "sandbox",
                        "--uid",
                        "65534",
                        "--gid",
                        "65534",
                        "--cap-drop",
                        "ALL"));
        return words;
    }

    private List<String> environment(Demand demand) {
        String threads = Integer.toString(config.threadCountMax());
        List<String> words = new ArrayList<>(List.of("--clearenv"));
        for (String[] pair :
                new String[][] {
                    {"PATH", "/usr/bin"},
                    {"HOME", "/nonexistent"},
                    {"LANG", "C.UTF-8"},
                    {"OMP_NUM_THREADS", threads},
                    {"OPENBLAS_NUM_THREADS", threads},
                    {"MALLOC_ARENA_MAX", "2"},
                    {"PYTHONHASHSEED", Long.toString(demand.hashSeed())}
                }) {
            words.addAll(List.of("--setenv", pair[0], pair[1]));
        }
        return words;
    }

    private List<String> mounts(Demand demand) {
        List<String> words = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
        for (String name : new String[] {"lib", "lib64", "bin"}) {
            if (Files.exists(Path.of("/usr", name))) {
                words.addAll(List.of("--symlink", "usr/" + name, "/" + name));
            }
        }
        for (String file : new String[] {"/etc/alternatives", "/etc/ld.so.cache"}) {
            words.addAll(List.of("--ro-bind-try", file, file));
        }
        for (Path codec : maskedFiles) {
            words.addAll(List.of("--ro-bind", "/dev/null", codec.toString()));
        }
        words.addAll(List.of("--ro-bind", "/proc/cpuinfo", "/proc/cpuinfo"));
        for (String device : new String[] {"/dev/null", "/dev/urandom"}) {
            words.addAll(List.of("--dev-bind", device, device));
        }
        words.addAll(List.of("--dir", "/tmp"));
        words.addAll(mounts(demand.folders()));
        words.addAll(
                List.of(
                        "--chdir",
                        "/tmp",
                        "--ro-bind",
                        runner.toString(),
                        "/runner",
                        "--remount-ro",
                        "/"));
        return words;
    }

    private static long writableBytesMax(Folders folders) {
        return switch (folders) {
            case Folders.None none -> 0;
            case Folders.Built built -> 0;
            case Folders.Work work -> work.bytesMax();
            case Folders.Building building -> building.bytesMax();
        };
    }

    private static List<String> mounts(Folders folders) {
        return switch (folders) {
            case Folders.None none -> List.of();
            case Folders.Built built ->
                    List.of("--ro-bind", built.folder().toString(), BUILD_FOLDER);
            case Folders.Building building -> scratch(building.bytesMax(), BUILD_FOLDER);
            case Folders.Work work -> {
                List<String> words = new ArrayList<>(scratch(work.bytesMax(), WORK_FOLDER));
                words.addAll(mounts(work.others()));
                yield words;
            }
        };
    }

    private static List<String> scratch(long bytesMax, String folder) {
        return List.of("--size", Long.toString(bytesMax), "--tmpfs", folder);
    }
}
