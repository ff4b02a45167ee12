package aiv1.cluster.temporal;

import aiv1.cluster.NamedArtifacts;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.wire.ClusterOrderJson;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import aiv1.wire.ClusterTicketJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Has experiments carried out by whichever workers look for work at a Temporal server. Start
/// reading here.
///
/// Theory of operation. What a worker needs to know of an experiment is an artifact, the order; the
/// server holds a ticket with its name ([ClusterTicketJson]), in a workflow whose id is the
/// experiment's. A worker that looks for work at the ticket's queue screens the candidate, one
/// carries the experiment out, puts what it made among the artifacts and answers with the result's
/// name ([ClusterReportJson]). The server gives the ticket to another worker when one falls silent,
/// so delivery is at least once: but a workflow takes one answer, artifacts are named by their
/// bytes and recording is idempotent, so there is one result, whose provenance counts the attempts.
/// A campaign that is killed and resumed finds its workflows by their ids, running or done, and
/// asks for nothing twice. Nothing that comes back is believed because of where it came from: ids,
/// build, hashes and shape must be those that were ordered, and some results are measured again.
/// Thread-safe.
public final class ClusterEvaluator implements Evaluator {
    static final int REFUSAL_COUNT_MAX = 5;

    private final Tickets tickets;
    private final ClipParcels parcels;
    private final ArtifactStore artifacts;
    private final Provenance provenance;
    private final InstantSource clock;
    private final Trust trust;
    private final ClusterListener listener;

    ClusterEvaluator(
            Tickets tickets,
            ClipParcels parcels,
            ArtifactStore artifacts,
            Provenance provenance,
            InstantSource clock,
            Trust trust,
            ClusterListener listener) {
        this.tickets = tickets;
        this.parcels = parcels;
        this.artifacts = artifacts;
        this.provenance = provenance;
        this.clock = clock;
        this.trust = trust;
        this.listener = listener;
    }

    @Override
    public ExperimentResult evaluate(Experiment experiment, Progress progress) {
        Instant startedAt = clock.instant();
        Map<ClipId, List<ArtifactId>> packed = new HashMap<>();
        List<String> refusals = new ArrayList<>();
        boolean isNew = false;
        Watch watch = new Watch(experiment, progress, listener);
        try {
            while (refusals.size() < REFUSAL_COUNT_MAX) {
                ArtifactId order = artifacts.put(new ClusterOrderJson(experiment, packed).write());
                ClusterTicketJson ticket =
                        new ClusterTicketJson(experiment.id(), order, tickets.queue());
                String text = tickets.carryOut(experiment, ticket, isNew, watch);
                isNew = true;
                String worker = "unknown";
                try {
                    ClusterReportJson report = report(text, ticket);
                    worker = report.worker();
                    if (report.told() instanceof Told.LackedClips lacked) {
                        pack(experiment, lacked.clips(), packed);
                        continue;
                    }
                    ExperimentResult result = result(experiment, report);
                    trust.require(worker, result);
                    watch.ended(result);
                    return result;
                } catch (JsonFormatException | LabFaultException wrong) {
                    refusals.add("worker %s: %s".formatted(worker, wrong.getMessage()));
                    listener.refused(experiment.id(), worker, String.valueOf(wrong.getMessage()));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return without(experiment, startedAt, cancelled());
        } catch (TicketException lost) {
            return without(
                    experiment,
                    startedAt,
                    lost.isCancelled()
                            ? cancelled()
                            : fault(lost.category(), String.valueOf(lost.getMessage())));
        } catch (LabFaultException unreachable) {
            // The order could not be put among the artifacts.
            return without(
                    experiment,
                    startedAt,
                    fault(FailureCategory.LAB_FAULT, String.valueOf(unreachable.getMessage())));
        }
        return without(
                experiment,
                startedAt,
                fault(FailureCategory.LAB_FAULT, String.join("; ", refusals)));
    }

    private static ClusterReportJson report(String text, ClusterTicketJson ticket) {
        ClusterReportJson report = ClusterReportJson.read(text);
        if (!report.experiment().equals(ticket.experiment())
                || !report.order().equals(ticket.order())) {
            throw new JsonFormatException(
                    "report",
                    "one on order %s of %s".formatted(ticket.order().sha256(), ticket.experiment()),
                    "one on order %s of %s"
                            .formatted(report.order().sha256(), report.experiment()));
        }
        return report;
    }

    /// The result that a report names: of this very experiment, by this build, and with all its
    /// artifacts.
    private ExperimentResult result(Experiment experiment, ClusterReportJson report) {
        if (!(report.told() instanceof Told.Result told)) {
            throw new JsonFormatException("report", "a result", "a report on " + report.outcome());
        }
        byte[] bytes = require(told.id(), "the result");
        ExperimentResult result =
                ExperimentJson.read(
                        Json.parse(new String(bytes, StandardCharsets.UTF_8), "result"),
                        experiment.proposal());
        if (!result.experiment().equals(experiment)) {
            throw new JsonFormatException(
                    "result", "the ordered experiment", "one that differs from it");
        }
        if (!result.provenance().build().equals(provenance.build())) {
            throw new JsonFormatException(
                    "result.provenance.build", provenance.build(), result.provenance().build());
        }
        for (ArtifactId id : NamedArtifacts.of(result)) {
            require(id, "an artifact of the result");
        }
        return result;
    }

    private byte[] require(ArtifactId id, String what) {
        return artifacts
                .find(id)
                .orElseThrow(
                        () ->
                                new JsonFormatException(
                                        what, "artifact " + id.sha256(), "nothing of that name"));
    }

    private void pack(
            Experiment experiment, List<ClipId> lacked, Map<ClipId, List<ArtifactId>> packed) {
        if (packed.keySet().containsAll(lacked)) {
            throw new JsonFormatException(
                    "report.lacked_clips", "clips that were not sent along", "sent ones");
        }
        for (Clip clip : experiment.clips()) {
            if (lacked.contains(clip.id())) {
                packed.put(clip.id(), parcels.pack(clip));
            }
        }
        if (!packed.keySet().containsAll(lacked)) {
            throw new JsonFormatException(
                    "report.lacked_clips", "clips of the experiment", "others");
        }
    }

    private ExperimentResult without(
            Experiment experiment, Instant startedAt, NotMeasured verdict) {
        return new ExperimentResult(
                experiment,
                Optional.of(verdict),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                provenance,
                startedAt,
                clock.instant());
    }

    private static NotMeasured cancelled() {
        return new RunOutcome.Cancelled(
                Failure.of(Stage.MEASURE, FailureCategory.CANCELLED, "stopped before it was done"));
    }

    private static NotMeasured fault(FailureCategory category, String message) {
        return new RunOutcome.LabFault(Failure.of(Stage.MEASURE, category, message));
    }
}
