package aiv1.cli.command;

import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.wire.CampaignJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.io.PrintStream;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The events of a campaign as JSON, one object a line: `started`, `phase`, `finished`, `campaign`.
/// Thread-safe.
final class JsonEvents {
    private final PrintStream out;

    JsonEvents(PrintStream out) {
        this.out = out;
    }

    void campaign(Campaign campaign, String state) {
        ObjectNode event = event("campaign");
        event.put("state", state);
        event.set("campaign", CampaignJson.write(campaign));
        print(event);
    }

    void started(Experiment experiment, int index) {
        ObjectNode event = event("started");
        event.put("experiment_id", experiment.id().value());
        event.put("index", index);
        event.put("candidate_id", experiment.proposal().candidate().id().sha256());
        print(event);
    }

    void progress(Progress.Event progress) {
        ObjectNode event = event("phase");
        switch (progress) {
            case Progress.Event.Phase phase -> {
                // Only the edges: a line per frame would drown the reader.
                if (phase.frame() != 0 && phase.frame() != phase.frameCount()) {
                    return;
                }
                event.put("experiment_id", phase.experiment().value());
                event.put("clip", phase.clip());
                event.put("quality", phase.quality());
                event.put("stage", phase.stage().label());
                event.put("frame", phase.frame());
                event.put("frame_count", phase.frameCount());
            }
            case Progress.Event.RunEnded ended -> {
                event.put("experiment_id", ended.experiment().value());
                event.put("clip", ended.run().clip());
                event.put("quality", ended.run().quality());
                event.put("outcome", ended.run().outcome().label());
            }
            case Progress.Event.Anchor anchor -> {
                event.put("anchor", anchor.anchor());
                event.put("clip", anchor.clip());
                event.put("point", anchor.point());
                event.put("point_count", anchor.pointCount());
            }
        }
        print(event);
    }

    void finished(ExperimentResult result, boolean isBest) {
        ObjectNode event = event("finished");
        event.put("best", isBest);
        event.set("experiment", ExperimentJson.write(result));
        print(event);
    }

    private static ObjectNode event(String name) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event", name);
        event.put("at", Instant.now().toString());
        return event;
    }

    private synchronized void print(ObjectNode event) {
        out.println(Json.line(event));
        out.flush();
    }
}
