package aiv1.store;

import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;
import java.util.Optional;

/// A ledger, for whoever can wait for a store that is away. What is asked for twice is recorded
/// once, so an append whose answer was lost may say that it was there.
public record PatientLedger(Ledger ledger, Patience patience) implements Ledger {
    @Override
    public boolean append(Campaign campaign) {
        return patience.with(() -> ledger.append(campaign));
    }

    @Override
    public boolean append(CampaignId campaign, ExperimentId experiment, Proposal proposal) {
        return patience.with(() -> ledger.append(campaign, experiment, proposal));
    }

    @Override
    public boolean append(ExperimentResult result) {
        return patience.with(() -> ledger.append(result));
    }

    @Override
    public boolean append(ModelCall call) {
        return patience.with(() -> ledger.append(call));
    }

    @Override
    public List<ModelCall> modelCalls(CampaignId campaign) {
        return patience.with(() -> ledger.modelCalls(campaign));
    }

    @Override
    public Optional<Campaign> findCampaign(CampaignId id) {
        return patience.with(() -> ledger.findCampaign(id));
    }

    @Override
    public List<Campaign> campaigns() {
        return patience.with(ledger::campaigns);
    }

    @Override
    public Optional<Proposal> findProposal(ExperimentId id) {
        return patience.with(() -> ledger.findProposal(id));
    }

    @Override
    public Optional<ExperimentResult> find(ExperimentId id) {
        return patience.with(() -> ledger.find(id));
    }

    @Override
    public List<ExperimentResult> results(CampaignId campaign) {
        return patience.with(() -> ledger.results(campaign));
    }

    @Override
    public List<ExperimentResult> results() {
        return patience.with(ledger::results);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
