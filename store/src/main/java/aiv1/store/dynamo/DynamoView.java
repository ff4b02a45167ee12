package aiv1.store.dynamo;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.Mark;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.aws.Parallel;
import aiv1.store.dynamo.DynamoAppends.Entry;
import aiv1.store.dynamo.DynamoAppends.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/// The ledger's rows as they lie in the table, read list by list and never by a scan.
///
/// Positions are those of the table's one counter, so they have gaps within a list. The counter is
/// the version too, read once a second at most, since each look is paid for.
public final class DynamoView implements LedgerView {
    private static final String MARKS = "list#marks";
    private static final Duration VERSION_AGE_MAX = Duration.ofSeconds(1);

    private final DynamoTable table;
    private final DynamoAppends appends;
    private final DynamoDocuments documents;
    private final Duration versionAgeMax;
    private long version = -1;
    private long versionReadAt;

    private DynamoView(DynamoTable table, ArtifactStore artifacts, Duration versionAgeMax) {
        this.table = table;
        this.versionAgeMax = versionAgeMax;
        this.appends = new DynamoAppends(table, new SplittableRandom());
        this.documents = new DynamoDocuments(table.where(), artifacts);
    }

    /// Throws [StoreException] as [DynamoLedger#open] does.
    public static DynamoView open(DynamoDb address, ArtifactStore artifacts) {
        return open(address, artifacts, VERSION_AGE_MAX);
    }

    static DynamoView open(DynamoDb address, ArtifactStore artifacts, Duration versionAgeMax) {
        DynamoView view = new DynamoView(DynamoTable.of(address), artifacts, versionAgeMax);
        try {
            view.appends.requireLedger();
        } catch (RuntimeException refused) {
            view.close();
            throw refused;
        }
        return view;
    }

    @Override
    public synchronized long version() {
        long now = System.nanoTime();
        if (version < 0 || now - versionReadAt >= versionAgeMax.toNanos()) {
            version = appends.readPosition();
            versionReadAt = now;
        }
        return version;
    }

    @Override
    public List<ResultRow> resultRows(long position, int countMax) {
        return rows(DynamoLedger.RESULTS, position, countMax, this::resultRow);
    }

    @Override
    public Optional<ResultRow> findResultRow(ExperimentId experiment) {
        return table.find(Item.result(experiment.value()))
                .map(item -> resultRow(DynamoAppends.position(item), item));
    }

    private ResultRow resultRow(long position, Item item) {
        return new ResultRow(
                position, new ExperimentId(item.key().experiment()), documents.text(item));
    }

    @Override
    public List<ProposalRow> proposalRows(long position, int countMax) {
        return rows(DynamoLedger.PROPOSALS, position, countMax, DynamoView::proposalRow);
    }

    private static ProposalRow proposalRow(long position, Item item) {
        aiv1.store.ProposalRow row = ProposalItem.read(item);
        return new ProposalRow(
                position,
                new ExperimentId(row.experiment()),
                row.campaign().map(CampaignId::new),
                new CandidateId(row.candidate()),
                row.contract(),
                row.proposer(),
                Arrays.stream(row.parents().split(" ", -1))
                        .filter(id -> !id.isEmpty())
                        .map(CandidateId::new)
                        .toList(),
                new ArtifactId(row.rationale()));
    }

    @Override
    public List<MarkRow> markRows(long position, int countMax) {
        return rows(MARKS, position, countMax, DynamoView::markRow);
    }

    private static MarkRow markRow(long position, Item item) {
        return new MarkRow(
                position,
                new Mark(
                        Instant.parse(item.required("at")),
                        item.required("action"),
                        item.required("target"),
                        item.required("made_by"),
                        item.required("text"),
                        item.required("mark_key")));
    }

    @Override
    public boolean append(Mark mark) {
        Item item =
                Item.of(Item.mark(mark.key()))
                        .with("at", mark.at().toString())
                        .with("action", mark.action())
                        .with("target", mark.target())
                        .with("made_by", mark.by())
                        .with("text", mark.text())
                        .with("mark_key", mark.key());
        Plan plan = new Plan(List.of(new Entry(item, List.of(MARKS))));
        return appends.append(
                () -> table.find(item.key()).isPresent() ? DynamoLedger.NOTHING : plan);
    }

    @Override
    public void close() {
        table.close();
    }

    /// Up to `countMax` records that a list names behind a position, in its order.
    private <T> List<T> rows(
            String list, long position, int countMax, BiFunction<Long, Item, T> reader) {
        List<Item> entries = table.query(list, Item.place(position), countMax);
        Map<Item.Key, Item> found = table.findAll(entries.stream().map(Item::named).toList());
        return Parallel.map(
                entries,
                entry -> {
                    Item item = found.get(entry.named());
                    if (item == null) {
                        throw new StoreException(
                                table.where(),
                                "the item %s %s".formatted(entry.named().pk(), entry.named().sk()),
                                "none, though a list names it");
                    }
                    return reader.apply(Long.valueOf(entry.key().sk()), item);
                });
    }
}
