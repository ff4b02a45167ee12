package aiv1.proposer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixProposerTest {
    private record Named(String name) implements Proposer {
        @Override
        public Proposal propose(Brief brief, List<ExperimentResult> parents) {
            return new Proposal(Fixtures.candidate("codec"), "", List.of(), name);
        }
    }

    private record Dead(String name, NoProposalException.Kind kind) implements Proposer {
        @Override
        public Proposal propose(Brief brief, List<ExperimentResult> parents) {
            throw new NoProposalException(kind, name + " is gone");
        }
    }

    @Test
    void shares_follow_the_weights_and_the_seed() {
        MixProposer mix = mix(new Named("often"), 3, new Named("seldom"), 1);
        int often = 0;
        for (int index = 0; index < 400; index++) {
            Brief brief = Fixtures.brief(index, List.of());
            String proposer = mix.propose(brief, List.of()).proposer();
            assertThat(mix.propose(brief, List.of()).proposer()).isEqualTo(proposer);
            often += proposer.equals("often") ? 1 : 0;
        }
        assertThat(often).isBetween(260, 340);
        assertThat(mix.name()).isEqualTo("often=3+seldom=1");
    }

    @Test
    void the_others_step_in_for_one_that_is_gone() {
        for (NoProposalException.Kind kind :
                List.of(
                        NoProposalException.Kind.UNAVAILABLE,
                        NoProposalException.Kind.BUDGET_USED)) {
            MixProposer mix = mix(new Dead("a", kind), 1000, new Named("b"), 1);
            for (int index = 0; index < 10; index++) {
                assertThat(mix.propose(Fixtures.brief(index, List.of()), List.of()).proposer())
                        .isEqualTo("b");
            }
        }
    }

    @Test
    void when_none_is_left_the_campaign_hears_of_all() {
        MixProposer mix =
                mix(
                        new Dead("a", NoProposalException.Kind.UNAVAILABLE),
                        1,
                        new Dead("b", NoProposalException.Kind.BUDGET_USED),
                        1);
        assertThatThrownBy(() -> mix.propose(Fixtures.brief(0, List.of()), List.of()))
                .isInstanceOfSatisfying(
                        NoProposalException.class,
                        none ->
                                assertThat(none.kind())
                                        .isEqualTo(NoProposalException.Kind.UNAVAILABLE))
                .hasMessageContaining("a is gone")
                .hasMessageContaining("b is gone");
    }

    private static MixProposer mix(Proposer a, int first, Proposer b, int second) {
        return new MixProposer(
                List.of(new MixProposer.Share(a, first), new MixProposer.Share(b, second)));
    }
}
