package aiv1.inventor;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Writes a genome out as Python, with its loops over samples in C: one file for each part, made of
/// the blocks that the genome names and of nothing else.
final class CodecWriter {
    private static final int QUALITY_COUNT = 5;
    private static final List<String> DRIVER = List.of("driver");
    private static final String CALLS_C = "from aiv1 import c";

    /// Comments in C stay with the blocks: they would be a twentieth of a decoder's bytes, and each
    /// function has its words in Python too.
    private static final Pattern COMMENT =
            Pattern.compile("(?m)^ */\\*(?s:.*?)\\*/\n| */\\*(?s:.*?)\\*/");

    private CodecWriter() {}

    static Candidate write(Genome genome) {
        List<Block> blocks = new ArrayList<>(DRIVER.stream().map(Block::read).toList());
        for (Choice choice : genome.choices().values()) {
            choice.blocks().forEach(name -> blocks.add(Block.read(name)));
        }
        EnumMap<Part, String> sources = new EnumMap<>(Part.class);
        for (Part part : Block.PARTS) {
            sources.put(part, source(part, genome, blocks));
        }
        return new Candidate(sources, Contract.NATIVE);
    }

    private static String source(Part part, Genome genome, List<Block> blocks) {
        Set<String> imports = new TreeSet<>();
        List<String> bodies = new ArrayList<>();
        for (Block block : blocks) {
            StringBuilder body = new StringBuilder();
            for (String line : block.python(part).lines().toList()) {
                if (line.startsWith("import ") || line.startsWith("from ")) {
                    imports.add(line);
                } else {
                    body.append(line).append('\n');
                }
            }
            if (!body.toString().isBlank()) {
                bodies.add(body.toString().strip());
            }
        }
        String head = docstring(part, genome) + "\n" + String.join("\n", imports) + "\n";
        String constants = part == Part.COMMON ? "\n" + constants(genome) : "";
        return head
                + constants
                + c(part, genome, blocks)
                + "\n\n"
                + String.join("\n\n\n", bodies)
                + "\n";
    }

    /// The functions in C of a part, perhaps none, with those of the genome's numbers that they
    /// name.
    private static String c(Part part, Genome genome, List<Block> blocks) {
        List<String> bodies =
                blocks.stream().map(block -> block.c(part)).filter(c -> !c.isEmpty()).toList();
        boolean isCalled =
                blocks.stream().anyMatch(block -> block.python(Part.COMMON).contains(CALLS_C));
        if (bodies.isEmpty() || !isCalled) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nC_SOURCE = r\"\"\"\n");
        genome.knobs()
                .forEach(
                        (knob, value) -> {
                            Pattern word = Pattern.compile("\\b" + knob.name() + "\\b");
                            if (bodies.stream().anyMatch(body -> word.matcher(body).find())) {
                                text.append("#define %s %s\n".formatted(knob, Knob.text(value)));
                            }
                        });
        return text + COMMENT.matcher(String.join("\n\n", bodies)).replaceAll("") + "\n\"\"\"\n";
    }

    private static String docstring(Part part, Genome genome) {
        return switch (part) {
            case COMMON ->
                    "\"\"\"A video codec: %s.\n\n%s\n\"\"\"\n"
                            .formatted(genome.words(), genome.line());
            case ENCODER -> "\"\"\"The encoder: decides, and codes with what it shares.\"\"\"\n";
            case DECODER -> "\"\"\"The decoder.\"\"\"\n";
            case ENCODER_C, DECODER_C, COMMON_H ->
                    throw new IllegalArgumentException(part + ": expected a part in Python");
        };
    }

    private static String constants(Genome genome) {
        StringBuilder text = new StringBuilder();
        double top = genome.knobs().getOrDefault(Knob.QP_TOP, Knob.QP_TOP.usual());
        double spacing = genome.knobs().getOrDefault(Knob.QP_SPACING, Knob.QP_SPACING.usual());
        List<String> levels = new ArrayList<>();
        for (int quality = 0; quality < QUALITY_COUNT; quality++) {
            levels.add(Knob.text(top - spacing * quality));
        }
        text.append("QP = %s  # quantiser of each quality\n".formatted(levels));
        for (Map.Entry<Knob, Double> entry : genome.knobs().entrySet()) {
            Knob knob = entry.getKey();
            if (knob != Knob.QP_TOP && knob != Knob.QP_SPACING) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%s = %s  # %s%n",
                                knob.name(),
                                Knob.text(entry.getValue()),
                                knob.words()));
            }
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
