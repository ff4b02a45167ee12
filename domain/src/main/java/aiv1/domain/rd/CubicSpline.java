package aiv1.domain.rd;

/// A piecewise cubic in Hermite form through given knots: values and slopes, integrated exactly.
///
/// Two ways to choose the slopes are used for BD-rate: PCHIP (Fritsch and Carlson 1980, with the
/// three-point end formula) and Akima (1970). Both follow the definitions that SciPy's
/// `PchipInterpolator` and `Akima1DInterpolator` document.
final class CubicSpline {
    private static final double AKIMA_FLAT = 1e-9;

    private final double[] x;
    private final double[] y;
    private final double[] slope;

    private CubicSpline(double[] x, double[] y, double[] slope) {
        this.x = x;
        this.y = y;
        this.slope = slope;
    }

    /// Monotone: never overshoots the data. `x` strictly increasing, at least three knots.
    static CubicSpline pchip(double[] x, double[] y) {
        int n = x.length;
        double[] h = differences(x);
        double[] m = secants(x, y);
        double[] d = new double[n];
        for (int k = 1; k < n - 1; k++) {
            if (m[k - 1] * m[k] > 0) {
                double w1 = 2 * h[k] + h[k - 1];
                double w2 = h[k] + 2 * h[k - 1];
                d[k] = (w1 + w2) / (w1 / m[k - 1] + w2 / m[k]);
            }
        }
        d[0] = pchipEnd(h[0], h[1], m[0], m[1]);
        d[n - 1] = pchipEnd(h[n - 2], h[n - 3], m[n - 2], m[n - 3]);
        return new CubicSpline(x, y, d);
    }

    /// Local: each slope looks at two knots either side. `x` strictly increasing, at least three
    /// knots.
    static CubicSpline akima(double[] x, double[] y) {
        int n = x.length;
        double[] inner = secants(x, y);
        double[] m = new double[n + 3];
        System.arraycopy(inner, 0, m, 2, n - 1);
        m[1] = 2 * m[2] - m[3];
        m[0] = 2 * m[1] - m[2];
        m[n + 1] = 2 * m[n] - m[n - 1];
        m[n + 2] = 2 * m[n + 1] - m[n];
        double[] weight = new double[n];
        double weightMax = 0;
        for (int k = 0; k < n; k++) {
            weight[k] = Math.abs(m[k + 3] - m[k + 2]) + Math.abs(m[k + 1] - m[k]);
            weightMax = Math.max(weightMax, weight[k]);
        }
        double[] d = new double[n];
        for (int k = 0; k < n; k++) {
            double after = Math.abs(m[k + 3] - m[k + 2]);
            double before = Math.abs(m[k + 1] - m[k]);
            d[k] =
                    weight[k] > AKIMA_FLAT * weightMax
                            ? (after * m[k + 1] + before * m[k + 2]) / (after + before)
                            : (m[k + 1] + m[k + 2]) / 2;
        }
        return new CubicSpline(x, y, d);
    }

    /// The exact integral from `low` to `high`, both within the knots.
    double integral(double low, double high) {
        double sum = 0;
        for (int k = 0; k < x.length - 1; k++) {
            double from = Math.max(low, x[k]);
            double to = Math.min(high, x[k + 1]);
            if (to > from) {
                sum += antiderivative(k, to - x[k]) - antiderivative(k, from - x[k]);
            }
        }
        return sum;
    }

    private double antiderivative(int k, double t) {
        double h = x[k + 1] - x[k];
        double m = (y[k + 1] - y[k]) / h;
        double c2 = (3 * m - 2 * slope[k] - slope[k + 1]) / h;
        double c3 = (slope[k] + slope[k + 1] - 2 * m) / (h * h);
        return t * (y[k] + t * (slope[k] / 2 + t * (c2 / 3 + t * c3 / 4)));
    }

    private static double pchipEnd(double h0, double h1, double m0, double m1) {
        double d = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1);
        if (d * m0 <= 0) {
            return 0;
        }
        return m0 * m1 <= 0 && Math.abs(d) > 3 * Math.abs(m0) ? 3 * m0 : d;
    }

    private static double[] differences(double[] values) {
        double[] result = new double[values.length - 1];
        for (int k = 0; k < result.length; k++) {
            result[k] = values[k + 1] - values[k];
        }
        return result;
    }

    private static double[] secants(double[] x, double[] y) {
        double[] result = new double[x.length - 1];
        for (int k = 0; k < result.length; k++) {
            result[k] = (y[k + 1] - y[k]) / (x[k + 1] - x[k]);
        }
        return result;
    }
}
