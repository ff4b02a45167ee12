package aiv1.domain.rd;

import java.util.Comparator;
import java.util.List;

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

    double[] qualities() {
        return points.stream().mapToDouble(RatePoint::quality).toArray();
    }

    double[] logRates() {
        return points.stream().mapToDouble(point -> Math.log10(point.bitrateKbps())).toArray();
    }
}
