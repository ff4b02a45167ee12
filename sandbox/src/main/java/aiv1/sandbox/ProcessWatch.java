package aiv1.sandbox;

import aiv1.domain.experiment.Usage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Watches one sandboxed process from outside, by what the kernel says of it in `/proc`: CPU time,
/// memory now, memory at most.
///
/// CPU time is the larger of two: the sum over its living threads in nanoseconds (`schedstat`), and
/// what the kernel counts for the whole process, ended threads included, in steps of 10 ms
/// (`stat`). Both are read while the process still lives: the runner waits, when it is done, until
/// they have been read. What a candidate that dies used in its last 20 ms is not seen. Peak memory
/// is the kernel's high-water mark of resident memory, libraries included. The processes that a
/// compiler starts count too: time and memory of those that live, and time of those that ended.
final class ProcessWatch {
    private static final long KIB = 1024;
    private static final int FAMILY_DEPTH_MAX = 8;
    private static final long NANOS_PER_TICK = 10_000_000;

    private final long launcherPid;
    private final long startedAtNanos = System.nanoTime();
    private Optional<Path> inner = Optional.empty();
    private long cpuNanos;
    private long peakBytes;
    private long heldBytes;

    ProcessWatch(long launcherPid) {
        this.launcherPid = launcherPid;
    }

    /// Reads the counters; keeps the last ones when the process is gone.
    void sample() {
        if (inner.isEmpty()) {
            inner = findInner();
        }
        if (inner.isEmpty()) {
            return;
        }
        long cpuNow = 0;
        long heldNow = 0;
        for (Path member : family(inner.get(), 0)) {
            cpuNow += readCpuNanos(member);
            heldNow += readMemory(member);
        }
        cpuNanos = Math.max(cpuNanos, cpuNow);
        heldBytes = heldNow;
    }

    Usage usage() {
        return new Usage(Duration.ofNanos(cpuNanos), wall(), peakBytes);
    }

    Duration cpu() {
        return Duration.ofNanos(cpuNanos);
    }

    Duration wall() {
        return Duration.ofNanos(System.nanoTime() - startedAtNanos);
    }

    /// Memory that is the candidate's own at the last sample: anonymous, shared and page tables, in
    /// bytes.
    long heldBytes() {
        return heldBytes;
    }

    /// Kills the candidate first, so that nothing of it outlives its launcher.
    void killInner() {
        if (inner.isEmpty()) {
            inner = findInner();
        }
        inner.flatMap(folder -> ProcessHandle.of(Long.parseLong(folder.getFileName().toString())))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private Optional<Path> findInner() {
        Path children =
                Path.of(
                        "/proc",
                        Long.toString(launcherPid),
                        "task",
                        Long.toString(launcherPid),
                        "children");
        try {
            String text = Files.readString(children).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Path.of("/proc", text.split(" ", -1)[0]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// The process and all below it that live.
    private static List<Path> family(Path folder, int depth) {
        List<Path> members = new ArrayList<>(List.of(folder));
        try {
            String pid = folder.getFileName().toString();
            String text = Files.readString(folder.resolve("task/" + pid + "/children")).strip();
            if (!text.isEmpty() && depth < FAMILY_DEPTH_MAX) {
                for (String child : text.split(" ", -1)) {
                    members.addAll(family(Path.of("/proc", child), depth + 1));
                }
            }
        } catch (IOException gone) {
            return members;
        }
        return members;
    }

    private static long readCpuNanos(Path folder) {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
            for (Path thread : threads) {
                sum +=
                        Long.parseLong(
                                Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
            return 0;
        }
        return Math.max(sum, readTicks(folder) * NANOS_PER_TICK);
    }

    /// User and system time of the whole process and of its children that ended, in hundredths of a
    /// second: fields 14 to 17 of proc_pid_stat(5), counted behind the command's name, which may
    /// hold anything.
    private static long readTicks(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11])
                    + Long.parseLong(fields[12])
                    + Long.parseLong(fields[13])
                    + Long.parseLong(fields[14]);
        } catch (IOException gone) {
            return 0;
        }
    }

    private long readMemory(Path folder) {
        try {
            long held = 0;
            for (String line : Files.readAllLines(folder.resolve("status"))) {
                if (line.startsWith("VmHWM:")) {
                    peakBytes = Math.max(peakBytes, kib(line));
                } else if (line.startsWith("RssAnon:")
                        || line.startsWith("RssShmem:")
                        || line.startsWith("VmPTE:")) {
                    held += kib(line);
                }
            }
            return held;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
    }
}
