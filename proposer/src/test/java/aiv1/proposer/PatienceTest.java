package aiv1.proposer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.NoProposalException;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatienceTest {
    private final Patience patience = new Patience(5, new SplittableRandom(3), duration -> {});

    @Test
    void waits_grow_and_are_jittered_in_their_upper_half() {
        for (int failures = 1; failures < 5; failures++) {
            Duration ceiling = Patience.FIRST.multipliedBy(1L << (failures - 1));
            assertThat(patience.after(failures, new ModelException(Kind.OVERLOADED, "full")))
                    .isBetween(ceiling.dividedBy(2), ceiling);
        }
        Patience long_ = new Patience(100, new SplittableRandom(3), duration -> {});
        assertThat(long_.after(60, new ModelException(Kind.OVERLOADED, "full")))
                .isLessThanOrEqualTo(Patience.WAIT_MAX);
    }

    @Test
    void the_providers_own_wait_is_honoured() {
        ModelException asked =
                new ModelException(
                        Kind.RATE_LIMITED, "slow down", Optional.of(Duration.ofSeconds(90)));
        assertThat(patience.after(1, asked)).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void it_gives_up_after_so_many_in_a_row() {
        assertThatThrownBy(() -> patience.after(5, new ModelException(Kind.UNREACHABLE, "gone")))
                .isInstanceOfSatisfying(
                        NoProposalException.class,
                        none ->
                                assertThat(none.kind())
                                        .isEqualTo(NoProposalException.Kind.UNAVAILABLE))
                .hasMessage("gone, 5 times in a row");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_cannot_pass_is_not_waited_for(Kind kind) {
        ModelException failure = new ModelException(kind, "so it is");
        if (kind.mayPass()) {
            assertThat(patience.after(1, failure)).isPositive();
        } else {
            assertThatThrownBy(() -> patience.after(1, failure))
                    .isInstanceOfSatisfying(
                            NoProposalException.class,
                            none ->
                                    assertThat(none.kind())
                                            .isEqualTo(
                                                    kind == Kind.INTERRUPTED
                                                            ? NoProposalException.Kind.INTERRUPTED
                                                            : NoProposalException.Kind
                                                                    .UNAVAILABLE));
        }
    }
}
