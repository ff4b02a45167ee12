package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the edits in a block. A line between two edits that names a part says where the following
/// ones belong.
final class EditReader {
    private enum State {
        OUTSIDE,
        SEARCH,
        REPLACE
    }

    private final List<PartEdit> edits = new ArrayList<>();
    private Optional<Part> part;
    private State state = State.OUTSIDE;
    private List<String> search = new ArrayList<>();
    private List<String> replace = new ArrayList<>();

    private EditReader(Optional<Part> part) {
        this.part = part;
    }

    /// An edit and the part it names, if it does.
    record PartEdit(Optional<Part> part, Edit edit) {}

    static boolean hasEdits(List<String> lines) {
        return lines.stream().anyMatch(EditMarks::isOpening);
    }

    static List<PartEdit> read(List<String> lines, Optional<Part> part) throws Refused {
        EditReader reader = new EditReader(part);
        for (String line : lines) {
            reader.take(line);
        }
        if (reader.state != State.OUTSIDE) {
            throw reader.malformed(
                    reader.state == State.SEARCH ? "'======='" : "'>>>>>>> REPLACE'",
                    "the end of the block");
        }
        return reader.edits;
    }

    private void take(String line) throws Refused {
        switch (state) {
            case OUTSIDE -> outside(line);
            case SEARCH -> {
                if (EditMarks.isDivider(line)) {
                    state = State.REPLACE;
                } else if (EditMarks.isOpening(line) || EditMarks.isClosing(line)) {
                    throw malformed("'=======' after the lines to search", Refused.quoted(line));
                } else {
                    search.add(line);
                }
            }
            case REPLACE -> {
                if (EditMarks.isClosing(line)) {
                    edits.add(new PartEdit(part, new Edit(search, replace)));
                    search = new ArrayList<>();
                    replace = new ArrayList<>();
                    state = State.OUTSIDE;
                } else if (EditMarks.isOpening(line) || EditMarks.isDivider(line)) {
                    throw malformed("'>>>>>>> REPLACE' after the new lines", Refused.quoted(line));
                } else {
                    replace.add(line);
                }
            }
        }
    }

    private void outside(String line) {
        if (EditMarks.isOpening(line)) {
            state = State.SEARCH;
            return;
        }
        Names.asLabel(line)
                .ifPresent(
                        name -> {
                            if (name instanceof BlockName.OfPart(Part named)) {
                                part = Optional.of(named);
                            }
                        });
    }

    private Refused malformed(String expected, String got) {
        String where =
                "edit %d of %s"
                        .formatted(
                                edits.size() + 1,
                                part.map(Part::fileName).orElse("a nameless block"));
        return new Refused(where, expected, got);
    }
}
