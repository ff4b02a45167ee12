package aiv1.proposer.reply;

/// What messages say was expected.
final class Expected {
    static final String BLOCKS = "fenced code blocks named encoder.py and decoder.py";
    static final String EDITS = "SEARCH/REPLACE edits in blocks named for the part";

    private Expected() {}

    static String reply(boolean hasParent) {
        return hasParent ? BLOCKS + ", or " + EDITS : BLOCKS;
    }
}
