package aiv1.proposer.provider;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.experiment.CampaignId;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.model.ReplyProgress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays back the replies of a recorded campaign: the same question number gets the same reply,
/// with the model, tokens and prompt of the record. Costs nothing and asks nobody.
public final class ReplayClient implements ModelClient {
    private final CampaignId campaign;
    private final Map<String, ModelCall> calls = new HashMap<>();
    private final ArtifactStore artifacts;

    public ReplayClient(CampaignId campaign, List<ModelCall> recorded, ArtifactStore artifacts) {
        this.campaign = campaign;
        this.artifacts = artifacts;
        for (ModelCall call : recorded) {
            String id = ModelRequest.id(call.experiment(), call.attempt());
            calls.put(id.substring(campaign.value().length()), call);
        }
    }

    @Override
    public String provider() {
        return "replay";
    }

    @Override
    public String model() {
        return campaign.value();
    }

    @Override
    public ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException {
        for (Map.Entry<String, ModelCall> entry : calls.entrySet()) {
            if (request.id().endsWith(entry.getKey())) {
                ModelCall call = entry.getValue();
                String text = text(call);
                progress.received(text.length());
                return new ModelReply(
                        text, call.model(), call.stop(), call.tokens(), Optional.of(call));
            }
        }
        throw new ModelException(
                Kind.NOT_RECORDED,
                "replay: campaign %s has no recorded reply for %s"
                        .formatted(campaign, request.id()));
    }

    @Override
    public void check() throws ModelException {
        if (calls.isEmpty()) {
            throw new ModelException(
                    Kind.NOT_RECORDED,
                    "replay: expected recorded replies in campaign %s, got none"
                            .formatted(campaign));
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private String text(ModelCall call) throws ModelException {
        return artifacts
                .find(call.reply())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(
                        () ->
                                new ModelException(
                                        Kind.NOT_RECORDED,
                                        "replay: the reply for %s is missing from the store"
                                                .formatted(call.experiment())));
    }
}
