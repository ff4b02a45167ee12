package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;
import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts a candidate together from what the blocks of a reply hold and from the parent.
final class Assembly {
    private final List<Reading> readings;
    private final Optional<Candidate> parent;
    private final List<String> remarks;
    private final Map<Part, String> sources = new EnumMap<>(Part.class);

    private Assembly(List<Reading> readings, Optional<Candidate> parent, List<String> remarks) {
        this.readings = readings;
        this.parent = parent;
        this.remarks = remarks;
    }

    static Candidate assemble(
            List<Reading> readings, Optional<Candidate> parent, List<String> remarks)
            throws Refused {
        return new Assembly(readings, parent, remarks).candidate();
    }

    private Candidate candidate() throws Refused {
        Map<Part, Reading.Source> chosen = Selection.choose(readings, remarks);
        requireOrder();
        for (Map.Entry<Part, Reading.Source> entry : chosen.entrySet()) {
            takeWhole(entry.getKey(), entry.getValue().lines());
        }
        Set<Part> edited = PartEdits.apply(readings, parent, sources, remarks);
        if (edited.isEmpty() && !hasEncoderOrDecoder()) {
            splitModule();
        }
        if (sources.isEmpty() && edited.isEmpty()) {
            throw nothing();
        }
        guessCommon();
        takeFromParent(!edited.isEmpty());
        requireComplete();
        Contract contract =
                ContractRecognition.recognise(source(Part.ENCODER), source(Part.DECODER))
                        .or(() -> parent.map(Candidate::contract))
                        .orElse(Contract.NATIVE);
        return new Candidate(sources, contract);
    }

    private void takeWhole(Part part, List<String> lines) throws Refused {
        String text = String.join("\n", lines) + "\n";
        if (part == Part.COMMON && text.isBlank()) {
            remarks.add("an empty common.py was left out");
            return;
        }
        SourceCheck.require(part, text);
        SourceCheck.requireNoPlaceholder(part.fileName(), lines, parent.isPresent());
        sources.put(part, text);
    }

    /// A whole part after edits of it is their result; edits after a whole part could mean either.
    private void requireOrder() throws Refused {
        Set<Part> whole = EnumSet.noneOf(Part.class);
        for (Reading reading : readings) {
            if (reading instanceof Reading.Source source && source.isWhole()) {
                whole.add(source.part());
            }
            if (reading instanceof Reading.Edits edits) {
                for (EditReader.PartEdit edit : edits.edits()) {
                    if (edit.part().isPresent() && whole.contains(edit.part().get())) {
                        throw new Refused(
                                edit.part().get().fileName(),
                                "either the whole part or edits of it",
                                "the whole part and then edits");
                    }
                }
            }
        }
    }

    private boolean hasEncoderOrDecoder() {
        return sources.containsKey(Part.ENCODER) || sources.containsKey(Part.DECODER);
    }

    /// One module with both functions serves as the common part, from which the others import.
    private void splitModule() throws Refused {
        Optional<Reading.Both> module = Optional.empty();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Both both) {
                module = Optional.of(both);
            }
        }
        if (module.isEmpty()) {
            return;
        }
        String text = String.join("\n", module.get().lines()) + "\n";
        if (!Functions.isNativeCodec(text) || sources.containsKey(Part.COMMON)) {
            throw new Refused(
                    "reply",
                    Expected.BLOCKS,
                    "one block with the functions of both, not of the native contract");
        }
        takeWhole(Part.COMMON, module.get().lines());
        sources.put(Part.ENCODER, "from common import encode\n");
        sources.put(Part.DECODER, "from common import decode\n");
        remarks.add("one module held both functions; it became common.py, imported by both parts");
    }

    /// The one nameless block that is left is what the parts import.
    private void guessCommon() throws Refused {
        if (sources.containsKey(Part.COMMON) || !importsCommon()) {
            return;
        }
        List<Block> left = new ArrayList<>();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Other(Block block, Optional<String> file)
                    && file.isEmpty()
                    && block.mayBePython()
                    && block.isClosed()) {
                left.add(block);
            }
        }
        if (left.size() == 1 && parent.flatMap(p -> p.source(Part.COMMON)).isEmpty()) {
            takeWhole(Part.COMMON, left.getFirst().lines());
            remarks.add("a nameless block was taken for common.py, which the parts import");
        }
    }

    private boolean importsCommon() {
        return sources.values().stream().anyMatch(Functions::importsCommon);
    }

    /// Two new parts that import nothing have no use for the parent's common part. Replies are in
    /// Python: a parent's parts in C are not mixed into them.
    private void takeFromParent(boolean isEdit) {
        if (parent.isEmpty()) {
            return;
        }
        boolean isNew = sources.containsKey(Part.ENCODER) && sources.containsKey(Part.DECODER);
        boolean needsCommon = isEdit || !isNew || importsCommon();
        for (Part part : Part.values()) {
            Optional<String> inherited = parent.get().source(part);
            if (inherited.isPresent()
                    && part.isPython()
                    && !sources.containsKey(part)
                    && (part != Part.COMMON || needsCommon)) {
                sources.put(part, inherited.get());
                if (!isEdit) {
                    remarks.add(part.fileName() + " is not in the reply; the parent's stays");
                }
            }
        }
    }

    private void requireComplete() throws Refused {
        for (Part part : new Part[] {Part.ENCODER, Part.DECODER}) {
            if (!sources.containsKey(part)) {
                throw new Refused(
                        "reply",
                        Expected.BLOCKS,
                        "no %s, only %s"
                                .formatted(
                                        part.fileName(),
                                        String.join(
                                                " and ",
                                                sources.keySet().stream()
                                                        .map(Part::fileName)
                                                        .toList())));
            }
        }
        if (importsCommon() && !sources.containsKey(Part.COMMON)) {
            throw new Refused("reply", "a block named common.py, which the code imports", "none");
        }
    }

    private Refused nothing() {
        String expected = Expected.reply(parent.isPresent());
        for (Reading reading : readings) {
            if (reading instanceof Reading.Diff) {
                return new Refused(
                        "reply", expected, "a unified diff, which is not understood here");
            }
        }
        for (Reading reading : readings) {
            if (reading instanceof Reading.Other(Block block, Optional<String> file)) {
                String what =
                        file.map(name -> "a block named " + name)
                                .orElse("code blocks that neither are named nor define them");
                return new Refused(
                        "reply",
                        expected,
                        block.isClosed() ? what : what + ", the last one without its end");
            }
        }
        return new Refused("reply", expected, "none");
    }

    private String source(Part part) {
        return Optional.ofNullable(sources.get(part)).orElse("");
    }
}
