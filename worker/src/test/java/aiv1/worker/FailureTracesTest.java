package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTracesTest {
    private final Map<ArtifactId, byte[]> stored = new HashMap<>();
    private final FailureTraces traces =
            new FailureTraces(
                    new ArtifactStore() {
                        @Override
                        public ArtifactId put(byte[] bytes) {
                            ArtifactId id = ArtifactId.of(bytes);
                            stored.put(id, bytes);
                            return id;
                        }

                        @Override
                        public Optional<byte[]> find(ArtifactId id) {
                            return Optional.ofNullable(stored.get(id));
                        }
                    });

    @Test
    void the_result_keeps_the_end_and_the_artifact_all_of_it() {
        String written = "start " + "x".repeat(10_000) + " end";
        RunOutcome kept =
                traces.keep(
                        new RunOutcome.Crashed(
                                Failure.of(Stage.DECODE, FailureCategory.EXCEPTION, "odd size")
                                        .withStderrTail(written)));
        assertThat(kept).isInstanceOf(RunOutcome.Crashed.class);
        Failure failure = ((RunOutcome.NotMeasured) kept).failure();
        assertThat(failure.stderrTail()).hasSize(FailureTraces.TAIL_LENGTH).endsWith(" end");
        byte[] trace = stored.get(failure.trace().orElseThrow());
        assertThat(new String(trace, StandardCharsets.UTF_8))
                .startsWith("decode: exception: odd size")
                .contains(written);
    }
}
