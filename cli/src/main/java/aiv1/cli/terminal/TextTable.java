package aiv1.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// A table of plain text: a header, rows, numbers right-aligned, two spaces between columns.
public final class TextTable {
    /// Which way a column leans.
    public enum Align {
        LEFT,
        RIGHT
    }

    private final List<String> headers = new ArrayList<>();
    private final List<Align> aligns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable column(String header, Align align) {
        headers.add(header);
        aligns.add(align);
        return this;
    }

    public TextTable left(String header) {
        return column(header, Align.LEFT);
    }

    public TextTable right(String header) {
        return column(header, Align.RIGHT);
    }

    public void row(String... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(
                    "row: expected %d cells, got %d".formatted(headers.size(), cells.length));
        }
        rows.add(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The lines, without trailing blanks.
    public List<String> lines() {
        int[] widths = new int[headers.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headers.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(headers, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ")
                    .append(aligns.get(column) == Align.LEFT ? cell + blanks : blanks + cell);
        }
        return line.toString().stripTrailing();
    }
}
