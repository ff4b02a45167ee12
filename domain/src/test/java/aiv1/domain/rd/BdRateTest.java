package aiv1.domain.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BdRateTest {
    private static final RdCurve ANCHOR =
            curve(9487.76, 40.037, 4593.60, 38.615, 2486.44, 36.845, 1358.24, 34.851);
    private static final RdCurve BETTER =
            curve(9787.80, 40.121, 4469.00, 38.651, 2451.52, 36.970, 1356.24, 34.987);

    /// Golden values from the README of FAU-LMS/bjontegaard, computed there with SciPy.
    @Test
    void agrees_with_the_reference_implementation() {
        BdRate.Percent result = percent(ANCHOR, BETTER);
        assertThat(result.percent()).isCloseTo(-4.4174853, within(1e-6));
        assertThat(result.akimaPercent()).isCloseTo(-4.4252452, within(1e-6));
        assertThat(result.isDoubtful()).isFalse();
    }

    @Test
    void a_curve_against_itself_is_zero() {
        assertThat(percent(ANCHOR, ANCHOR).percent()).isCloseTo(0, within(1e-12));
        assertThat(percent(ANCHOR, ANCHOR).overlap()).isEqualTo(1);
    }

    @Test
    void twice_the_rate_is_plus_one_hundred_percent() {
        List<RatePoint> doubled = new ArrayList<>();
        for (RatePoint point : ANCHOR.points()) {
            doubled.add(new RatePoint(2 * point.bitrateKbps(), point.quality()));
        }
        assertThat(percent(ANCHOR, new RdCurve(doubled)).percent()).isCloseTo(100, within(1e-9));
        assertThat(percent(new RdCurve(doubled), ANCHOR).percent()).isCloseTo(-50, within(1e-9));
    }

    @Test
    void rejects_fewer_than_four_points() {
        RdCurve three = new RdCurve(ANCHOR.points().subList(0, 3));
        assertThat(reason(ANCHOR, three))
                .startsWith("too few points")
                .contains("got 4 of the anchor and 3");
    }

    @Test
    void never_extrapolates() {
        RdCurve far = curve(10, 20, 20, 22, 30, 24, 40, 26);
        assertThat(reason(ANCHOR, far))
                .startsWith("no overlap")
                .contains("34.85")
                .contains("26.00");
    }

    @Test
    void refuses_a_curve_on_which_more_bits_look_worse() {
        RdCurve bent = curve(1000, 34, 2000, 37, 3000, 36.5, 4000, 39);
        assertThat(reason(ANCHOR, bent)).startsWith("not monotonic").contains("test's");
        assertThat(reason(bent, ANCHOR)).contains("anchor's");
    }

    @Test
    void says_when_little_overlaps() {
        RdCurve higher = curve(9000, 39.5, 12000, 41, 16000, 43, 20000, 45);
        assertThat(percent(ANCHOR, higher).isDoubtful()).isTrue();
    }

    private static BdRate.Percent percent(RdCurve anchor, RdCurve test) {
        return (BdRate.Percent) BdRate.compute(new BdRate.Comparison(anchor, test));
    }

    private static String reason(RdCurve anchor, RdCurve test) {
        return ((BdRate.Absent) BdRate.compute(new BdRate.Comparison(anchor, test))).reason();
    }

    private static RdCurve curve(double... ratesAndQualities) {
        List<RatePoint> points = new ArrayList<>();
        for (int i = 0; i < ratesAndQualities.length; i += 2) {
            points.add(new RatePoint(ratesAndQualities[i], ratesAndQualities[i + 1]));
        }
        return new RdCurve(points);
    }
}
