package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.sandbox.Sandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildBenchmarkTest {
    @Test
    void the_interpreted_codec_needs_neither_numba_nor_a_build() {
        String part =
                "from numba import njit\n\n@njit\ndef f():\n    pass\n\ndef warm_up():\n    f()\n";
        Candidate numba =
                new Candidate(
                        Map.of(Part.ENCODER, part, Part.DECODER, part, Part.COMMON, part),
                        Contract.NATIVE);
        Candidate python = BuildBenchmark.interpreted(numba);
        assertThat(Sandbox.needsBuild(numba)).isTrue();
        assertThat(Sandbox.needsBuild(python)).isFalse();
        assertThat(python.sources().values())
                .allSatisfy(
                        source -> assertThat(source).doesNotContain("import").contains("@njit"));
    }
}
