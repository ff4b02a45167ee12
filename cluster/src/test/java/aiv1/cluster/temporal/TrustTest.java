package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.cluster.Remeasurement;
import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final byte[] BYTES = {1, 2, 3};

    private final ScriptedCluster.Heard heard = new ScriptedCluster.Heard();
    private final ExperimentResult first = Results.measured(Results.experiment("one"), BYTES);
    private final ExperimentResult second = Results.measured(Results.experiment("two"), BYTES);

    /// Never silently: who reads the log knows which numbers stand on a worker's word.
    @Test
    void a_check_that_cannot_be_made_is_told() {
        Remeasurement without =
                result -> {
                    throw new LabFaultException("clip c is gone");
                };
        new Trust(new SpotChecks(1, 7, Optional.of(without)), heard).require("w", first);
        new Trust(new SpotChecks(1, 7, Optional.empty()), heard).require("w", second);
        assertThat(heard.lines)
                .containsExactly(
                        "unchecked one w clip c is gone", "unchecked two w no sandbox is here");
    }

    @Test
    void what_a_liar_gave_before_is_measured_again() {
        SpotChecks checks = new SpotChecks(1, 7, Optional.of(new Turning()));
        Trust trust = new Trust(checks, heard);
        trust.require("w", first);
        assertThatThrownBy(() -> trust.require("w", second))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("two is not what its bitstreams give: other bytes");
        assertThatThrownBy(() -> trust.require("w", first)).isInstanceOf(LabFaultException.class);
        assertThat(heard.lines).containsExactly("disputed one w");
    }

    /// Finds nothing the first time, and something from then on.
    private static final class Turning implements Remeasurement {
        private boolean isAsked;

        @Override
        public List<String> differences(ExperimentResult result) {
            if (!isAsked) {
                isAsked = true;
                return List.of();
            }
            return List.of("other bytes");
        }
    }
}
