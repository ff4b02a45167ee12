package aiv1.proposer.reply;

/// What messages say was expected.
final class Expected {
    static final String BLOCKS =
            "fenced code blocks named encoder.py or encoder.c, and decoder.py or decoder.c";
    static final String EDITS = "SEARCH/REPLACE edits in blocks named for the part";

    private Expected() {}

    static String reply(boolean hasParent) {
        return hasParent ? BLOCKS + ", or " + EDITS : BLOCKS;
    }
}
