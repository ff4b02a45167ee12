package aiv1.wire;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.LimitClass;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An experiment that is asked for, as JSON, schema `experiment-order/1`: everything that a worker
/// needs to carry it out.
///
/// The candidate's sources stand in it under the names of [CandidateJson], so that it is at the
/// same time what workers of the earlier system took.
public final class ExperimentOrderJson {
    public static final String SCHEMA = "experiment-order/1";

    private ExperimentOrderJson() {}

    public static ObjectNode write(Experiment experiment) {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("experiment_id", experiment.id().value());
        Json.put(object, "campaign_id", experiment.campaign().map(CampaignId::value));
        object.setAll(CandidateJson.write(experiment.proposal().candidate()));
        object.put("rationale", experiment.proposal().rationale());
        object.set(
                "parent_ids",
                Json.texts(
                        experiment.proposal().parents().stream()
                                .map(CandidateId::sha256)
                                .toList()));
        object.put("proposer", experiment.proposal().proposer());
        object.set("clips", ClipJson.write(experiment.clips()));
        object.set("anchors", Json.texts(experiment.anchors()));
        object.put("limit_class", experiment.limitClass().label());
        return object;
    }

    /// Whether a document says that it is an order in this form.
    public static boolean is(JsonNode document) {
        return document.path("schema").isString()
                && document.path("schema").stringValue().equals(SCHEMA);
    }

    /// The id that an order is for, whichever form it has. Throws [JsonFormatException] for none.
    public static ExperimentId readId(JsonNode document) {
        return JsonFields.of(document, "experiment").value("experiment_id", ExperimentId::new);
    }

    /// Reads what [#write] wrote. Throws [JsonFormatException] for anything that is wrong in it.
    public static Experiment read(JsonNode document) {
        JsonFields unnamed = JsonFields.of(document, "experiment");
        unnamed.require("schema", SCHEMA);
        ExperimentId id = unnamed.value("experiment_id", ExperimentId::new);
        JsonFields fields = unnamed.named("experiment " + id);
        Optional<CampaignId> campaign =
                fields.isAbsent("campaign_id")
                        ? Optional.empty()
                        : Optional.of(fields.value("campaign_id", CampaignId::new));
        Candidate candidate = CandidateJson.read(document);
        List<CandidateId> parents =
                fields.build(
                        () -> fields.texts("parent_ids").stream().map(CandidateId::new).toList());
        Proposal proposal =
                new Proposal(candidate, fields.text("rationale"), parents, fields.text("proposer"));
        List<Clip> clips = fields.objects("clips").stream().map(ClipJson::read).toList();
        if (clips.isEmpty()) {
            throw fields.wrong("clips", "at least one");
        }
        List<String> anchors = fields.texts("anchors");
        LimitClass limits = fields.oneOf("limit_class", LimitClass.values(), LimitClass::label);
        return fields.build(() -> new Experiment(id, campaign, proposal, clips, anchors, limits));
    }
}
