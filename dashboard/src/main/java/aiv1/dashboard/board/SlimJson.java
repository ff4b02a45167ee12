package aiv1.dashboard.board;

import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.candidate.CandidateId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An experiment as one line of a list.
final class SlimJson {
    private SlimJson() {}

    static ObjectNode of(Entry entry, String title) {
        ObjectNode object =
                head(
                        entry.id(),
                        entry.campaign(),
                        entry.candidate(),
                        entry.parents(),
                        entry.proposer(),
                        entry.contract(),
                        title);
        object.put("state", entry.state());
        object.put("outcome", entry.outcome());
        entry.fault()
                .ifPresentOrElse(
                        fault -> object.set("failure", fault(fault)),
                        () -> object.putNull("failure"));
        object.putNull("phase");
        object.put("done_runs", entry.doneRuns());
        object.put("total_runs", entry.totalRuns());
        object.put("started_at", entry.startedAt().toString());
        object.put("finished_at", entry.finishedAt().toString());
        object.put(
                "duration_seconds",
                Duration.between(entry.startedAt(), entry.finishedAt()).toMillis() / 1000.0);
        entry.decoderBytes()
                .ifPresentOrElse(
                        bytes -> object.put("decoder_bytes", bytes),
                        () -> object.putNull("decoder_bytes"));
        object.put("is_placed", entry.isPlaced());
        ObjectNode rates = object.putObject("bd_rate");
        rates.set("total", mean(entry.total()));
        rates.set("stream", mean(entry.stream()));
        return object;
    }

    static ObjectNode of(Running running, String title) {
        ProposalRow row = running.proposal();
        ObjectNode object =
                head(
                        running.id(),
                        row.campaign().map(Object::toString),
                        row.candidate().sha256(),
                        row.parents().stream().map(CandidateId::sha256).toList(),
                        row.proposer(),
                        row.contract(),
                        title);
        object.put("state", running.state());
        object.putNull("outcome");
        object.putNull("failure");
        if (running.since().isEmpty()) {
            object.put(
                    "reason",
                    running.isElsewhere()
                            ? "it ran in another program, which has fallen silent: it was stopped, or is stuck"
                            : "proposed, without a result: another program evaluates it, or was stopped");
        }
        object.putNull("phase");
        running.phase()
                .ifPresent(
                        phase -> {
                            object.put("phase", phase.stage().label());
                            object.put("clip", phase.clip());
                            object.put("quality", phase.quality());
                            object.put("frame", phase.frame());
                            object.put("frames", phase.frameCount());
                        });
        object.put("done_runs", running.doneRuns());
        running.totalRuns()
                .ifPresentOrElse(
                        count -> object.put("total_runs", count),
                        () -> object.putNull("total_runs"));
        running.since()
                .ifPresentOrElse(
                        since -> object.put("started_at", since.toString()),
                        () -> object.putNull("started_at"));
        object.putNull("finished_at");
        object.putNull("duration_seconds");
        object.putNull("decoder_bytes");
        object.put("is_placed", false);
        Mean none = Mean.absent("not finished");
        ObjectNode rates = object.putObject("bd_rate");
        rates.set("total", mean(none));
        rates.set("stream", mean(none));
        return object;
    }

    static ObjectNode mean(Mean mean) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        mean.percent()
                .ifPresentOrElse(
                        percent -> object.put("percent", percent), () -> object.putNull("percent"));
        mean.reason()
                .ifPresentOrElse(
                        reason -> object.put("reason", reason), () -> object.putNull("reason"));
        mean.overlap()
                .ifPresentOrElse(
                        overlap -> object.put("overlap", overlap), () -> object.putNull("overlap"));
        return object;
    }

    static ObjectNode fault(Entry.Fault fault) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("stage", fault.stage());
        object.put("category", fault.category());
        object.put("exception", fault.exception().orElse(null));
        object.put("message", fault.message());
        object.put("part", fault.part().orElse(null));
        fault.line()
                .ifPresentOrElse(line -> object.put("line", line), () -> object.putNull("line"));
        return object;
    }

    private static ObjectNode head(
            String id,
            Optional<String> campaign,
            String candidate,
            List<String> parents,
            String proposer,
            String contract,
            String title) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("experiment_id", id);
        object.put("campaign_id", campaign.orElse(null));
        object.put("candidate_id", candidate);
        OptionalInt index = Entry.index(id, campaign);
        index.ifPresentOrElse(number -> object.put("index", number), () -> object.putNull("index"));
        parents.forEach(object.putArray("parent_ids")::add);
        object.put("proposer", proposer);
        int colon = proposer.indexOf(':');
        object.put("model", colon < 0 ? null : proposer.substring(colon + 1));
        object.put("contract", contract);
        object.put("title", title);
        return object;
    }
}
