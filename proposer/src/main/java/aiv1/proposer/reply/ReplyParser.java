package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import java.util.Optional;

/// Stands in until the parser lands.
public final class ReplyParser {
    private ReplyParser() {}

    public static ParsedReply parse(String reply, Optional<Candidate> parent) {
        return new ParsedReply.Unparsable("no parser yet " + reply.length() + parent.isPresent());
    }
}
