package aiv1.inventor;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InventorTest {
    private final Inventor inventor = new Inventor();

    private static Brief brief(int index, Set<CandidateId> tried) {
        return new Brief(
                new CampaignId("spring"),
                "less",
                index,
                40,
                Seeds.at(9, index),
                List.of(),
                List.of("x264"),
                LimitClass.LIGHT,
                tried,
                List.of());
    }

    @Test
    void an_equal_brief_gives_an_equal_proposal() {
        List<ExperimentResult> parents = Results.of(CodecWriter.write(Grammar.starts().getLast()));
        for (int index = 0; index < 20; index++) {
            assertThat(inventor.propose(brief(index, Set.of()), parents))
                    .isEqualTo(new Inventor().propose(brief(index, Set.of()), parents));
        }
    }

    @Test
    void nothing_is_proposed_twice_in_a_campaign() {
        Set<CandidateId> tried = new HashSet<>();
        List<ExperimentResult> parents = List.of();
        for (int index = 0; index < 60; index++) {
            Proposal proposal = inventor.propose(brief(index, tried), parents);
            assertThat(tried.add(proposal.candidate().id())).isTrue();
            parents = Results.of(proposal.candidate());
        }
    }

    @Test
    void starts_go_from_simple_to_advanced() {
        Genome first = genome(inventor.propose(brief(0, Set.of()), List.of()));
        Genome last = genome(inventor.propose(brief(5, Set.of()), List.of()));
        assertThat(first.has(Choice.RUN_LENGTH)).isTrue();
        assertThat(last.has(Choice.PYRAMID)).isTrue();
    }

    @Test
    void children_name_their_parents_and_what_changed() {
        Candidate first = CodecWriter.write(Grammar.starts().getFirst());
        Candidate second = CodecWriter.write(Grammar.starts().getLast());
        List<ExperimentResult> parents = Results.of(first, second);
        for (int index = 10; index < 30; index++) {
            Proposal proposal = inventor.propose(brief(index, Set.of(first.id())), parents);
            assertThat(proposal.parents()).isNotEmpty().first().isEqualTo(first.id());
            assertThat(proposal.rationale())
                    .contains("**What it is.**", first.id().abbreviated(), "instead of");
        }
    }

    @Test
    void a_parent_from_elsewhere_is_passed_over() {
        Candidate foreign =
                new Candidate(
                        Map.of(Part.ENCODER, "# genome: x", Part.DECODER, "pass"), Contract.NATIVE);
        Proposal proposal = inventor.propose(brief(10, Set.of()), Results.of(foreign));
        assertThat(proposal.parents()).isEmpty();
    }

    @Test
    void a_search_that_is_hemmed_in_goes_further_away() {
        Candidate parent = CodecWriter.write(Grammar.starts().getLast());
        Set<CandidateId> tried = new HashSet<>(Set.of(parent.id()));
        for (int round = 0; round < 150; round++) {
            Proposal proposal = inventor.propose(brief(10, tried), Results.of(parent));
            assertThat(tried.add(proposal.candidate().id())).isTrue();
        }
    }

    private static Genome genome(Proposal proposal) {
        return Genome.find(proposal.candidate()).orElseThrow();
    }
}
