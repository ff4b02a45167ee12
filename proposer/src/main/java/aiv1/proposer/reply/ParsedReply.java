package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import java.util.List;

/// What a reply came to.
public sealed interface ParsedReply {
    /// A candidate with its rationale (Markdown); `remarks` tell what had to be guessed or mended.
    record Found(Candidate candidate, String rationale, List<String> remarks)
            implements ParsedReply {
        public Found {
            remarks = List.copyOf(remarks);
        }
    }

    /// No candidate: `reason` is one sentence that the model can act on.
    record Unparsable(String reason) implements ParsedReply {}
}
