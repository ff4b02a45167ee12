package aiv1.worker.http;

import aiv1.domain.experiment.Provenance;
import com.sun.management.OperatingSystemMXBean;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.management.ManagementFactory;

/// `GET /metrics`: the worker's counts and loads as Prometheus reads them.
final class MetricsRoutes {
    private final Desk desk;
    private final WorkerParts parts;
    private final Meters meters;

    MetricsRoutes(Desk desk, WorkerParts parts, Meters meters) {
        this.desk = desk;
        this.parts = parts;
        this.meters = meters;
    }

    void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, MetricsText.FORMAT))
                .send(text());
    }

    private String text() {
        MetricsText page = new MetricsText();
        Provenance provenance = parts.identity().provenance();
        page.head("aiv1_worker_info", "gauge", "Which worker this is; always 1.");
        page.line(
                "aiv1_worker_info{worker=\"%s\",build=\"%s\",sandbox_tier=\"%s\"}"
                        .formatted(
                                MetricsText.escaped(provenance.worker()),
                                MetricsText.escaped(provenance.build()),
                                MetricsText.escaped(provenance.sandboxTier())),
                1);
        page.gauge(
                "aiv1_worker_start_time_seconds",
                "When it started, Unix time.",
                parts.identity().startedAt().toEpochMilli() / 1000.0);
        page.gauge(
                "aiv1_worker_draining",
                "1 when it takes no more experiments.",
                desk.isDraining() ? 1 : 0);
        page.gauge("aiv1_worker_slots", "Experiments that run side by side.", desk.slotCount());
        page.gauge(
                "aiv1_worker_experiments_running",
                "Experiments that run now.",
                desk.count(Desk.State.RUNNING));
        page.gauge(
                "aiv1_worker_experiments_waiting",
                "Experiments that wait for a slot.",
                desk.count(Desk.State.WAITING));
        page.counters(
                "aiv1_worker_experiments_finished_total",
                "Experiments that ended, by outcome.",
                "outcome",
                meters.finishedByOutcome());
        page.counters(
                "aiv1_worker_requests_total",
                "Requests that were answered, by status.",
                "status",
                meters.answeredByStatus());
        page.counter(
                "aiv1_worker_clip_received_bytes_total",
                "Bytes of clips that came in.",
                meters.clipBytes());
        page.counter(
                "aiv1_worker_artifact_sent_bytes_total",
                "Bytes of artifacts that went out.",
                meters.artifactBytes());
        page.gauge(
                "aiv1_worker_clip_cache_bytes",
                "Clips that can be sent again.",
                parts.clips().cachedBytes());
        page.gauge(
                "aiv1_worker_disk_free_bytes",
                "Free space where clips lie.",
                parts.clips().freeBytes());
        addMachine(page);
        return page.text();
    }

    private static void addMachine(MetricsText page) {
        page.gauge(
                "aiv1_worker_heap_used_bytes",
                "Heap in use.",
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            if (system.getCpuLoad() >= 0) {
                page.gauge(
                        "aiv1_worker_machine_cpu_load",
                        "Load of all processors, 0 to 1.",
                        system.getCpuLoad());
            }
            page.gauge(
                    "aiv1_worker_machine_memory_bytes",
                    "Memory of the machine.",
                    system.getTotalMemorySize());
        }
        KernelCounters kernel = KernelCounters.HERE;
        kernel.availableMemoryBytes()
                .ifPresent(
                        bytes ->
                                page.gauge(
                                        "aiv1_worker_machine_memory_free_bytes",
                                        "Memory that programs could have without swapping.",
                                        bytes));
        kernel.residentBytes()
                .ifPresent(
                        bytes ->
                                page.gauge(
                                        "aiv1_worker_resident_bytes",
                                        "Memory of this process, heap and all else.",
                                        bytes));
        kernel.receivedBytes()
                .ifPresent(
                        bytes ->
                                page.counter(
                                        "aiv1_worker_machine_network_received_bytes_total",
                                        "By all interfaces but the loopback.",
                                        bytes));
        kernel.sentBytes()
                .ifPresent(
                        bytes ->
                                page.counter(
                                        "aiv1_worker_machine_network_sent_bytes_total",
                                        "By all interfaces but the loopback.",
                                        bytes));
    }
}
