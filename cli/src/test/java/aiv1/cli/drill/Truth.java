package aiv1.cli.drill;

import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignListener;
import aiv1.campaign.CampaignLoop;
import aiv1.campaign.StopSignal;
import aiv1.cli.lab.Stores;
import aiv1.cli.simulated.SimulatedProposer;
import aiv1.cli.simulated.SimulatedWork;
import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a ledger says after the faults, beside what the same campaigns give when nothing goes
/// wrong.
///
/// Experiments are numbered over all campaigns. `lost` are those that are not there, or not as they
/// would be undisturbed: other candidates, bytes or decibels, or bitstreams that are not among the
/// artifacts. `doubled` are those that are there more than once, or that nobody began. `again` are
/// those that were begun more than once.
record Truth(Set<Integer> lost, Set<Integer> doubled, Set<Integer> again, int recordedCount) {
    static final Truth NOTHING = new Truth(Set.of(), Set.of(), Set.of(), 0);

    /// All up to number `last` must be there. The campaigns have as many experiments each.
    static Truth of(Stores stores, List<Campaign> campaigns, int last, Path folder) {
        ArtifactStore artifacts = stores.openUncopied();
        Set<Integer> lost = new HashSet<>();
        Set<Integer> doubled = new HashSet<>();
        Set<Integer> again = new HashSet<>();
        int count = 0;
        try (Ledger ledger = stores.openLedger(artifacts)) {
            for (int number = 0; number < campaigns.size(); number++) {
                Campaign campaign = campaigns.get(number);
                int first = number * campaign.experimentCountMax();
                Map<Integer, ExperimentResult> there = new TreeMap<>();
                for (ExperimentResult result : ledger.results(campaign.id())) {
                    int at = first + index(result.experiment().id());
                    count++;
                    if (there.put(at, result) != null || at > last) {
                        doubled.add(at);
                    }
                    if (result.provenance().attempt() > 1) {
                        again.add(at);
                    }
                }
                // They are read in the order of their steps: nothing was in the way.
                List<ExperimentResult> undisturbed =
                        undisturbed(campaign, folder.resolve("undisturbed-" + number));
                for (int i = 0; i < undisturbed.size() && first + i <= last; i++) {
                    Optional<ExperimentResult> found = Optional.ofNullable(there.get(first + i));
                    if (found.isEmpty()
                            || !content(found.get()).equals(content(undisturbed.get(i)))
                            || !hasBitstreams(found.get(), artifacts)) {
                        lost.add(first + i);
                    }
                }
            }
        }
        return new Truth(lost, doubled, again, count);
    }

    /// The campaign in this process, with nothing in its way.
    static List<ExperimentResult> undisturbed(Campaign campaign, Path home) {
        Stores stores = Stores.in(home);
        ArtifactStore artifacts = stores.openArtifacts();
        try (Ledger ledger = stores.openLedger(artifacts)) {
            CampaignLoop loop =
                    new CampaignLoop(
                            campaign,
                            new SimulatedProposer(),
                            new SimulatedWork(
                                    artifacts,
                                    SimulatedWork.provenance(DrillProcess.BUILD, "alone"),
                                    Duration.ZERO,
                                    Duration.ZERO,
                                    InstantSource.system()),
                            ledger,
                            new Deaf(),
                            new StopSignal());
            if (loop.run() != CampaignEnd.BUDGET_USED) {
                throw new AssertionError("expected the whole campaign");
            }
            // As it is read back, for so are those that it is compared with.
            return ledger.results(campaign.id());
        }
    }

    /// All of a result but who made it and when.
    static List<Object> content(ExperimentResult result) {
        List<Object> all = new ArrayList<>();
        all.add(result.experiment());
        all.add(result.verdict());
        all.add(result.runs());
        all.add(result.bdRates());
        all.add(result.decoderBytes());
        return all;
    }

    static boolean hasBitstreams(ExperimentResult result, ArtifactStore artifacts) {
        return result.runs().stream()
                .flatMap(run -> run.outcome().numbers().stream())
                .flatMap(run -> List.<ArtifactId>of(run.bitstream(), run.frames()).stream())
                .distinct()
                .allMatch(id -> artifacts.find(id).isPresent());
    }

    private static int index(ExperimentId id) {
        return Integer.parseInt(id.value().substring(id.value().lastIndexOf('.') + 1));
    }

    /// Hears nothing.
    static class Deaf implements CampaignListener {
        @Override
        public void started(Experiment experiment, int index) {}

        @Override
        public void finished(ExperimentResult result, boolean isBest) {}

        @Override
        public void noProposal(ExperimentId id, String reason) {}

        @Override
        public void labFault(ExperimentId id, Failure failure) {}

        @Override
        public void report(Progress.Event event) {}
    }
}
