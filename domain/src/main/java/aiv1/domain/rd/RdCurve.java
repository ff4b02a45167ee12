package aiv1.domain.rd;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// The rate points of one clip, ordered by bitrate. It may hold any number of points and need not
/// be monotonic: [BdRate] says what it can be compared with.
public record RdCurve(List<RatePoint> points) {
    public RdCurve {
        points =
                points.stream()
                        .sorted(
                                Comparator.comparingDouble(RatePoint::bitrateKbps)
                                        .thenComparingDouble(RatePoint::quality))
                        .toList();
    }

    /// Whether each more expensive point is strictly better.
    public boolean isMonotonic() {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).bitrateKbps() <= points.get(i - 1).bitrateKbps()
                    || points.get(i).quality() <= points.get(i - 1).quality()) {
                return false;
            }
        }
        return true;
    }

    /// The bitrate at which the curve first reaches `quality`, in kbit/s, on straight lines between
    /// neighbours over log10(bitrate); absent outside of the curve's range.
    public OptionalDouble bitrateKbpsAt(double quality) {
        for (int i = 1; i < points.size(); i++) {
            RatePoint low = points.get(i - 1);
            RatePoint high = points.get(i);
            if (low.quality() <= quality && quality <= high.quality()) {
                double step = high.quality() - low.quality();
                double share = step == 0 ? 0 : (quality - low.quality()) / step;
                double ratio = high.bitrateKbps() / low.bitrateKbps();
                return OptionalDouble.of(low.bitrateKbps() * Math.pow(ratio, share));
            }
        }
        return OptionalDouble.empty();
    }

    double[] qualities() {
        return points.stream().mapToDouble(RatePoint::quality).toArray();
    }

    double[] logRates() {
        return points.stream().mapToDouble(point -> Math.log10(point.bitrateKbps())).toArray();
    }
}
