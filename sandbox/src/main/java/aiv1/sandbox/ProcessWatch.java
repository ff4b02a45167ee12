package aiv1.sandbox;

import aiv1.domain.experiment.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
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
    private Optional<ProcessHandle> inner = Optional.empty();
    private long cpuNanos;
    private long peakBytes;
    private long heldBytes;

    ProcessWatch(long launcherPid) {
        this.launcherPid = launcherPid;
    }

    /// Reads the counters; keeps the last ones when the process is gone.
    synchronized void sample() {
        if (inner.isEmpty()) {
            inner = findInner();
        }
        if (inner.isEmpty()) {
            return;
        }
        long cpuNow = 0;
        long heldNow = 0;
        for (Path member : family(folder(inner.get().pid()), 0)) {
            cpuNow += readCpuNanos(member);
            heldNow += readMemory(member);
        }
        cpuNanos = Math.max(cpuNanos, cpuNow);
        heldBytes = heldNow;
    }

    synchronized Usage usage() {
        return new Usage(Duration.ofNanos(cpuNanos), wall(), peakBytes);
    }

    synchronized Duration cpu() {
        return Duration.ofNanos(cpuNanos);
    }

    Duration wall() {
        return Duration.ofNanos(System.nanoTime() - startedAtNanos);
    }

    /// Memory that is the candidate's own at the last sample: anonymous, shared and page tables, in
    /// bytes.
    synchronized long heldBytes() {
        return heldBytes;
    }

    /// Kills the candidate first, so that nothing of it outlives its launcher. The handle knows
    /// when its process began, so that no other one that got the same number is killed.
    synchronized void killInner() {
        if (inner.isEmpty()) {
            inner = findInner();
        }
        inner.ifPresent(ProcessHandle::destroyForcibly);
    }

    private Optional<ProcessHandle> findInner() {
        try {
            String text = read(folder(launcherPid).resolve("task/" + launcherPid + "/children"));
            return text.isBlank()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(text.split(" ", -1)[0]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// The process and all below it that live.
    private static List<Path> family(Path folder, int depth) {
        List<Path> members = new ArrayList<>(List.of(folder));
        try {
            String pid = folder.getFileName().toString();
            String text = read(folder.resolve("task/" + pid + "/children")).strip();
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
        for (Path thread : threads(folder)) {
            sum += readThreadNanos(thread);
        }
        return Math.max(sum, readTicks(folder) * NANOS_PER_TICK);
    }

    private static long readThreadNanos(Path thread) {
        try {
            return Long.parseLong(read(thread.resolve("schedstat")).split(" ", -1)[0]);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static List<Path> threads(Path folder) {
        List<Path> threads = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve("task"))) {
            entries.forEach(threads::add);
        } catch (IOException | DirectoryIteratorException gone) {
            return threads;
        }
        return threads;
    }

    /// User and system time of the whole process and of its children that ended, in hundredths of a
    /// second: fields 14 to 17 of proc_pid_stat(5), counted behind the command's name, which may
    /// hold anything.
    private static long readTicks(Path folder) {
        try {
            String stat = read(folder.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11])
                    + Long.parseLong(fields[12])
                    + Long.parseLong(fields[13])
                    + Long.parseLong(fields[14]);
        } catch (IOException gone) {
            return 0;
        }
    }

    /// As any of its threads tells it: the first one tells nothing when it has ended before the
    /// others.
    private long readMemory(Path folder) {
        for (Path thread : threads(folder)) {
            List<String> lines = readStatus(thread);
            if (lines.stream().anyMatch(line -> line.startsWith("VmHWM:"))) {
                return readMemory(lines);
            }
        }
        return 0;
    }

    private static List<String> readStatus(Path thread) {
        try {
            return List.of(read(thread.resolve("status")).split("\n", -1));
        } catch (IOException ended) {
            return List.of();
        }
    }

    private long readMemory(List<String> status) {
        long held = 0;
        for (String line : status) {
            if (line.startsWith("VmHWM:")) {
                peakBytes = Math.max(peakBytes, kib(line));
            } else if (line.startsWith("RssAnon:")
                    || line.startsWith("RssShmem:")
                    || line.startsWith("VmPTE:")) {
                held += kib(line);
            }
        }
        return held;
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    /// A file of the kernel's as Latin-1, in which everything has a meaning: a process names
    /// itself, by any bytes but a line feed, which the kernel escapes.
    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
    }
}
