package aiv1.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/// Standard error as people see it: lines that stay, and on a terminal a block below them that is
/// redrawn in place.
///
/// Thread-safe. Text from candidates is cleaned of control characters before it is printed, so that
/// it cannot drive the terminal.
public final class Screen {
    private static final String ESCAPE = "\u001b[";

    private final PrintStream out;
    private final boolean isLive;
    private final boolean isColoured;
    private final int columnCount;
    private int blockLineCount;

    public Screen(PrintStream out, boolean isLive, boolean isColoured, int columnCount) {
        this.out = out;
        this.isLive = isLive;
        this.isColoured = isColoured;
        this.columnCount = columnCount;
    }

    public boolean isLive() {
        return isLive;
    }

    /// Prints a line that stays, above the block.
    public synchronized void line(String text) {
        eraseBlock();
        out.println(text);
        out.flush();
    }

    /// Replaces the block. Does nothing where there is no terminal.
    public synchronized void block(List<String> lines) {
        if (!isLive) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (blockLineCount > 0) {
            frame.append(ESCAPE).append(blockLineCount).append('A');
        }
        for (String line : lines) {
            String cut = line.length() < columnCount ? line : line.substring(0, columnCount - 1);
            frame.append('\r').append(cut).append(ESCAPE).append("K\n");
        }
        frame.append(ESCAPE).append("J");
        out.print(frame);
        out.flush();
        blockLineCount = lines.size();
    }

    public synchronized void eraseBlock() {
        if (blockLineCount > 0) {
            out.print(ESCAPE + blockLineCount + "A\r" + ESCAPE + "J");
            blockLineCount = 0;
        }
    }

    public String green(String text) {
        return colour("32", text);
    }

    public String red(String text) {
        return colour("31", text);
    }

    public String bold(String text) {
        return colour("1", text);
    }

    public String dim(String text) {
        return colour("2", text);
    }

    /// `text` without control characters, at most `lengthMax` long.
    public static String clean(String text, int lengthMax) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .limit(lengthMax)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private String colour(String code, String text) {
        return isColoured ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
