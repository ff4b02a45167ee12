package aiv1.worker.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What Linux counts of this machine and process, from `/proc` (see proc(5)); absent elsewhere.
record KernelCounters(Path proc) {
    static final KernelCounters HERE = new KernelCounters(Path.of("/proc"));

    private static final int SENT_FIELD = 8;
    private static final int FIELD_COUNT = 16;
    private static final long KIB = 1024;

    private record Network(long receivedBytes, long sentBytes) {}

    /// Since the machine started, by all its interfaces but the loopback.
    OptionalLong receivedBytes() {
        return network().stream().mapToLong(Network::receivedBytes).findFirst();
    }

    /// As [#receivedBytes].
    OptionalLong sentBytes() {
        return network().stream().mapToLong(Network::sentBytes).findFirst();
    }

    private Optional<Network> network() {
        long received = 0;
        long sent = 0;
        List<String> lines = read("net/dev");
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
                continue;
            }
            String[] fields = line.substring(colon + 1).strip().split("\\s+", -1);
            if (fields.length != FIELD_COUNT) {
                return Optional.empty();
            }
            received += Long.parseLong(fields[0]);
            sent += Long.parseLong(fields[SENT_FIELD]);
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Network(received, sent));
    }

    /// What could be given to programs without swapping.
    OptionalLong availableMemoryBytes() {
        return kib("meminfo", "MemAvailable:");
    }

    /// What of this process lies in memory, heap and all else.
    OptionalLong residentBytes() {
        return kib("self/status", "VmRSS:");
    }

    private OptionalLong kib(String file, String name) {
        return read(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(digits -> Long.parseLong(digits) * KIB)
                .findFirst();
    }

    private List<String> read(String file) {
        try {
            return Files.readAllLines(proc.resolve(file));
        } catch (IOException none) {
            return List.of();
        }
    }
}
