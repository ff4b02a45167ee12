package aiv1.worker.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Counts and loads as Prometheus reads them, text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/): the lines so far.
final class MetricsText {
    static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder lines = new StringBuilder();

    /// A label's value as it stands between quotes.
    static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    void head(String name, String type, String help) {
        lines.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
    }

    void gauge(String name, String help, double value) {
        head(name, "gauge", help);
        line(name, value);
    }

    void gauge(String name, String help, long value) {
        head(name, "gauge", help);
        line(name, value);
    }

    void counter(String name, String help, long value) {
        head(name, "counter", help);
        line(name, value);
    }

    void counters(String name, String help, String label, Map<?, Long> values) {
        head(name, "counter", help);
        new TreeMap<>(values)
                .forEach((key, value) -> line("%s{%s=\"%s\"}".formatted(name, label, key), value));
    }

    void line(String name, double value) {
        line(name, String.format(Locale.ROOT, "%.6f", value));
    }

    void line(String name, long value) {
        line(name, Long.toString(value));
    }

    private void line(String name, String value) {
        lines.append(name).append(' ').append(value).append('\n');
    }

    String text() {
        return lines.toString();
    }
}
