package aiv1.proposer.reply;

/// Where a run of lines occurs in others: how often, where first, and how far the best partial
/// match came (`longest` lines, ending before line `longestEnd`). Lines count from 0.
record LineSearch(int count, int first, int longest, int longestEnd) {
    static LineSearch in(int[] lines, int[] wanted) {
        if (wanted.length == 0) {
            return new LineSearch(0, 0, 0, 0);
        }
        int[] borders = borders(wanted);
        int count = 0;
        int first = 0;
        int longest = 0;
        int longestEnd = 0;
        int matched = 0;
        for (int at = 0; at < lines.length; at++) {
            while (matched > 0 && lines[at] != wanted[matched]) {
                matched = borders[matched - 1];
            }
            matched += lines[at] == wanted[matched] ? 1 : 0;
            if (matched == wanted.length) {
                first = count == 0 ? at + 1 - matched : first;
                count++;
                matched = borders[matched - 1];
            } else if (matched > longest) {
                longest = matched;
                longestEnd = at + 1;
            }
        }
        return new LineSearch(count, first, longest, longestEnd);
    }

    /// For each prefix, the length of its longest proper prefix that is also its suffix.
    private static int[] borders(int[] wanted) {
        int[] borders = new int[wanted.length];
        int matched = 0;
        for (int at = 1; at < wanted.length; at++) {
            while (matched > 0 && wanted[at] != wanted[matched]) {
                matched = borders[matched - 1];
            }
            matched += wanted[at] == wanted[matched] ? 1 : 0;
            borders[at] = matched;
        }
        return borders;
    }
}
