package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.Mark;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Ledger] promises. Each implementation extends this.
public abstract class LedgerContract {
    private static final CampaignId CAMPAIGN = new CampaignId("spring");

    private Ledger ledger;

    /// Opens the ledger of this test: empty the first time, then as it was left.
    protected abstract Ledger open();

    /// The same ledger for whoever only looks.
    protected abstract LedgerView openView();

    @BeforeEach
    void openLedger() {
        ledger = open();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    @Test
    void a_new_ledger_is_empty() {
        assertThat(ledger.campaigns()).isEmpty();
        assertThat(ledger.results()).isEmpty();
        assertThat(ledger.results(CAMPAIGN)).isEmpty();
        assertThat(ledger.findCampaign(CAMPAIGN)).isEmpty();
        assertThat(ledger.find(CAMPAIGN.experimentId(0))).isEmpty();
        assertThat(ledger.findProposal(CAMPAIGN.experimentId(0))).isEmpty();
    }

    @Test
    void a_campaign_comes_back_as_it_was_recorded() {
        Campaign campaign = TestResults.campaign("spring");
        assertThat(ledger.append(campaign)).isTrue();
        assertThat(ledger.findCampaign(CAMPAIGN)).contains(campaign);
    }

    @Test
    void questions_to_a_model_come_back_in_order_and_each_once() {
        assertThat(ledger.modelCalls(CAMPAIGN)).isEmpty();
        assertThat(ledger.append(TestResults.call(CAMPAIGN, 1, 0))).isTrue();
        assertThat(ledger.append(TestResults.call(CAMPAIGN, 0, 0))).isTrue();
        assertThat(ledger.append(TestResults.call(CAMPAIGN, 0, 1))).isTrue();
        assertThat(ledger.append(TestResults.call(CAMPAIGN, 0, 1))).isFalse();
        ledger.append(TestResults.call(new CampaignId("autumn"), 0, 0));
        ledger.close();
        ledger = open();
        assertThat(ledger.modelCalls(CAMPAIGN))
                .containsExactly(
                        TestResults.call(CAMPAIGN, 1, 0),
                        TestResults.call(CAMPAIGN, 0, 0),
                        TestResults.call(CAMPAIGN, 0, 1));
    }

    @Test
    void a_second_campaign_of_one_name_changes_nothing() {
        Campaign campaign = TestResults.campaign("spring");
        ledger.append(campaign);
        assertThat(ledger.append(campaign.withExperimentCountMax(7))).isFalse();
        assertThat(ledger.campaigns()).containsExactly(campaign);
    }

    @Test
    void campaigns_come_oldest_first() {
        List<Campaign> campaigns =
                List.of(
                        TestResults.campaign("winter"),
                        TestResults.campaign("autumn"),
                        TestResults.campaign("spring"));
        campaigns.forEach(ledger::append);
        assertThat(ledger.campaigns()).isEqualTo(campaigns);
    }

    // Requirement 3: encoder, decoder and rationale are stored.
    @Test
    void a_proposal_is_kept_before_it_is_evaluated() {
        for (int index = 0; index < 12; index++) {
            Proposal proposal = TestResults.proposal(index);
            ExperimentId id = CAMPAIGN.experimentId(index);
            assertThat(ledger.append(CAMPAIGN, id, proposal)).isTrue();
            assertThat(ledger.findProposal(id)).contains(proposal);
            assertThat(ledger.find(id)).isEmpty();
        }
        assertThat(ledger.results()).isEmpty();
    }

    @Test
    void a_second_proposal_for_one_experiment_changes_nothing() {
        ExperimentId id = CAMPAIGN.experimentId(0);
        ledger.append(CAMPAIGN, id, TestResults.proposal(0));
        assertThat(ledger.append(CAMPAIGN, id, TestResults.proposal(1))).isFalse();
        assertThat(ledger.findProposal(id)).contains(TestResults.proposal(0));
    }

    // A language model may send half a surrogate pair, which has no form in UTF-8.
    @Test
    void odd_text_never_makes_a_row_unreadable() {
        ExperimentId id = CAMPAIGN.experimentId(0);
        Proposal odd =
                new Proposal(
                        new Candidate(
                                Map.of(Part.ENCODER, "# \ud83c \u0000", Part.DECODER, "\ud83c"),
                                Contract.NATIVE),
                        "\udfac",
                        List.of(),
                        "model \u0000 \ud83c");
        ExperimentResult result = TestResults.result(id, Optional.of(CAMPAIGN), odd, 0);
        ledger.append(CAMPAIGN, id, odd);
        assertThat(ledger.append(result)).isTrue();
        assertThat(ledger.find(id).orElseThrow().experiment().proposal().candidate().id())
                .isEqualTo(odd.candidate().id());
    }

    @Test
    void parts_in_c_come_back_as_they_were_proposed() {
        Proposal mixed =
                new Proposal(
                        new Candidate(
                                Map.of(
                                        Part.ENCODER_C,
                                        "int encode;",
                                        Part.COMMON_H,
                                        "int shared;",
                                        Part.DECODER,
                                        "def decode(bitstream): ...",
                                        Part.COMMON,
                                        "X = 1"),
                                Contract.NATIVE),
                        "",
                        List.of(),
                        "person");
        ExperimentId id = CAMPAIGN.experimentId(0);
        ledger.append(CAMPAIGN, id, mixed);
        assertThat(ledger.findProposal(id)).contains(mixed);
        ExperimentResult result = TestResults.result(id, Optional.of(CAMPAIGN), mixed, 0);
        assertThat(ledger.append(result)).isTrue();
        assertThat(ledger.find(id)).contains(result);
    }

    @Test
    void a_result_comes_back_as_it_was_recorded() {
        for (int index = 0; index < 5; index++) {
            ExperimentResult result = TestResults.result("spring", index);
            ExperimentId id = result.experiment().id();
            ledger.append(CAMPAIGN, id, result.experiment().proposal());
            assertThat(ledger.append(result)).isTrue();
            assertThat(ledger.find(id)).contains(result);
        }
    }

    // Recording is idempotent, for a worker may deliver a result twice.
    @Test
    void a_second_result_of_one_experiment_changes_nothing() {
        ExperimentResult first = TestResults.result("spring", 0);
        ExperimentResult second =
                TestResults.result(
                        first.experiment().id(),
                        Optional.of(CAMPAIGN),
                        first.experiment().proposal(),
                        3);
        assertThat(second).isNotEqualTo(first);
        assertThat(ledger.append(first)).isTrue();
        assertThat(ledger.append(second)).isFalse();
        assertThat(ledger.results()).containsExactly(first);
    }

    @Test
    void a_result_outside_any_campaign_brings_its_proposal() {
        ExperimentResult result =
                TestResults.result(
                        new ExperimentId("By-Hand.1"),
                        Optional.empty(),
                        TestResults.proposal(3),
                        3);
        assertThat(ledger.append(result)).isTrue();
        assertThat(ledger.find(result.experiment().id())).contains(result);
        assertThat(ledger.findProposal(result.experiment().id()))
                .contains(result.experiment().proposal());
        assertThat(ledger.results()).containsExactly(result);
        assertThat(ledger.results(CAMPAIGN)).isEmpty();
    }

    @Test
    void a_result_of_another_candidate_than_proposed_is_refused() {
        ExperimentId id = CAMPAIGN.experimentId(0);
        ledger.append(CAMPAIGN, id, TestResults.proposal(1));
        ExperimentResult other = TestResults.result("spring", 0);
        assertThatThrownBy(() -> ledger.append(other))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("spring.0000")
                .hasMessageContaining(TestResults.proposal(1).candidate().id().sha256())
                .hasMessageContaining(TestResults.proposal(0).candidate().id().sha256());
        assertThat(ledger.results()).isEmpty();
        assertThat(ledger.findProposal(id)).contains(TestResults.proposal(1));
    }

    @Test
    void results_come_in_the_order_in_which_they_were_recorded() {
        List<ExperimentResult> spring = new ArrayList<>();
        List<ExperimentResult> all = new ArrayList<>();
        for (int index : new int[] {4, 0, 2, 1, 3}) {
            spring.add(TestResults.result("spring", index));
            all.add(spring.getLast());
            all.add(TestResults.result("autumn", index));
        }
        all.forEach(ledger::append);
        assertThat(ledger.results(CAMPAIGN)).isEqualTo(spring);
        assertThat(ledger.results()).isEqualTo(all);
    }

    // Requirement 19
    @Test
    void everything_is_there_after_it_was_closed_and_opened() {
        Campaign campaign = TestResults.campaign("spring");
        ExperimentResult result = TestResults.result("spring", 0);
        ledger.append(campaign);
        ledger.append(CAMPAIGN, CAMPAIGN.experimentId(1), TestResults.proposal(1));
        ledger.append(result);
        ledger.close();
        ledger = open();
        assertThat(ledger.campaigns()).containsExactly(campaign);
        assertThat(ledger.results()).containsExactly(result);
        assertThat(ledger.findProposal(CAMPAIGN.experimentId(1))).contains(TestResults.proposal(1));
    }

    @Test
    void two_ledgers_on_one_file_see_each_other() {
        try (Ledger second = open()) {
            ExperimentResult result = TestResults.result("spring", 0);
            assertThat(ledger.append(result)).isTrue();
            assertThat(second.append(result)).isFalse();
            assertThat(second.results()).containsExactly(result);
        }
    }

    @Test
    void many_threads_record_each_result_once() throws Exception {
        int count = 40;
        try (Ledger second = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> appended = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                ExperimentResult result = TestResults.result("spring", index);
                appended.add(threads.submit(() -> ledger.append(result)));
                appended.add(threads.submit(() -> second.append(result)));
                threads.submit(() -> ledger.results(CAMPAIGN));
            }
            int recorded = 0;
            for (Future<Boolean> future : appended) {
                recorded += future.get() ? 1 : 0;
            }
            assertThat(recorded).isEqualTo(count);
        }
        assertThat(ledger.results(CAMPAIGN)).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void an_interrupted_thread_can_still_record() {
        ExperimentResult result = TestResults.result("spring", 0);
        Thread.currentThread().interrupt();
        try {
            assertThat(ledger.append(result)).isTrue();
            assertThat(ledger.results()).containsExactly(result);
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
    }

    @Test
    void a_closed_ledger_says_so() {
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.results())
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("closed");
    }

    /// In pages, while others record; what was read stays in its place.
    @Test
    void who_looks_reads_rows_in_the_order_of_recording() {
        ExperimentId first = CAMPAIGN.experimentId(0);
        ledger.append(CAMPAIGN, first, TestResults.proposal(0));
        try (LedgerView view = openView()) {
            assertThat(view.resultRows(0, 10)).isEmpty();
            assertThat(view.findResultRow(first)).isEmpty();
            for (int index : List.of(2, 0, 1)) {
                ledger.append(TestResults.result("spring", index));
            }
            assertThat(view.proposalRows(0, 10).stream().map(row -> row.experiment().value()))
                    .containsExactly("spring.0000", "spring.0002", "spring.0001");
            LedgerView.ProposalRow proposal = view.proposalRows(0, 1).getFirst();
            Proposal recorded = TestResults.proposal(0);
            assertThat(proposal.candidate()).isEqualTo(recorded.candidate().id());
            assertThat(proposal.parents()).isEqualTo(recorded.parents());
            assertThat(proposal.campaign()).hasValue(CAMPAIGN);

            List<LedgerView.ResultRow> page = view.resultRows(0, 2);
            assertThat(page.stream().map(row -> row.experiment().value()))
                    .containsExactly("spring.0002", "spring.0000");
            List<LedgerView.ResultRow> rest = view.resultRows(page.getLast().position(), 2);
            assertThat(rest.stream().map(row -> row.experiment().value()))
                    .containsExactly("spring.0001");
            assertThat(view.resultRows(rest.getLast().position(), 2)).isEmpty();
            assertThat(view.findResultRow(first)).hasValue(page.getLast());
            assertThat(page.getLast().document())
                    .isEqualTo(Json.line(ExperimentJson.write(TestResults.result("spring", 0))));
        }
    }

    /// So that who follows a ledger need not read its lists to learn that nothing is new.
    @Test
    void the_version_changes_when_somebody_else_records() {
        try (LedgerView view = openView()) {
            long before = view.version();
            assertThat(view.version()).isEqualTo(before);
            ledger.append(TestResults.result("spring", 0));
            assertThat(view.version()).isNotEqualTo(before);
        }
    }

    @Test
    void a_mark_is_kept_once_and_comes_back_as_it_was() {
        Mark star = new Mark(TestResults.START, "star", "spring.0000", "127.0.0.1", "", "key-1");
        Mark note =
                new Mark(TestResults.START, "note", "spring.0001", "somebody", "ü <b>", "key-2");
        try (LedgerView view = openView()) {
            assertThat(view.append(star)).isTrue();
            assertThat(view.append(note)).isTrue();
            assertThat(view.append(star)).isFalse();
            assertThat(view.markRows(0, 10).stream().map(LedgerView.MarkRow::mark))
                    .containsExactly(star, note);
        }
        try (LedgerView view = openView()) {
            LedgerView.MarkRow kept = view.markRows(0, 1).getFirst();
            assertThat(kept.mark()).isEqualTo(star);
            assertThat(view.markRows(kept.position(), 10).stream().map(LedgerView.MarkRow::mark))
                    .containsExactly(note);
        }
    }
}
