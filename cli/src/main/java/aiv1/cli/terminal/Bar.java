package aiv1.cli.terminal;

/// A bar of progress in plain characters.
public final class Bar {
    private Bar() {}

    /// `width` characters, filled in proportion to `done` of `total`.
    public static String of(int done, int total, int width) {
        int filled = total <= 0 ? 0 : (int) Math.min(width, (long) done * width / total);
        return "#".repeat(filled) + ".".repeat(width - filled);
    }
}
