package aiv1.proposer;

import aiv1.domain.candidate.Candidate;
import java.util.Optional;

/// Tells candidates apart by what they do, not by how they are laid out; empty for source that does
/// not parse.
@FunctionalInterface
public interface Signatures {
    Signatures NONE = candidate -> Optional.empty();

    Optional<String> of(Candidate candidate);
}
