package aiv1.wire;

import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.StageMoment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An experiment as JSON, schema `experiment/1`: what ledger rows, HTTP bodies, exports and the
/// command line all hold.
///
/// The candidate's source and rationale are not in it; the proposal that holds them is given when
/// reading, and must be the one that the document names. `outcome` and `failure` are those of
/// [ExperimentResult#stopper()]; `failure_scope` says whether they stand against the `experiment`
/// as a whole or are those of its first failed `run`. `build` is absent when there was none, and
/// `stages` when nobody noted when each began.
public final class ExperimentJson {
    public static final String SCHEMA = "experiment/1";

    private static final String SCOPE_EXPERIMENT = "experiment";
    private static final String SCOPE_RUN = "run";

    private ExperimentJson() {}

    /// The whole document. Throws [JsonFormatException] for a result that claims to be measured
    /// without a number for it: NaN, an infinity.
    public static ObjectNode write(ExperimentResult result) {
        return write(result, true);
    }

    /// The document less `runs`, as lists have it.
    public static ObjectNode writeSlim(ExperimentResult result) {
        return write(result, false);
    }

    /// Reads what [#write] wrote. Throws [JsonFormatException] for anything that is wrong in it.
    public static ExperimentResult read(JsonNode document, Proposal proposal) {
        JsonFields unnamed = JsonFields.of(document, "experiment");
        unnamed.require("schema", SCHEMA);
        ExperimentId id = unnamed.value("experiment_id", ExperimentId::new);
        JsonFields fields = unnamed.named("experiment " + id);
        requireProposal(fields, proposal);
        Experiment experiment = readExperiment(fields, id, proposal);
        List<RunResult> runs = fields.objects("runs").stream().map(RunJson::read).toList();
        List<BdEntry> bdRates = fields.objects("bd_rate").stream().map(BdEntryJson::read).toList();
        Optional<NotMeasured> verdict = readVerdict(fields);
        OptionalLong decoderBytes = fields.optionalWholeNumber("decoder_bytes");
        Optional<BuildReport> build = fields.optionalObject("build").map(BuildJson::read);
        Provenance provenance = ProvenanceJson.read(fields.object("provenance"));
        Instant startedAt = fields.instant("started_at");
        List<StageMoment> stages = StageMomentJson.read(fields);
        Instant finishedAt = fields.instant("finished_at");
        ExperimentResult result =
                fields.build(
                        () ->
                                new ExperimentResult(
                                        experiment,
                                        verdict,
                                        runs,
                                        bdRates,
                                        decoderBytes,
                                        build,
                                        provenance,
                                        startedAt,
                                        stages,
                                        finishedAt));
        requireOutcome(fields, result);
        return result;
    }

    private static ObjectNode write(ExperimentResult result, boolean withRuns) {
        Experiment experiment = result.experiment();
        String where = "experiment " + experiment.id();
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("experiment_id", experiment.id().value());
        Json.put(object, "campaign_id", experiment.campaign().map(CampaignId::value));
        object.put("candidate_id", experiment.proposal().candidate().id().sha256());
        object.set("parent_ids", Json.texts(parentIds(experiment.proposal())));
        object.put("proposer", experiment.proposal().proposer());
        object.put("contract", experiment.proposal().candidate().contract().label());
        object.put("outcome", result.outcomeLabel());
        result.stopper()
                .ifPresentOrElse(
                        stopper -> object.set("failure", FailureJson.write(stopper.failure())),
                        () -> object.putNull("failure"));
        Json.put(object, "failure_scope", scope(result));
        result.decoderBytes()
                .ifPresentOrElse(
                        bytes -> object.put("decoder_bytes", bytes),
                        () -> object.putNull("decoder_bytes"));
        result.build().ifPresent(build -> object.set("build", BuildJson.write(build)));
        if (withRuns) {
            putRuns(object, where, result.runs());
        }
        ArrayNode rates = object.putArray("bd_rate");
        for (BdEntry entry : result.bdRates()) {
            rates.add(BdEntryJson.write("%s.bd_rate[%d]".formatted(where, rates.size()), entry));
        }
        object.set("provenance", ProvenanceJson.write(result.provenance()));
        object.put("limit_class", experiment.limitClass().label());
        object.set("clips", ClipJson.write(experiment.clips()));
        object.set("anchors", Json.texts(experiment.anchors()));
        object.put("started_at", result.startedAt().toString());
        StageMomentJson.put(object, result);
        object.put("finished_at", result.finishedAt().toString());
        return object;
    }

    private static void putRuns(ObjectNode object, String where, List<RunResult> runs) {
        ArrayNode array = object.putArray("runs");
        for (RunResult run : runs) {
            array.add(RunJson.write("%s.runs[%d]".formatted(where, array.size()), run));
        }
    }

    private static Experiment readExperiment(
            JsonFields fields, ExperimentId id, Proposal proposal) {
        Optional<CampaignId> campaign =
                fields.isAbsent("campaign_id")
                        ? Optional.empty()
                        : Optional.of(fields.value("campaign_id", CampaignId::new));
        List<Clip> clips = fields.objects("clips").stream().map(ClipJson::read).toList();
        List<String> anchors = fields.texts("anchors");
        LimitClass limitClass = fields.oneOf("limit_class", LimitClass.values(), LimitClass::label);
        return fields.build(
                () -> new Experiment(id, campaign, proposal, clips, anchors, limitClass));
    }

    private static void requireProposal(JsonFields fields, Proposal proposal) {
        fields.require("candidate_id", proposal.candidate().id().sha256());
        fields.require("proposer", proposal.proposer());
        fields.require("contract", proposal.candidate().contract().label());
        if (!fields.texts("parent_ids").equals(parentIds(proposal))) {
            throw fields.wrong("parent_ids", "those of the proposal, " + parentIds(proposal));
        }
    }

    private static Optional<NotMeasured> readVerdict(JsonFields fields) {
        return fields.optionalText("failure_scope").filter(SCOPE_EXPERIMENT::equals).isPresent()
                ? Optional.of(FailureJson.readOutcome(fields))
                : Optional.empty();
    }

    /// What the document says of the whole must follow from its parts.
    private static void requireOutcome(JsonFields fields, ExperimentResult result) {
        fields.require("outcome", result.outcomeLabel());
        if (!fields.optionalText("failure_scope").equals(scope(result))) {
            throw fields.wrong("failure_scope", scope(result).orElse("null"));
        }
        if (!fields.optionalObject("failure")
                .map(FailureJson::read)
                .equals(result.stopper().map(NotMeasured::failure))) {
            throw fields.wrong("failure", "that of the first run which failed, else null");
        }
    }

    private static Optional<String> scope(ExperimentResult result) {
        return result.stopper()
                .map(stopper -> result.verdict().isPresent() ? SCOPE_EXPERIMENT : SCOPE_RUN);
    }

    private static List<String> parentIds(Proposal proposal) {
        return proposal.parents().stream().map(CandidateId::sha256).toList();
    }
}
