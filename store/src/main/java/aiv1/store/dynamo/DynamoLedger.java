package aiv1.store.dynamo;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.ProposalRow;
import aiv1.store.RecordedProposal;
import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.aws.Parallel;
import aiv1.store.dynamo.DynamoAppends.Entry;
import aiv1.store.dynamo.DynamoAppends.Plan;
import aiv1.wire.CampaignJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.JsonFormatException;
import aiv1.wire.ModelCallJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The ledger in one DynamoDB table, beside the artifacts that hold the candidates' source.
///
/// Invariants are those of the ledger in SQLite: a row is whole and durable when an append returns,
/// the artifacts that it names were there before it, every result has its proposal, no row is ever
/// changed. Conditions on each write see to the last (see [DynamoAppends]); unlike triggers in
/// SQLite they bind this program only, so leave to write the table is for the lab's role alone.
public final class DynamoLedger implements Ledger, RecordedProposal.Source {
    private static final String CAMPAIGNS = "list#campaigns";
    static final String PROPOSALS = "list#proposals";
    static final String RESULTS = "list#results";
    static final Plan NOTHING = new Plan(List.of());

    private final DynamoTable table;
    private final DynamoAppends appends;
    private final ArtifactStore artifacts;
    private final DynamoDocuments documents;

    private DynamoLedger(DynamoTable table, ArtifactStore artifacts) {
        this.table = table;
        this.appends = new DynamoAppends(table, new SplittableRandom());
        this.artifacts = artifacts;
        this.documents = new DynamoDocuments(table.where(), artifacts);
    }

    /// Throws [StoreException] when there is no such table, or no ledger in it.
    public static DynamoLedger open(DynamoDb address, ArtifactStore artifacts) {
        DynamoLedger ledger = new DynamoLedger(DynamoTable.of(address), artifacts);
        try {
            ledger.appends.requireLedger();
        } catch (RuntimeException refused) {
            ledger.close();
            throw refused;
        }
        return ledger;
    }

    @Override
    public boolean append(Campaign campaign) {
        return appendOne(
                Item.campaign(campaign.id().value()),
                CampaignJson.write(campaign),
                List.of(CAMPAIGNS));
    }

    @Override
    public boolean append(ModelCall call) {
        return appendOne(
                Item.call(call.experiment().value(), call.attempt()),
                ModelCallJson.write(call),
                List.of(callsOf(call.campaign())));
    }

    @Override
    public boolean append(CampaignId campaign, ExperimentId experiment, Proposal proposal) {
        Item item = ProposalItem.write(ProposalRow.of(experiment, Optional.of(campaign), proposal));
        if (table.find(item.key()).isPresent()) {
            return false;
        }
        ProposalRow.putArtifacts(proposal, artifacts);
        return appends.append(
                () ->
                        table.find(item.key()).isPresent()
                                ? NOTHING
                                : new Plan(List.of(new Entry(item, List.of(PROPOSALS)))));
    }

    /// Records a result, and its proposal with it when that was not recorded before. Throws
    /// [StoreException] when another proposal is recorded under the experiment's id.
    @Override
    public boolean append(ExperimentResult result) {
        Experiment experiment = result.experiment();
        ProposalRow row =
                ProposalRow.of(experiment.id(), experiment.campaign(), experiment.proposal());
        Entry proposal = new Entry(ProposalItem.write(row), List.of(PROPOSALS));
        if (table.find(proposal.item().key()).isEmpty()) {
            ProposalRow.putArtifacts(experiment.proposal(), artifacts);
        }
        List<String> lists = new ArrayList<>(List.of(RESULTS));
        experiment.campaign().ifPresent(campaign -> lists.add(resultsOf(campaign)));
        Entry recorded =
                new Entry(
                        documents.write(
                                Item.of(Item.result(experiment.id().value())),
                                ExperimentJson.write(result)),
                        lists);
        return appends.append(
                () -> {
                    Map<Item.Key, Item> there =
                            table.findAll(List.of(proposal.item().key(), recorded.item().key()));
                    if (there.containsKey(recorded.item().key())) {
                        return NOTHING;
                    }
                    Optional<Item> known = Optional.ofNullable(there.get(proposal.item().key()));
                    known.ifPresent(item -> requireEqual(ProposalItem.read(item), row));
                    return new Plan(
                            known.isPresent() ? List.of(recorded) : List.of(proposal, recorded));
                });
    }

    @Override
    public List<ModelCall> modelCalls(CampaignId campaign) {
        return Parallel.map(
                records(callsOf(campaign)),
                item -> understood("model call", () -> ModelCallJson.read(documents.read(item))));
    }

    @Override
    public Optional<Campaign> findCampaign(CampaignId id) {
        return table.find(Item.campaign(id.value())).map(this::campaign);
    }

    @Override
    public List<Campaign> campaigns() {
        return records(CAMPAIGNS).stream().map(this::campaign).toList();
    }

    @Override
    public Optional<Proposal> findProposal(ExperimentId id) {
        return table.find(Item.proposal(id.value()))
                .map(item -> ProposalItem.read(item).proposal(where(), artifacts));
    }

    @Override
    public Optional<ExperimentResult> find(ExperimentId id) {
        List<Item.Key> keys = List.of(Item.proposal(id.value()), Item.result(id.value()));
        Map<Item.Key, Item> there = table.findAll(keys);
        return Optional.ofNullable(there.get(keys.getLast())).map(item -> result(item, there));
    }

    @Override
    public List<ExperimentResult> results(CampaignId campaign) {
        return resultsIn(resultsOf(campaign));
    }

    @Override
    public List<ExperimentResult> results() {
        return resultsIn(RESULTS);
    }

    @Override
    public List<RecordedProposal> proposals() {
        return Parallel.map(
                records(PROPOSALS), item -> ProposalItem.read(item).recorded(where(), artifacts));
    }

    @Override
    public void close() {
        table.close();
    }

    private String where() {
        return table.where();
    }

    private static String resultsOf(CampaignId campaign) {
        return "list#results#" + campaign;
    }

    private static String callsOf(CampaignId campaign) {
        return "list#calls#" + campaign;
    }

    private boolean appendOne(Item.Key key, JsonNode document, List<String> lists) {
        if (table.find(key).isPresent()) {
            return false;
        }
        Entry entry = new Entry(documents.write(Item.of(key), document), lists);
        return appends.append(
                () -> table.find(key).isPresent() ? NOTHING : new Plan(List.of(entry)));
    }

    /// The records that a list names, in its order.
    private List<Item> records(String list) {
        List<Item.Key> keys = table.query(list, "0").stream().map(Item::named).toList();
        Map<Item.Key, Item> found = table.findAll(keys);
        return keys.stream().map(key -> required(found, key)).toList();
    }

    private List<ExperimentResult> resultsIn(String list) {
        List<Item.Key> keys = new ArrayList<>();
        for (Item entry : table.query(list, "0")) {
            keys.add(entry.named());
            keys.add(new Item.Key(entry.named().pk(), Item.PROPOSAL));
        }
        Map<Item.Key, Item> found = table.findAll(keys);
        return Parallel.map(
                keys.stream().filter(key -> key.sk().equals(Item.RESULT)).toList(),
                key -> result(required(found, key), found));
    }

    private Item required(Map<Item.Key, Item> found, Item.Key key) {
        return Optional.ofNullable(found.get(key))
                .orElseThrow(
                        () ->
                                new StoreException(
                                        where(),
                                        "the item %s %s".formatted(key.pk(), key.sk()),
                                        "none, though a list names it"));
    }

    private ExperimentResult result(Item item, Map<Item.Key, Item> found) {
        ProposalRow row =
                ProposalItem.read(required(found, new Item.Key(item.key().pk(), Item.PROPOSAL)));
        Proposal proposal = row.proposal(where(), artifacts);
        return understood(
                "result " + row.experiment(),
                () -> ExperimentJson.read(documents.read(item), proposal));
    }

    private Campaign campaign(Item item) {
        return understood("campaign", () -> CampaignJson.read(documents.read(item)));
    }

    private void requireEqual(ProposalRow recorded, ProposalRow given) {
        if (!recorded.equals(given)) {
            throw new StoreException(
                    where() + ": result " + given.experiment(),
                    "the proposal that was recorded, " + recorded,
                    given.toString());
        }
    }

    private <T> T understood(String what, Supplier<T> value) {
        try {
            return value.get();
        } catch (JsonFormatException refused) {
            throw new StoreException(
                    where() + ": " + what,
                    "a document that this build can read",
                    String.valueOf(refused.getMessage()),
                    refused);
        }
    }
}
