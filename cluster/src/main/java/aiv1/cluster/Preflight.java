package aiv1.cluster;

import aiv1.wire.WorkerHealthJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that must be right before a worker gets work, looked at from here, step by step; the
/// first that is wrong ends it.
public final class Preflight {
    static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(5);
    static final long DISK_FREE_BYTES_MIN = 1L << 30;

    private final WorkerAccess access;
    private final String build;
    private final Resolver resolver;
    private final Timing timing;

    /// `build` is this program's: a worker of another build is refused.
    public Preflight(WorkerAccess access, String build) {
        this(access, build, Resolver.SYSTEM, Timing.USUAL);
    }

    Preflight(WorkerAccess access, String build, Resolver resolver, Timing timing) {
        this.access = access;
        this.build = build;
        this.resolver = resolver;
        this.timing = timing;
    }

    /// One step at one worker: what came of it, or what is wrong and what to do.
    public record Finding(String worker, String step, boolean isGood, String detail) {}

    /// Who a worker is: a process, and since when.
    record Identity(long processId, Instant startedAt) {
        static Identity of(WorkerHealthJson health) {
            return new Identity(health.processId(), health.startedAt());
        }
    }

    /// A worker's findings; either an identity with its capacity, or the trouble that ended it.
    record Report(
            List<Finding> findings,
            Optional<Identity> identity,
            String name,
            Optional<WorkerClient.Capacity> capacity,
            Optional<WorkerTroubleException> trouble) {}

    /// Looks at every worker of a source.
    public List<Finding> examine(WorkerSource source) {
        List<Finding> findings = new ArrayList<>();
        WorkerSource.Found found = source.look(resolver);
        for (WorkerTroubleException trouble : found.troubles()) {
            findings.add(new Finding(source.toString(), "name", false, said(trouble)));
        }
        for (Place place : found.places()) {
            findings.add(
                    new Finding(place.toString(), "name", true, place.address().getHostAddress()));
            findings.addAll(examine(new WorkerClient(place, access, timing)).findings());
        }
        return findings;
    }

    /// Looks at one worker, the canary codec last.
    Report examine(WorkerClient worker) {
        Steps steps = new Steps(worker.place().toString());
        try {
            steps.begin("connection");
            worker.connect();
            steps.good("somebody listens");
            boolean isSafe = worker.place().base().getScheme().equals("https");
            steps.begin(isSafe ? "TLS and service" : "service");
            WorkerHealthJson health = worker.health();
            steps.good(
                    "worker %s, process %d, started %s"
                            .formatted(health.worker(), health.processId(), health.startedAt()));
            steps.begin("build");
            requireBuild(worker, health, build);
            steps.good(health.build());
            steps.begin("clock");
            steps.good("%d s away from ours".formatted(requireClock(worker, health).toSeconds()));
            steps.begin("readiness");
            requireReady(worker, health);
            steps.good("takes experiments");
            steps.begin("token");
            WorkerClient.Capacity capacity = worker.capacity();
            steps.good(access.token().isPresent() ? "accepted" : "none given, none wanted");
            steps.begin("devices");
            steps.good(String.join(", ", capacity.capabilities()));
            steps.begin("disk");
            steps.good(requireDisk(worker, capacity));
            steps.begin("canary codec");
            steps.good(worker.canary());
            return new Report(
                    steps.findings,
                    Optional.of(Identity.of(health)),
                    health.worker(),
                    Optional.of(capacity),
                    Optional.empty());
        } catch (WorkerTroubleException wrong) {
            steps.findings.add(new Finding(steps.worker, steps.name(wrong), false, said(wrong)));
            return new Report(
                    steps.findings, Optional.empty(), "", Optional.empty(), Optional.of(wrong));
        }
    }

    /// What must hold at every look.
    static void requireFit(WorkerClient worker, WorkerHealthJson health, String build)
            throws WorkerTroubleException {
        requireBuild(worker, health, build);
        requireClock(worker, health);
        requireReady(worker, health);
    }

    private static void requireBuild(WorkerClient worker, WorkerHealthJson health, String build)
            throws WorkerTroubleException {
        if (!health.build().equals(build)) {
            throw worker.trouble(
                    Trouble.WRONG_BUILD,
                    "expected build %s, got %s (process %d, started %s)"
                            .formatted(
                                    build, health.build(), health.processId(), health.startedAt()));
        }
    }

    private static Duration requireClock(WorkerClient worker, WorkerHealthJson health)
            throws WorkerTroubleException {
        Duration difference = Duration.between(health.now(), Instant.now()).abs();
        if (difference.compareTo(CLOCK_DIFFERENCE_MAX) > 0) {
            throw worker.trouble(
                    Trouble.WRONG_CLOCK,
                    "its clock is %d s away from ours".formatted(difference.toSeconds()));
        }
        return difference;
    }

    private static void requireReady(WorkerClient worker, WorkerHealthJson health)
            throws WorkerTroubleException {
        if (health.isDraining()) {
            throw worker.trouble(Trouble.BUSY, "it is draining");
        }
    }

    private static String requireDisk(WorkerClient worker, WorkerClient.Capacity capacity)
            throws WorkerTroubleException {
        if (capacity.diskFreeBytes().isEmpty()) {
            return "not told";
        }
        long free = capacity.diskFreeBytes().getAsLong();
        if (free < DISK_FREE_BYTES_MIN) {
            throw worker.trouble(
                    Trouble.DISK_FULL,
                    "disk: expected at least %d MiB free, got %d"
                            .formatted(DISK_FREE_BYTES_MIN >> 20, free >> 20));
        }
        return (free >> 20) + " MiB free";
    }

    private static String said(WorkerTroubleException trouble) {
        return String.valueOf(trouble.getMessage());
    }

    /// The findings so far, and the step that is under way.
    private static final class Steps {
        private final String worker;
        private final List<Finding> findings = new ArrayList<>();
        private String step = "";

        private Steps(String worker) {
            this.worker = worker;
        }

        private void begin(String name) {
            step = name;
        }

        private void good(String detail) {
            findings.add(new Finding(worker, step, true, detail));
        }

        /// A refusal of TLS has its own name.
        private String name(WorkerTroubleException wrong) {
            return wrong.trouble() == Trouble.NO_TLS ? "TLS" : step;
        }
    }
}
