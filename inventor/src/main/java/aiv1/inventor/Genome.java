package aiv1.inventor;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A codec as a list of decisions: a choice for every slot, and a value for every number that these
/// choices need, no more.
///
/// The constructor settles what does not go together, so that every genome can be built, and two
/// genomes are equal exactly if they are the same codec. Its text form stands in the codec's source
/// and can be read back from there.
record Genome(Map<Slot, Choice> choices, Map<Knob, Double> knobs) {
    private static final String MARK = "genome: ";

    Genome {
        EnumMap<Slot, Choice> settled = new EnumMap<>(choices);
        for (Slot slot : Slot.values()) {
            settled.putIfAbsent(slot, slot.choices().getFirst());
        }
        settle(settled, knobs.getOrDefault(Knob.SIZE, Knob.SIZE.usual()));
        EnumMap<Knob, Double> needed = new EnumMap<>(Knob.class);
        for (Knob knob : knobsOf(settled)) {
            double value = knobs.getOrDefault(knob, knob.usual());
            needed.put(knob, knob.allowed().contains(value) ? value : knob.usual());
        }
        choices = Collections.unmodifiableMap(settled);
        knobs = Collections.unmodifiableMap(needed);
    }

    /// A genome from choices, with the usual numbers.
    static Genome of(Choice... choices) {
        EnumMap<Slot, Choice> map = new EnumMap<>(Slot.class);
        for (Choice choice : choices) {
            map.put(choice.slot(), choice);
        }
        return new Genome(map, Map.of());
    }

    /// The genome of a candidate, if it was written by this room.
    static Optional<Genome> find(Candidate candidate) {
        return candidate
                .source(Part.COMMON)
                .flatMap(
                        text ->
                                text.lines()
                                        .filter(line -> line.startsWith(MARK))
                                        .findFirst()
                                        .flatMap(line -> parse(line.substring(MARK.length()))));
    }

    /// The line that [#find] reads, such as `genome: pictures=pyramid ... GOP=4`.
    String line() {
        List<String> words = new ArrayList<>();
        choices.forEach((slot, choice) -> words.add(slot.label() + "=" + choice.label()));
        knobs.forEach((knob, value) -> words.add(knob.name() + "=" + Knob.text(value)));
        return MARK + String.join(" ", words);
    }

    /// What the codec is, in a sentence.
    String words() {
        return choices.values().stream().map(Choice::words).collect(Collectors.joining("; "));
    }

    Genome with(Choice choice) {
        EnumMap<Slot, Choice> changed = new EnumMap<>(choices);
        changed.put(choice.slot(), choice);
        return new Genome(changed, knobs);
    }

    Genome with(Knob knob, double value) {
        EnumMap<Knob, Double> changed = new EnumMap<>(knobs);
        changed.put(knob, value);
        return new Genome(choices, changed);
    }

    boolean has(Choice choice) {
        return choices.get(choice.slot()) == choice;
    }

    private static Optional<Genome> parse(String text) {
        EnumMap<Slot, Choice> choices = new EnumMap<>(Slot.class);
        EnumMap<Knob, Double> knobs = new EnumMap<>(Knob.class);
        for (String word : text.strip().split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                return Optional.empty();
            }
            String name = word.substring(0, equals);
            String value = word.substring(equals + 1);
            for (Choice choice : Choice.values()) {
                if (choice.slot().label().equals(name) && choice.label().equals(value)) {
                    choices.put(choice.slot(), choice);
                }
            }
            for (Knob knob : Knob.values()) {
                for (double allowed : knob.allowed()) {
                    if (knob.name().equals(name) && Knob.text(allowed).equals(value)) {
                        knobs.put(knob, allowed);
                    }
                }
            }
        }
        return choices.size() == Slot.values().length
                ? Optional.of(new Genome(choices, knobs))
                : Optional.empty();
    }

    /// Motion needs a reference; intra prediction needs the transform of single blocks, whose sizes
    /// the fixed transform does not signal.
    private static void settle(Map<Slot, Choice> choices, double size) {
        if (choices.get(Slot.PICTURES) == Choice.ALONE) {
            choices.put(Slot.MOTION, Choice.STILL);
        }
        boolean wavelet = choices.get(Slot.TRANSFORM) == Choice.WAVELET;
        boolean large = choices.get(Slot.TRANSFORM) == Choice.DCT && size > 8;
        if (wavelet || large) {
            choices.put(Slot.INTRA, Choice.FLAT);
        }
    }

    private static List<Knob> knobsOf(Map<Slot, Choice> choices) {
        List<Knob> knobs = new ArrayList<>(Knob.ALWAYS);
        choices.values().forEach(choice -> knobs.addAll(choice.knobs()));
        return knobs;
    }
}
