package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Applies the edits of a reply to the parts of the parent.
final class PartEdits {
    /// More edits than this are no edit of a parent any more; bounds time, as each is searched for.
    static final int EDIT_COUNT_MAX = 200;

    private final Candidate parent;
    private final Map<Part, String> whole;
    private final List<String> remarks;
    private final Map<Part, EditedPart> edited = new EnumMap<>(Part.class);
    private int count;

    private PartEdits(Candidate parent, Map<Part, String> whole, List<String> remarks) {
        this.parent = parent;
        this.whole = whole;
        this.remarks = remarks;
    }

    /// Adds the edited parts to `sources` and returns which they are. Edits of a part that the
    /// reply also gives whole are left out.
    static Set<Part> apply(
            List<Reading> readings,
            Optional<Candidate> parent,
            Map<Part, String> sources,
            List<String> remarks)
            throws Refused {
        List<Reading.Edits> edits =
                readings.stream()
                        .filter(Reading.Edits.class::isInstance)
                        .map(Reading.Edits.class::cast)
                        .toList();
        if (edits.isEmpty()) {
            return Set.of();
        }
        if (parent.isEmpty()) {
            throw new Refused(
                    "reply",
                    Expected.BLOCKS,
                    "SEARCH/REPLACE edits, though there is no parent to edit");
        }
        PartEdits parts = new PartEdits(parent.get(), sources, remarks);
        for (Reading.Edits block : edits) {
            parts.take(block);
        }
        for (Map.Entry<Part, EditedPart> entry : parts.edited.entrySet()) {
            String text = entry.getValue().text();
            SourceCheck.require(entry.getKey(), text);
            sources.put(entry.getKey(), text);
        }
        return parts.edited.keySet();
    }

    private void take(Reading.Edits block) throws Refused {
        if (block.cut().isPresent()) {
            throw new Refused(
                    block.cut().get(),
                    "a closing fence after the last",
                    "a reply that ends within them");
        }
        Optional<Part> last = Optional.empty();
        for (EditReader.PartEdit edit : block.edits()) {
            count++;
            if (count > EDIT_COUNT_MAX) {
                throw new Refused("reply", "at most " + EDIT_COUNT_MAX + " edits", "more");
            }
            Optional<Part> guess = last;
            Part part =
                    edit.part()
                            .or(() -> onlyFit(edit.edit()))
                            .or(() -> guess)
                            .orElseThrow(
                                    () ->
                                            new Refused(
                                                    "edit " + count,
                                                    "a block named for the part that it edits",
                                                    "no name, and lines that fit no part alone"));
            last = Optional.of(part);
            take(part, edit.edit());
        }
    }

    private void take(Part named, Edit edit) throws Refused {
        Part part = inParentsLanguage(named, edit);
        if (whole.containsKey(part)) {
            String remark = part.fileName() + " is given whole; the edits of it were left out";
            if (!remarks.contains(remark)) {
                remarks.add(remark);
            }
            return;
        }
        SourceCheck.requireNoPlaceholder(
                part, "an edit of " + part.fileName(), edit.replace(), true);
        Optional<String> source = parent.source(part);
        boolean isNew = source.isEmpty() && !edited.containsKey(part);
        if (isNew && edit.search().stream().allMatch(String::isBlank)) {
            edited.put(part, new EditedPart(part, String.join("\n", edit.replace())));
            return;
        }
        if (isNew) {
            throw new Refused(
                    "an edit of " + part.fileName(),
                    "a part that the parent has",
                    "one that it has not; give the whole part");
        }
        of(part).apply(edit, remarks);
    }

    /// Who asks for lines of "the encoder" means the one that the parent has.
    private Part inParentsLanguage(Part named, Edit edit) {
        Part other = named.inOtherLanguage();
        boolean isOther =
                parent.source(named).isEmpty()
                        && parent.source(other).isPresent()
                        && !whole.containsKey(named)
                        && !edited.containsKey(named)
                        && !edit.search().stream().allMatch(String::isBlank);
        return isOther ? other : named;
    }

    /// The one part of the parent that has the lines of a nameless edit.
    private Optional<Part> onlyFit(Edit edit) {
        List<Part> fitting =
                parent.sources().keySet().stream().filter(part -> of(part).fits(edit)).toList();
        if (fitting.size() != 1) {
            return Optional.empty();
        }
        remarks.add("a nameless edit was taken for " + fitting.getFirst().fileName());
        return Optional.of(fitting.getFirst());
    }

    private EditedPart of(Part part) {
        return edited.computeIfAbsent(
                part, missing -> new EditedPart(part, parent.source(part).orElse("")));
    }
}
