package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
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
        requireOneLanguage();
        guessShared(Part.COMMON);
        guessShared(Part.COMMON_H);
        takeFromParent(!edited.isEmpty());
        requireComplete();
        dropUnused();
        return new Candidate(sources, Contracts.of(sources, parent));
    }

    private void takeWhole(Part part, List<String> lines) throws Refused {
        String text = String.join("\n", lines) + "\n";
        if (part.isShared() && text.isBlank()) {
            remarks.add("an empty %s was left out".formatted(part.fileName()));
            return;
        }
        SourceCheck.require(part, text);
        SourceCheck.requireNoPlaceholder(part, part.fileName(), lines, parent.isPresent());
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
        return sources.keySet().stream().anyMatch(part -> !part.isShared());
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
        Part shared = module.get().shared();
        if (!Functions.isNativeCodec(text) || sources.containsKey(shared)) {
            throw new Refused(
                    "reply",
                    Expected.BLOCKS,
                    "one block with the functions of both, not of the native contract");
        }
        takeWhole(shared, module.get().lines());
        String include = "#include \"common.h\"\n";
        boolean isPython = shared.isPython();
        sources.put(
                isPython ? Part.ENCODER : Part.ENCODER_C,
                isPython ? "from common import encode\n" : include);
        sources.put(
                isPython ? Part.DECODER : Part.DECODER_C,
                isPython ? "from common import decode\n" : include);
        remarks.add(
                "one module held both functions; it became %s, %s by both parts"
                        .formatted(shared.fileName(), isPython ? "imported" : "included"));
    }

    /// The one nameless block that is left is what the parts import.
    private void guessShared(Part shared) throws Refused {
        if (sources.containsKey(shared) || !isUsed(shared)) {
            return;
        }
        List<Block> left = new ArrayList<>();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Other(Block block, Optional<String> file)
                    && file.isEmpty()
                    && (shared.isPython() ? block.mayBePython() : block.mayBeC())
                    && block.isClosed()) {
                left.add(block);
            }
        }
        if (left.size() == 1 && parent.flatMap(p -> p.source(shared)).isEmpty()) {
            takeWhole(shared, left.getFirst().lines());
            remarks.add(
                    "a nameless block was taken for %s, which the parts %s"
                            .formatted(
                                    shared.fileName(), shared.isPython() ? "import" : "include"));
        }
    }

    private boolean isUsed(Part shared) {
        return sources.entrySet().stream()
                .filter(entry -> entry.getKey().shared() == shared)
                .anyMatch(entry -> Functions.use(shared, entry.getValue()));
    }

    /// Whether an encoder or decoder so much as names the part, in whatever way it gets at it.
    private boolean isNamed(Part shared) {
        return sources.entrySet().stream()
                .filter(entry -> entry.getKey().shared() == shared && entry.getKey() != shared)
                .anyMatch(
                        entry ->
                                shared.isPython()
                                        ? entry.getValue().contains("common")
                                        : Functions.use(shared, entry.getValue()));
    }

    /// An edit that turns a part into another language leaves the same part twice.
    private void requireOneLanguage() throws Refused {
        for (Part part : List.of(Part.ENCODER, Part.DECODER)) {
            if (sources.containsKey(part) && sources.containsKey(part.inOtherLanguage())) {
                throw Selection.twice(part);
            }
        }
    }

    /// A new part replaces the parent's in either language. Two new parts that import nothing have
    /// no use for the parent's common part, nor has one that is left without its language.
    private void takeFromParent(boolean isEdit) {
        if (parent.isEmpty()) {
            return;
        }
        boolean isNew = hasEither(Part.ENCODER) && hasEither(Part.DECODER);
        for (Part part : Part.values()) {
            Optional<String> inherited = parent.get().source(part);
            if (inherited.isEmpty() || sources.containsKey(part)) {
                continue;
            }
            Part other = part.inOtherLanguage();
            if (!part.isShared() && sources.containsKey(other)) {
                remarks.add(
                        "%s takes the place of the parent's %s"
                                .formatted(other.fileName(), part.fileName()));
            } else if (!part.isShared() || (isNamed(part) && (isEdit || !isNew || isUsed(part)))) {
                sources.put(part, inherited.get());
                if (!isEdit) {
                    remarks.add(part.fileName() + " is not in the reply; the parent's stays");
                }
            }
        }
    }

    private boolean hasEither(Part part) {
        return sources.containsKey(part) || sources.containsKey(part.inOtherLanguage());
    }

    private void dropUnused() {
        for (Part shared : List.of(Part.COMMON, Part.COMMON_H)) {
            if (sources.containsKey(shared) && !isNamed(shared)) {
                sources.remove(shared);
                remarks.add(shared.fileName() + " is used by no part; it was left out");
            }
        }
    }

    private void requireComplete() throws Refused {
        boolean isInC = sources.keySet().stream().noneMatch(Part::isPython);
        for (Part part : List.of(Part.ENCODER, Part.DECODER)) {
            if (!hasEither(part)) {
                throw new Refused(
                        "reply",
                        Expected.BLOCKS,
                        "no %s, only %s"
                                .formatted(
                                        (isInC ? part.inOtherLanguage() : part).fileName(),
                                        String.join(
                                                " and ",
                                                sources.keySet().stream()
                                                        .map(Part::fileName)
                                                        .toList())));
            }
        }
        for (Part shared : List.of(Part.COMMON, Part.COMMON_H)) {
            if (isUsed(shared) && !sources.containsKey(shared)) {
                throw new Refused(
                        "reply",
                        "a block named %s, which the code %s"
                                .formatted(
                                        shared.fileName(),
                                        shared.isPython() ? "imports" : "includes"),
                        "none");
            }
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
}
