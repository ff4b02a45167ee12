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

    private static final int REST_LENGTH_MIN = 20;
    private static final int REST_LENGTH_USUAL = 90;

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

    /// `text` cleaned and cut to what is left of a line of which some columns are used, nothing
    /// where that is too little; where lines have no end, cut to a length that reads well.
    public String rest(int usedColumnCount, String text) {
        if (!isLive) {
            return clean(text, REST_LENGTH_USUAL);
        }
        int room = columnCount - usedColumnCount - 1;
        return room < REST_LENGTH_MIN ? "" : clean(text, room);
    }

    /// `text` with a space for each control character and each mark that turns the direction of
    /// writing, at most `lengthMax` long.
    public static String clean(String text, int lengthMax) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(point -> isInvisible(point) ? ' ' : point)
                .limit(lengthMax)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isInvisible(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
    }

    private String colour(String code, String text) {
        return isColoured ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}
