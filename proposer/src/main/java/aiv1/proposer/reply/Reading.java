package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.List;
import java.util.Optional;

/// What a block turned out to hold.
sealed interface Reading {
    /// A whole part without blank lines at its end; `isWhole` is false when the reply ends within
    /// it, `isNamed` when only its functions tell which part it is.
    record Source(Part part, List<String> lines, boolean isWhole, boolean isNamed)
            implements Reading {
        public Source {
            int end = lines.size();
            while (end > 0 && lines.get(end - 1).isBlank()) {
                end--;
            }
            lines = List.copyOf(lines.subList(0, end));
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    /// One module with both functions of the native contract; `shared` is the part it can become.
    record Both(Part shared, List<String> lines) implements Reading {
        public Both {
            lines = List.copyOf(lines);
        }
    }

    /// Edits of the parent's parts; `cut` tells which part's when the reply ends within them.
    record Edits(List<EditReader.PartEdit> edits, Optional<String> cut) implements Reading {
        public Edits {
            edits = List.copyOf(edits);
        }
    }

    record Rationale(String text) implements Reading {}

    /// A unified diff or another patch format.
    record Diff(Optional<Part> part) implements Reading {}

    /// Anything else, such as an example or another file (then `file` names it).
    record Other(Block block, Optional<String> file) implements Reading {}
}
