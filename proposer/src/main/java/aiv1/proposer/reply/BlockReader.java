package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides what a block is: by its info string, its first line, the line before it, the nearest
/// heading, and last by the functions it defines.
final class BlockReader {
    private BlockReader() {}

    static List<Reading> read(List<Block> blocks) throws Refused {
        List<Reading> readings = new ArrayList<>();
        for (Block block : blocks) {
            readings.addAll(read(block));
        }
        return readings;
    }

    private static List<Reading> read(Block block) throws Refused {
        Optional<BlockName> name = name(block);
        Optional<Part> part =
                name.flatMap(BlockReader::part)
                        .or(() -> mentioned(block).map(said -> inLanguage(said, block)));
        if (EditReader.hasEdits(block.lines())) {
            return List.of(edits(block, part));
        }
        if (isDiff(block)) {
            return List.of(new Reading.Diff(part));
        }
        List<Reading> files = severalFiles(block);
        if (!files.isEmpty()) {
            return files;
        }
        if (name.isPresent() && name.get() instanceof BlockName.OfPart(Part named)) {
            return List.of(source(named, block, true));
        }
        if (name.isPresent() && name.get() instanceof BlockName.OfRationale()) {
            return List.of(new Reading.Rationale(block.text()));
        }
        return List.of(byFunctions(block, name, part));
    }

    private static Reading.Edits edits(Block block, Optional<Part> part) throws Refused {
        if (!block.isClosed()) {
            String cut = part.map(named -> "the edits of " + named.fileName()).orElse("the edits");
            return new Reading.Edits(List.of(), Optional.of(cut));
        }
        return new Reading.Edits(EditReader.read(block.lines(), part), Optional.empty());
    }

    private static Reading byFunctions(
            Block block, Optional<BlockName> name, Optional<Part> mentioned) {
        Optional<String> file =
                name.isPresent() && name.get() instanceof BlockName.OfOtherFile(String other)
                        ? Optional.of(other)
                        : Optional.empty();
        String text = String.join("\n", body(block));
        if (text.isBlank() && block.isClosed()) {
            return new Reading.Other(block, file);
        }
        boolean isC = block.isC() || (block.mayBeC() && Functions.isC(text));
        String extension = isC ? ".c" : ".py";
        if (!(isC || block.mayBePython())
                || !file.map(other -> other.endsWith(extension)).orElse(true)) {
            return new Reading.Other(block, file);
        }
        Part encoder = isC ? Part.ENCODER_C : Part.ENCODER;
        Part decoder = isC ? Part.DECODER_C : Part.DECODER;
        boolean encodes = Functions.define(encoder, text);
        boolean decodes = Functions.define(decoder, text);
        if (encodes && decodes && block.isClosed()) {
            return new Reading.Both(encoder.shared(), body(block));
        }
        if (encodes != decodes) {
            return source(encodes ? encoder : decoder, block, false);
        }
        return !block.isClosed() && mentioned.isPresent()
                ? source(mentioned.get(), block, false)
                : new Reading.Other(block, file);
    }

    private static Reading.Source source(Part part, Block block, boolean isNamed) {
        return new Reading.Source(part, body(block), block.isClosed(), isNamed);
    }

    /// A name that can be trusted. What a heading further up says of a block in another language is
    /// not.
    private static Optional<BlockName> name(Block block) {
        Optional<BlockName> file = Names.inInfo(block.info()).filter(name -> namesFile(block));
        return file.isPresent() ? file : said(block).map(name -> inLanguage(name, block));
    }

    private static Optional<BlockName> said(Block block) {
        Optional<BlockName> name =
                Names.inInfo(block.info()).or(() -> block.firstLine().flatMap(Names::asLabel));
        if (name.isPresent() || !(block.mayBePython() || block.isC())) {
            return name;
        }
        return block.labels().stream()
                .filter(label -> !block.isC() || !label.contains(".py"))
                .flatMap(label -> Names.asLabel(label).stream())
                .findFirst();
    }

    private static boolean namesFile(Block block) {
        return block.info().contains(".");
    }

    private static BlockName inLanguage(BlockName name, Block block) {
        return name instanceof BlockName.OfPart(Part part)
                ? new BlockName.OfPart(inLanguage(part, block))
                : name;
    }

    /// "The encoder" is one in C if the block says that it is C, or is not Python but C.
    private static Part inLanguage(Part part, Block block) {
        boolean isC = block.isC() || (block.mayBeC() && Functions.isC(block.text()));
        return part.isPython() && isC ? part.inOtherLanguage() : part;
    }

    private static Optional<Part> mentioned(Block block) {
        return block.labels().stream().limit(1).findFirst().flatMap(Names::mentioned);
    }

    private static Optional<Part> part(BlockName name) {
        return name instanceof BlockName.OfPart(Part part) ? Optional.of(part) : Optional.empty();
    }

    /// The lines without a file name that is no comment, and without an indentation all share.
    private static List<String> body(Block block) {
        List<String> lines = new ArrayList<>(block.lines());
        while (!lines.isEmpty() && lines.getFirst().isBlank()) {
            lines.removeFirst();
        }
        if (!lines.isEmpty()
                && lines.getFirst()
                        .strip()
                        .matches("[`*]{0,3}[\\w/.]{1,100}\\.(py|c|h)[`*]{0,3}:?")) {
            lines.removeFirst();
        }
        int indent =
                lines.stream()
                        .filter(line -> !line.isBlank())
                        .mapToInt(line -> line.length() - line.stripLeading().length())
                        .min()
                        .orElse(0);
        return indent == 0
                ? lines
                : lines.stream()
                        .map(line -> line.substring(Math.min(indent, line.length())))
                        .toList();
    }

    private static boolean isDiff(Block block) {
        if (block.language().equals("diff") || block.language().equals("patch")) {
            return true;
        }
        boolean isAfterOld = false;
        for (String line : block.lines()) {
            if (line.startsWith("@@ -")
                    || line.startsWith("*** Begin Patch")
                    || (isAfterOld && line.startsWith("+++ "))) {
                return true;
            }
            isAfterOld = line.startsWith("--- ");
        }
        return false;
    }

    /// Several files in one block, each below a comment that is its name and nothing else.
    private static List<Reading> severalFiles(Block block) {
        if (block.firstLine().flatMap(BlockReader::fileComment).isEmpty()) {
            return List.of();
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String line : block.lines()) {
            fileComment(line).ifPresent(parts::add);
        }
        if (parts.size() < 2) {
            return List.of();
        }
        List<Reading> sources = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        Optional<Part> part = Optional.empty();
        for (String line : block.lines()) {
            Optional<Part> next = fileComment(line);
            if (next.isPresent()) {
                part.ifPresent(done -> sources.add(new Reading.Source(done, lines, true, true)));
                lines.clear();
                part = next;
            }
            lines.add(line);
        }
        part.ifPresent(
                last -> sources.add(new Reading.Source(last, lines, block.isClosed(), true)));
        return sources;
    }

    private static Optional<Part> fileComment(String line) {
        boolean isPython = line.startsWith("#") && line.contains(".py");
        boolean isC =
                (line.startsWith("//") || line.startsWith("/*"))
                        && (line.contains(".c") || line.contains(".h"));
        if (!isPython && !isC) {
            return Optional.empty();
        }
        return Names.asLabel(line).flatMap(BlockReader::part);
    }
}
