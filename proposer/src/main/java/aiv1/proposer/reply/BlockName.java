package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;

/// What a block of a reply says it is.
sealed interface BlockName {
    record OfPart(Part part) implements BlockName {}

    record OfRationale() implements BlockName {}

    /// A file that no candidate has, such as `main.py` or `encoder.cpp`.
    record OfOtherFile(String file) implements BlockName {}
}
