package aiv1.dashboard.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Curves over two axes as one SVG element; series differ by colour, dash and marker.
///
/// `isLog` says whether the x axis is logarithmic: then each x is > 0.
record Plot(String title, String xLabel, String yLabel, boolean isLog, List<Series> series) {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 320;
    private static final int LEFT = 56;
    private static final int RIGHT = 606;
    private static final int TOP = 14;
    private static final int BOTTOM = 276;
    private static final int TICK_COUNT = 6;
    private static final List<Integer> LOG_TICKS = List.of(1, 2, 5);

    Plot {
        series = List.copyOf(series);
    }

    /// A curve; its points in the order in which they are joined.
    record Series(String name, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    /// One point, with what is said of it.
    record Point(double x, double y, String label) {}

    private record Axis(double low, double high, int from, int to, List<Double> ticks) {
        double at(double value) {
            return from + (value - low) / (high - low) * (to - from);
        }
    }

    void write(Markup out) {
        if (series.stream().allMatch(one -> one.points().isEmpty())) {
            out.element("p class=\"q\"", title + ": nothing was measured.");
            return;
        }
        Axis x = isLog ? logAxis(xs()) : axis(xs(), LEFT, RIGHT);
        Axis y = axis(ys(), BOTTOM, TOP);
        out.raw("<figure><figcaption>").text(title).raw("</figcaption>");
        out.raw(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, HEIGHT, Markup.escaped(title)));
        grid(out, x, y);
        for (int index = 0; index < series.size(); index++) {
            draw(out, index, x, y);
        }
        out.raw("</svg><ul class=\"legend\">");
        for (int index = 0; index < series.size(); index++) {
            out.raw(
                    "<li><svg viewBox=\"-16 -6 32 12\" width=\"32\" height=\"12\"><g class=\"s%d\"><path class=\"l\" d=\"M-15 0H15\"/>%s</g></svg>"
                            .formatted(index % 6, marker(index, 0, 0)));
            out.text(series.get(index).name()).raw("</li>");
        }
        out.raw("</ul></figure>\n");
    }

    private void grid(Markup out, Axis x, Axis y) {
        for (double tick : x.ticks()) {
            double at = x.at(tick);
            out.raw(line(at, TOP, at, BOTTOM));
            out.raw(label(at, BOTTOM + 16, "middle", number(isLog ? Math.pow(10, tick) : tick)));
        }
        for (double tick : y.ticks()) {
            out.raw(line(LEFT, y.at(tick), RIGHT, y.at(tick)));
            out.raw(label(LEFT - 6, y.at(tick) + 4, "end", number(tick)));
        }
        out.raw(
                label(
                        (LEFT + RIGHT) / 2.0,
                        HEIGHT - 8,
                        "middle",
                        xLabel + (isLog ? " (log)" : "")));
        out.raw(
                "<text transform=\"rotate(-90)\" x=\"%d\" y=\"12\" text-anchor=\"middle\">%s</text>\n"
                        .formatted(-(TOP + BOTTOM) / 2, Markup.escaped(yLabel)));
    }

    private void draw(Markup out, int index, Axis x, Axis y) {
        out.raw("<g class=\"s%d\"><path class=\"l\" d=\"".formatted(index % 6));
        String move = "M";
        for (Point point : series.get(index).points()) {
            out.raw("%s%s %s".formatted(move, digits(x.at(xOf(point))), digits(y.at(point.y()))));
            move = "L";
        }
        out.raw("\"/>\n");
        for (Point point : series.get(index).points()) {
            out.raw("<g><title>").text(point.label()).raw("</title>");
            out.raw(marker(index, x.at(xOf(point)), y.at(point.y()))).raw("</g>\n");
        }
        out.raw("</g>\n");
    }

    private static String marker(int index, double x, double y) {
        String shape =
                switch (index % 4) {
                    case 0 -> "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0 -3 0Z";
                    case 1 -> "M-3 -3H3V3H-3Z";
                    case 2 -> "M0 -4L4 3H-4Z";
                    default -> "M0 -4L4 0L0 4L-4 0Z";
                };
        return "<path class=\"m\" transform=\"translate(%s %s)\" d=\"%s\"/>"
                .formatted(digits(x), digits(y), shape);
    }

    private DoubleStream xs() {
        return series.stream().flatMap(one -> one.points().stream()).mapToDouble(this::xOf);
    }

    private DoubleStream ys() {
        return series.stream().flatMap(one -> one.points().stream()).mapToDouble(Point::y);
    }

    private double xOf(Point point) {
        return isLog ? Math.log10(point.x()) : point.x();
    }

    private static Axis axis(DoubleStream values, int from, int to) {
        double[] all = values.toArray();
        double min = DoubleStream.of(all).min().orElse(0);
        double max = DoubleStream.of(all).max().orElse(1);
        double span = max > min ? max - min : 1;
        double power = Math.pow(10, Math.floor(Math.log10(span / TICK_COUNT)));
        double rough = span / TICK_COUNT / power;
        double step = power * (rough <= 1 ? 1 : rough <= 2 ? 2 : rough <= 5 ? 5 : 10);
        double low = Math.floor(min / step) * step;
        int count = (int) Math.max(1, Math.ceil((max - low) / step - 1e-9));
        List<Double> ticks = new ArrayList<>();
        for (int tick = 0; tick <= count; tick++) {
            ticks.add(low + tick * step);
        }
        return new Axis(low, low + count * step, from, to, ticks);
    }

    private static Axis logAxis(DoubleStream logs) {
        double[] all = logs.toArray();
        double low = DoubleStream.of(all).min().orElse(0) - 0.05;
        double high = DoubleStream.of(all).max().orElse(1) + 0.05;
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(low); power <= high; power++) {
            for (int part : LOG_TICKS) {
                double tick = power + Math.log10(part);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return new Axis(low, high, LEFT, RIGHT, ticks);
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(digits(x1), digits(y1), digits(x2), digits(y2));
    }

    private static String label(double x, double y, String anchor, String text) {
        return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(digits(x), digits(y), anchor, Markup.escaped(text));
    }

    private static String number(double value) {
        double rounded = Math.round(value * 1000) / 1000.0;
        return rounded == Math.rint(rounded)
                ? String.format(Locale.ROOT, "%.0f", rounded)
                : Double.toString(rounded);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
