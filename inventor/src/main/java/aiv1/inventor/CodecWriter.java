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

/// Writes a genome out as Python: one file for each part, made of the blocks that the genome names
/// and of nothing else.
final class CodecWriter {
    private static final int QUALITY_COUNT = 5;
    private static final List<String> DRIVER = List.of("driver");
    private static final String COMPILED_MARK = "@njit(";

    private CodecWriter() {}

    static Candidate write(Genome genome) {
        List<Block> blocks = new ArrayList<>(DRIVER.stream().map(Block::read).toList());
        for (Choice choice : genome.choices().values()) {
            choice.blocks().forEach(name -> blocks.add(Block.read(name)));
        }
        if (blocks.stream().anyMatch(block -> block.contains(COMPILED_MARK))) {
            blocks.add(Block.read("compiled"));
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
            for (String line : block.section(part).lines().toList()) {
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
        return head + constants + "\n\n" + String.join("\n\n\n", bodies) + "\n";
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
