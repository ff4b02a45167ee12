package aiv1.campaign;

import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A ledger in memory that can be told to die: after so many appends every further one throws, as a
/// killed process would end.
final class MemoryLedger implements Ledger {
    private final Map<CampaignId, Campaign> campaigns = new LinkedHashMap<>();
    private final Map<ExperimentId, Proposal> proposals = new LinkedHashMap<>();
    private final Map<ExperimentId, ExperimentResult> results = new LinkedHashMap<>();
    private final List<ModelCall> calls = new ArrayList<>();
    private int appendsLeft = Integer.MAX_VALUE;

    /// What a killed process is seen as from inside.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    void dieAfter(int appends) {
        appendsLeft = appends;
    }

    @Override
    public boolean append(Campaign campaign) {
        live();
        return campaigns.putIfAbsent(campaign.id(), campaign) == null;
    }

    @Override
    public boolean append(CampaignId campaign, ExperimentId experiment, Proposal proposal) {
        live();
        return proposals.putIfAbsent(experiment, proposal) == null;
    }

    @Override
    public boolean append(ExperimentResult result) {
        live();
        return results.putIfAbsent(result.experiment().id(), result) == null;
    }

    @Override
    public boolean append(ModelCall call) {
        live();
        calls.add(call);
        return true;
    }

    @Override
    public List<ModelCall> modelCalls(CampaignId campaign) {
        return calls.stream().filter(call -> call.campaign().equals(campaign)).toList();
    }

    @Override
    public Optional<Campaign> findCampaign(CampaignId id) {
        return Optional.ofNullable(campaigns.get(id));
    }

    @Override
    public List<Campaign> campaigns() {
        return List.copyOf(campaigns.values());
    }

    @Override
    public Optional<Proposal> findProposal(ExperimentId id) {
        return Optional.ofNullable(proposals.get(id));
    }

    @Override
    public Optional<ExperimentResult> find(ExperimentId id) {
        return Optional.ofNullable(results.get(id));
    }

    @Override
    public List<ExperimentResult> results(CampaignId campaign) {
        return results().stream()
                .filter(result -> result.experiment().campaign().equals(Optional.of(campaign)))
                .toList();
    }

    @Override
    public List<ExperimentResult> results() {
        return List.copyOf(results.values());
    }

    @Override
    public void close() {}

    private void live() {
        if (appendsLeft-- <= 0) {
            throw new Killed();
        }
    }
}
