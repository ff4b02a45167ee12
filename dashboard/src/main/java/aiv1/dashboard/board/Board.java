package aiv1.dashboard.board;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.LedgerView.MarkRow;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.campaign.LedgerView.ResultRow;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// Everything that lists and charts show: the ledger's rows, read once each, and what is heard of
/// experiments that run in this process. Thread-safe.
///
/// It holds no documents and no sources: those are read from the ledger when one is looked at.
public final class Board {
    private static final int BATCH_COUNT_MAX = 2000;

    private final LedgerView ledger;
    private final Titles titles;
    private final InstantSource clock;
    private final Events events = new Events();
    private final Marks marks = new Marks();
    private final Throttle throttle = new Throttle();
    private final Object following = new Object();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<Entry>> byCampaign = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final Relatives relatives = new Relatives();
    private final Map<String, ProposalRow> proposals = new HashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Entry> best = new HashMap<>();
    private long proposalPosition;
    private long resultPosition;
    private long markPosition;
    private long seenVersion = -1;
    private boolean isLoaded;

    public Board(LedgerView ledger, ArtifactStore artifacts, InstantSource clock) {
        this.ledger = ledger;
        this.titles = new Titles(artifacts);
        this.clock = clock;
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
        boolean isMore = true;
        while (isMore) {
            // Proposals first: each result has one.
            List<ProposalRow> proposed = ledger.proposalRows(proposalPosition, BATCH_COUNT_MAX);
            List<ResultRow> ended =
                    proposed.size() == BATCH_COUNT_MAX
                            ? List.of()
                            : ledger.resultRows(resultPosition, BATCH_COUNT_MAX);
            List<MarkRow> marked = ledger.markRows(markPosition, BATCH_COUNT_MAX);
            List<Entry> read = ended.parallelStream().map(Entry::of).toList();
            synchronized (this) {
                proposed.forEach(this::add);
                read.forEach(this::add);
                for (MarkRow row : marked) {
                    markPosition = row.position();
                    marks.add(row.mark());
                }
            }
            isMore =
                    proposed.size() == BATCH_COUNT_MAX
                            || ended.size() == BATCH_COUNT_MAX
                            || marked.size() == BATCH_COUNT_MAX;
        }
        synchronized (this) {
            isLoaded = true;
        }
    }

    private void add(ProposalRow row) {
        proposalPosition = row.position();
        String id = row.experiment().value();
        proposals.put(id, row);
        // Its result may have been recorded, and read, between the two looks.
        if (!byId.containsKey(id)) {
            running.put(id, new Running(row, Optional.empty(), Optional.empty(), 0));
            tell("experiment.created", id);
        }
    }

    private void add(Entry entry) {
        resultPosition = entry.position();
        entries.add(entry);
        entry.campaign()
                .ifPresent(
                        campaign ->
                                byCampaign
                                        .computeIfAbsent(campaign, any -> new ArrayList<>())
                                        .add(entry));
        byId.put(entry.id(), entry);
        relatives.add(entry);
        running.remove(entry.id());
        throttle.forget(entry.id());
        tell(entry.isMeasured() ? "experiment.finished" : "experiment.failed", entry.id());
        String campaign = entry.campaign().orElse("");
        Entry before = best.get(campaign);
        if (entry.score().isPresent()
                && (before == null || entry.score().getAsDouble() < before.score().orElseThrow())) {
            best.put(campaign, entry);
            tell("best.changed", entry.id());
        }
    }

    private void tell(String event, String id) {
        if (isLoaded) {
            slim(id).ifPresent(slim -> events.add(event, slim));
        }
    }

    /// An experiment that runs in this process began.
    public void begun(ExperimentId id) {
        follow();
        synchronized (this) {
            Running known = running.get(id.value());
            if (known != null) {
                running.put(id.value(), known.begun(clock.instant()));
                tell("experiment.phase", id.value());
            }
        }
    }

    /// An experiment that runs in this process goes on.
    public synchronized void report(Progress.Event event) {
        switch (event) {
            case Progress.Event.Phase phase -> {
                Running known = running.get(phase.experiment().value());
                if (known != null) {
                    boolean isSame =
                            known.phase()
                                    .filter(old -> old.stage() == phase.stage())
                                    .filter(old -> old.clip().equals(phase.clip()))
                                    .filter(old -> old.quality() == phase.quality())
                                    .isPresent();
                    running.put(known.id(), known.at(phase));
                    if (!isSame || throttle.isDue(known.id(), clock.instant())) {
                        tell(
                                isSame ? "experiment.progress" : "experiment.phase",
                                phase.experiment().value());
                    }
                }
            }
            case Progress.Event.RunEnded ended -> {
                Running known = running.get(ended.experiment().value());
                if (known != null) {
                    running.put(known.id(), known.withRunEnded());
                    tell("experiment.progress", known.id());
                }
            }
            case Progress.Event.Anchor anchor -> {
                // Of no experiment of its own.
            }
        }
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

    public synchronized boolean isStarred(String id) {
        return marks.isStarred(id);
    }

    /// Recorded experiments in the order of recording.
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// Those of one campaign, or all, in the order of recording.
    public synchronized List<Entry> entries(Optional<String> campaign) {
        return List.copyOf(
                campaign.map(id -> byCampaign.getOrDefault(id, List.of())).orElse(entries));
    }

    /// Those recorded after `position`.
    synchronized List<Entry> entriesAfter(long position) {
        int from = entries.size();
        while (from > 0 && entries.get(from - 1).position() > position) {
            from--;
        }
        return List.copyOf(entries.subList(from, entries.size()));
    }

    /// How many recorded experiments there are.
    public synchronized int count() {
        return entries.size();
    }

    /// How many results there are: whoever has seen so many has seen all.
    public synchronized long version() {
        return resultPosition;
    }

    public synchronized Optional<Entry> find(String id) {
        return Optional.ofNullable(byId.get(id));
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
        return List.copyOf(running.values());
    }

    public synchronized Optional<Entry> best(String campaign) {
        return Optional.ofNullable(best.get(campaign));
    }

    /// An experiment as lists show it; empty for one that nobody knows.
    public Optional<ObjectNode> slim(String id) {
        Entry entry;
        Running under;
        ProposalRow proposal;
        int notes;
        boolean isStarred;
        synchronized (this) {
            entry = byId.get(id);
            under = running.get(id);
            proposal = proposals.get(id);
            notes = marks.noteCount(id);
            isStarred = marks.isStarred(id);
        }
        if (proposal == null) {
            return Optional.empty();
        }
        String title = titles.of(proposal.rationale());
        Optional<ObjectNode> slim =
                entry != null
                        ? Optional.of(SlimJson.of(entry, title))
                        : Optional.ofNullable(under).map(found -> SlimJson.of(found, title));
        slim.ifPresent(
                object -> {
                    object.put("starred", isStarred);
                    object.put("notes", notes);
                });
        return slim;
    }
}
