package aiv1.domain.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RdCurveTest {
    private final RdCurve curve =
            new RdCurve(
                    List.of(
                            new RatePoint(400, 40),
                            new RatePoint(100, 30),
                            new RatePoint(200, 34)));

    @Test
    void the_bitrate_between_two_points_is_their_geometric_mean() {
        assertThat(curve.bitrateKbpsAt(32).getAsDouble())
                .isCloseTo(Math.sqrt(100.0 * 200), within(1e-9));
        assertThat(curve.bitrateKbpsAt(40)).hasValue(400);
        assertThat(curve.bitrateKbpsAt(30)).hasValue(100);
    }

    @Test
    void beyond_its_range_a_curve_says_nothing() {
        assertThat(curve.bitrateKbpsAt(29.99)).isEqualTo(OptionalDouble.empty());
        assertThat(curve.bitrateKbpsAt(40.01)).isEqualTo(OptionalDouble.empty());
        assertThat(new RdCurve(List.of(new RatePoint(1, 1))).bitrateKbpsAt(1)).isEmpty();
    }
}
