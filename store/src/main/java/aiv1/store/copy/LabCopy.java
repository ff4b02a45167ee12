package aiv1.store.copy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.RecordedProposal;
import aiv1.store.StoreException;
import aiv1.store.aws.Parallel;
import aiv1.wire.ExperimentJson;
import aiv1.wire.ModelCallJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A copy of a whole lab into other stores: campaigns, questions to models, proposals, results, and
/// every artifact that they name.
///
/// An artifact's hash is checked when it is read, and again when it is read back from where it
/// went; only then is the record written that names it. So a copy that was killed is gone on with
/// by doing it again: what is recorded there is complete, and is compared, not copied. Each kind of
/// record keeps its order.
public final class LabCopy {
    private final Ledger from;
    private final ArtifactStore fromArtifacts;
    private final Ledger to;
    private final ArtifactStore toArtifacts;
    private final Consumer<String> progress;
    private final Set<ArtifactId> carried = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> absent = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger artifactCount = new AtomicInteger();
    private final AtomicInteger thereCount = new AtomicInteger();
    private int recordCount;

    /// `progress` hears a line for each campaign and for every hundred results.
    public LabCopy(
            Ledger from,
            ArtifactStore fromArtifacts,
            Ledger to,
            ArtifactStore toArtifacts,
            Consumer<String> progress) {
        this.from = from;
        this.fromArtifacts = fromArtifacts;
        this.to = to;
        this.toArtifacts = toArtifacts;
        this.progress = progress;
    }

    /// What was done. `recordCount` records are new there, `thereCount` were there and are equal;
    /// `absent` names each artifact that a record names and that is nowhere.
    public record Report(
            int recordCount, int thereCount, int artifactCount, long bytes, List<String> absent) {
        public Report {
            absent = List.copyOf(absent);
        }
    }

    /// Throws [StoreException] when another record is there under the same id.
    public Report copy() {
        for (Campaign campaign : from.campaigns()) {
            note(
                    to.append(campaign),
                    "campaign " + campaign.id(),
                    campaign,
                    to::findCampaign,
                    campaign.id());
            copyCalls(campaign.id());
            progress.accept("campaign " + campaign.id());
        }
        if (from instanceof RecordedProposal.Source source) {
            copyProposals(source);
        }
        copyResults();
        return new Report(
                recordCount,
                thereCount.get(),
                artifactCount.get(),
                bytes.get(),
                absent.stream().sorted().toList());
    }

    /// Where a question was asked: its name in the ledger.
    private record CallName(ExperimentId experiment, int attempt) {
        static CallName of(ModelCall call) {
            return new CallName(call.experiment(), call.attempt());
        }
    }

    private void copyCalls(CampaignId campaign) {
        Map<CallName, ModelCall> there =
                to.modelCalls(campaign).stream()
                        .collect(Collectors.toMap(CallName::of, Function.identity()));
        for (ModelCall call : from.modelCalls(campaign)) {
            CallName name = CallName.of(call);
            String what = "model call %s, attempt %d".formatted(name.experiment(), name.attempt());
            if (!there.containsKey(name)) {
                carry(what, NamedArtifacts.in(ModelCallJson.write(call)));
            }
            note(
                    !there.containsKey(name) && to.append(call),
                    what,
                    call,
                    key -> Optional.ofNullable(there.get(key)),
                    name);
        }
    }

    private void copyProposals(RecordedProposal.Source source) {
        for (RecordedProposal recorded : source.proposals()) {
            Optional<CampaignId> campaign = recorded.campaign();
            if (campaign.isEmpty()) {
                continue; // it comes with its result
            }
            String what = "proposal " + recorded.experiment();
            if (to.findProposal(recorded.experiment()).isEmpty()) {
                carry(what, NamedArtifacts.in(recorded.proposal()));
            }
            note(
                    to.append(campaign.get(), recorded.experiment(), recorded.proposal()),
                    what,
                    recorded.proposal(),
                    to::findProposal,
                    recorded.experiment());
        }
    }

    private void copyResults() {
        Map<ExperimentId, ExperimentResult> there =
                to.results().stream()
                        .collect(
                                Collectors.toMap(
                                        result -> result.experiment().id(), Function.identity()));
        int count = 0;
        for (ExperimentResult result : from.results()) {
            ExperimentId id = result.experiment().id();
            String what = "result " + id;
            if (!there.containsKey(id)) {
                carry(what, NamedArtifacts.in(result.experiment().proposal()));
                carry(what, NamedArtifacts.in(ExperimentJson.write(result)));
            }
            note(
                    !there.containsKey(id) && to.append(result),
                    what,
                    result,
                    key -> Optional.ofNullable(there.get(key)),
                    id);
            if (++count % 100 == 0) {
                progress.accept(count + " results");
            }
        }
    }

    /// Counts a record that is new, or else requires that the one that is there is the same.
    private <K, V> void note(
            boolean isNew, String what, V value, Function<K, Optional<V>> finder, K key) {
        if (isNew) {
            recordCount++;
            return;
        }
        Optional<V> there = finder.apply(key);
        if (!there.equals(Optional.of(value))) {
            throw new StoreException(
                    what,
                    "the same record in both labs, or none in the second",
                    "another one: these are two labs");
        }
        thereCount.incrementAndGet();
    }

    private void carry(String what, Map<ArtifactId, Boolean> named) {
        Set<Map.Entry<ArtifactId, Boolean>> fresh = new HashSet<>(named.entrySet());
        fresh.removeIf(entry -> carried.contains(entry.getKey()));
        Parallel.map(
                List.copyOf(fresh),
                entry -> {
                    carry(what, entry.getKey(), entry.getValue());
                    return entry;
                });
    }

    private void carry(String what, ArtifactId id, boolean isNeeded) {
        Optional<byte[]> found = fromArtifacts.find(id);
        if (found.isEmpty()) {
            if (isNeeded) {
                absent.add(what + ": artifact " + id.sha256());
            }
            return;
        }
        toArtifacts.put(found.get());
        if (toArtifacts.find(id).isEmpty()) {
            throw new StoreException(what, "artifact " + id.sha256() + " where it was put", "none");
        }
        carried.add(id);
        artifactCount.incrementAndGet();
        bytes.addAndGet(found.get().length);
    }
}
