package aiv1.dashboard.board;

import aiv1.dashboard.LiveWatch;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Everything that lists and charts show: the ledger's rows, read once each, and what is heard of
/// experiments that run in this process. Thread-safe.
///
/// It holds no documents and no sources: those are read from the ledger when one is looked at.
public final class Board {
    private final LedgerView ledger;
    private final LedgerTail tail;
    private final UnderWay underWay;
    private final Titles titles;
    private final InstantSource clock;
    private final Events events;
    private final Marks marks = new Marks();
    private final Object following = new Object();
    private final Records records = new Records(this::isFlagged);
    private final Relatives relatives = new Relatives();
    private final Map<String, ProposalRow> proposals = new HashMap<>();
    private long resultPosition;
    private long seenVersion = -1;
    private boolean isLoaded;

    /// `campaigns` finds a campaign by its id.
    public Board(
            LedgerView ledger,
            Function<CampaignId, Optional<Campaign>> campaigns,
            ArtifactStore artifacts,
            InstantSource clock) {
        this.ledger = ledger;
        this.tail = new LedgerTail(ledger);
        this.underWay = new UnderWay(campaigns);
        this.titles = new Titles(artifacts);
        this.clock = clock;
        this.events = new Events(clock.instant());
    }

    public Events events() {
        return events;
    }

    /// Reads what the ledger holds by now. Only the first time nobody is told of it.
    public void follow() {
        synchronized (following) {
            readOn();
        }
    }

    /// The same, when somebody else has recorded something since the last look: cheap enough to be
    /// asked many times a second.
    public void followOthers() {
        synchronized (following) {
            long version = ledger.version();
            if (version != seenVersion) {
                readOn();
                seenVersion = version;
            }
        }
    }

    private void readOn() {
        LedgerTail.Batch batch;
        do {
            batch = tail.next();
            synchronized (this) {
                batch.proposals().forEach(this::add);
                batch.entries().forEach(this::add);
                batch.marks().forEach(row -> add(row.mark()));
            }
            tail.taken(batch);
        } while (!batch.isLast());
        synchronized (this) {
            isLoaded = true;
        }
    }

    private void add(ProposalRow row) {
        String id = row.experiment().value();
        proposals.put(id, row);
        // Its result may have been recorded, and read, between the two looks.
        if (records.find(id).isEmpty()) {
            underWay.proposed(row);
            tell("experiment.created", id);
        }
    }

    private void add(Entry entry) {
        resultPosition = entry.position();
        boolean isBest = records.add(entry);
        relatives.add(entry);
        underWay.ended(entry.id());
        tell(entry.isMeasured() ? "experiment.finished" : "experiment.failed", entry.id());
        if (isBest) {
            tell("best.changed", entry.id());
        }
    }

    private void add(Mark mark) {
        marks.add(mark);
        if (mark.action().equals(Mark.FLAG) && records.flagged(mark.target())) {
            tell("best.changed", mark.target());
        }
    }

    /// Tells browsers of what is no experiment.
    public void tell(String event, JsonNode data) {
        events.add(event, data);
    }

    private void tell(String event, String id) {
        if (isLoaded) {
            slim(id).ifPresent(slim -> events.add(event, slim));
        }
    }

    /// An experiment that runs in this process began; one that no campaign proposed is heard of for
    /// the first time.
    public void begun(Experiment experiment) {
        follow();
        synchronized (this) {
            ProposalRow row = underWay.begun(experiment, clock.instant());
            proposals.putIfAbsent(experiment.id().value(), row);
            tell(UnderWay.PHASE, experiment.id().value());
        }
    }

    /// One that runs in this process will not be carried out after all.
    public synchronized void givenUp(ExperimentId id) {
        underWay.ended(id.value());
        ObjectNode gone = JsonNodeFactory.instance.objectNode();
        events.add("experiment.failed", gone.put("experiment_id", id.value()));
    }

    /// An experiment that runs in this process goes on.
    public synchronized void report(Progress.Event event) {
        Optional<String> told = underWay.report(event, clock.instant());
        switch (event) {
            case Progress.Event.Phase phase ->
                    told.ifPresent(name -> tell(name, phase.experiment().value()));
            case Progress.Event.RunEnded ended ->
                    told.ifPresent(name -> tell(name, ended.experiment().value()));
            case Progress.Event.Anchor anchor -> {
                // Nobody is told.
            }
        }
    }

    /// Campaigns in other programs said this last.
    public synchronized void hear(List<LiveWatch.Said> said) {
        underWay.hear(said, clock.instant()).forEach((id, event) -> tell(event, id));
    }

    /// The other process that carries out a campaign now.
    public synchronized Optional<Long> processOf(String campaign) {
        return underWay.processOf(campaign);
    }

    /// Records what somebody did; false when it was recorded before.
    public boolean mark(Mark mark) {
        boolean isNew = ledger.append(mark);
        follow();
        return isNew;
    }

    public synchronized List<Mark> marks(Predicate<Mark> wanted) {
        return marks.all().stream().filter(wanted).toList();
    }

    public synchronized int markCount() {
        return marks.all().size();
    }

    /// Whether something was recorded under this key.
    public synchronized boolean isKnown(String key) {
        return marks.isKnown(key);
    }

    public synchronized boolean isFlagged(String id) {
        return marks.flag(id).isPresent();
    }

    /// Which experiment this one repeats.
    public synchronized Optional<String> rerunOf(String id) {
        return marks.firstOf(id);
    }

    public synchronized boolean isStarred(String id) {
        return marks.isStarred(id);
    }

    /// Recorded experiments in the order of recording.
    public synchronized List<Entry> entries() {
        return records.of(Optional.empty());
    }

    /// Those of one campaign, or all, in the order of recording.
    public synchronized List<Entry> entries(Optional<String> campaign) {
        return records.of(campaign);
    }

    /// Those of one campaign behind the first `seenCount` of it.
    public synchronized List<Entry> entries(String campaign, int seenCount) {
        return records.of(campaign, seenCount);
    }

    /// Those recorded after `position`.
    synchronized List<Entry> entriesAfter(long position) {
        return records.after(position);
    }

    /// How many recorded experiments there are.
    public synchronized int count() {
        return records.count();
    }

    /// How many results there are: whoever has seen so many has seen all.
    public synchronized long version() {
        return resultPosition;
    }

    public synchronized Optional<Entry> find(String id) {
        return records.find(id);
    }

    /// The first recorded experiment of a candidate.
    public synchronized Optional<String> firstOf(String candidate) {
        return relatives.firstOf(candidate);
    }

    /// The first recorded experiments of those that were made from a candidate, at most `countMax`.
    public synchronized List<String> childrenOf(String candidate, int countMax) {
        return relatives.childrenOf(candidate, countMax);
    }

    public synchronized Optional<ProposalRow> proposal(String id) {
        return Optional.ofNullable(proposals.get(id));
    }

    /// Those without a result, in the order of proposal.
    public synchronized Collection<Running> running() {
        return underWay.all();
    }

    public synchronized Optional<Running> running(String id) {
        return underWay.find(id);
    }

    public synchronized Optional<Entry> best(String campaign) {
        return records.best(campaign);
    }

    /// An experiment as lists show it; empty for one that nobody knows.
    public Optional<ObjectNode> slim(String id) {
        Optional<Entry> entry;
        Optional<Running> under;
        ProposalRow proposal;
        ObjectNode marked;
        synchronized (this) {
            entry = records.find(id);
            under = underWay.find(id);
            proposal = proposals.get(id);
            marked = marks.shown(id);
        }
        if (proposal == null) {
            return Optional.empty();
        }
        String title = titles.of(proposal.rationale());
        Optional<ObjectNode> slim =
                entry.map(found -> SlimJson.of(found, title))
                        .or(() -> under.map(found -> SlimJson.of(found, title)));
        slim.ifPresent(object -> object.setAll(marked));
        return slim;
    }
}
