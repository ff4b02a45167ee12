package aiv1.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCountersTest {
    @TempDir private Path proc;

    @Test
    void interfaces_are_added_but_the_loopback() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                proc.resolve("net/dev"),
                """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 5000000   100    0    0    0     0          0         0  5000000     100    0    0    0     0       0          0
                  eth0: 1000       10    0    0    0     0          0         0      200       3    0    0    0     0       0          0
                  eth1:12000       10    0    0    0     0          0         0       30       3    0    0    0     0       0          0
                """);
        Files.writeString(proc.resolve("meminfo"), "MemTotal:  100 kB\nMemAvailable:      64 kB\n");
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\nVmRSS:\t     3 kB\n");
        KernelCounters counters = new KernelCounters(proc);
        assertThat(counters.receivedBytes()).hasValue(13_000);
        assertThat(counters.sentBytes()).hasValue(230);
        assertThat(counters.availableMemoryBytes()).hasValue(65_536);
        assertThat(counters.residentBytes()).hasValue(3_072);
    }

    /// Never 0 for what was not counted.
    @Test
    void what_is_not_there_is_absent() throws IOException {
        KernelCounters counters = new KernelCounters(proc);
        assertThat(counters.sentBytes()).isEmpty();
        assertThat(counters.availableMemoryBytes()).isEmpty();
        assertThat(counters.residentBytes()).isEmpty();
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/dev"), "eth0: 1 2 3\n");
        assertThat(counters.sentBytes()).isEmpty();
    }
}
