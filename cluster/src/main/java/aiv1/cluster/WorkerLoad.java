package aiv1.cluster;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// How busy a worker's machine was when it last said so. `cpuShare` in 0 to 1, of all its cores;
/// bytes of the network are those since the machine was started. What it cannot tell is absent.
public record WorkerLoad(
        OptionalDouble cpuShare,
        OptionalLong memoryBytes,
        OptionalLong memoryFreeBytes,
        OptionalLong diskFreeBytes,
        OptionalLong networkReceivedBytes,
        OptionalLong networkSentBytes) {

    /// Of the answer to `GET /status`.
    static WorkerLoad read(JsonNode status) {
        JsonNode machine = status.path("machine");
        JsonNode share = machine.path("cpu_load");
        return new WorkerLoad(
                share.isNumber() ? OptionalDouble.of(share.doubleValue()) : OptionalDouble.empty(),
                bytes(machine, "memory_bytes"),
                bytes(machine, "memory_free_bytes"),
                bytes(status.path("clip_cache"), "disk_free_bytes"),
                bytes(machine, "network_received_bytes"),
                bytes(machine, "network_sent_bytes"));
    }

    private static OptionalLong bytes(JsonNode object, String name) {
        JsonNode count = object.path(name);
        return count.isIntegralNumber() ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
    }
}
