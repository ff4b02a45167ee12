package aiv1.inventor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Chance applied to genomes: a random one, a changed one, one from two. Everything follows from
/// the generator that is passed in.
final class Grammar {
    private static final double CHOICE_SHARE = 0.35;
    private static final double FAR_SHARE = 0.3;

    private Grammar() {}

    /// The first proposals of a campaign, from simple to advanced, so that every block's family is
    /// seen early.
    static List<Genome> starts() {
        Genome plain = Genome.of(Choice.PREVIOUS, Choice.DCT, Choice.RUN_LENGTH);
        Genome coded =
                Genome.of(
                        Choice.PREVIOUS, Choice.STILL, Choice.DCT, Choice.DEAD_ZONE, Choice.SINGLE);
        Genome moving = coded.with(Choice.BLOCKS).with(Knob.PEL, 2);
        Genome angular = moving.with(Choice.ANGULAR).with(Choice.MIXING).with(Knob.INPUTS, 3);
        Genome waves = Genome.of(Choice.PREVIOUS, Choice.OVERLAPPED, Choice.WAVELET, Choice.MIXING);
        Genome pyramid =
                Genome.of(Choice.PYRAMID, Choice.BLOCKS, Choice.ADAPTIVE, Choice.MIXING)
                        .with(Knob.GOP, 8);
        return List.of(plain, coded, moving, waves, angular, pyramid);
    }

    static Genome random(RandomGenerator random) {
        EnumMap<Slot, Choice> choices = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            choices.put(slot, pick(slot.choices(), random));
        }
        EnumMap<Knob, Double> knobs = new EnumMap<>(Knob.class);
        for (Knob knob : Knob.values()) {
            knobs.put(knob, pick(knob.allowed(), random));
        }
        return new Genome(choices, knobs);
    }

    /// Another genome, `changeCount` (> 0) changes away: another choice in a slot, or a number
    /// moved along its values, mostly by one place.
    static Genome mutate(Genome genome, int changeCount, RandomGenerator random) {
        Genome changed = genome;
        for (int change = 0; change < changeCount; change++) {
            changed =
                    random.nextDouble() < CHOICE_SHARE
                            ? choose(changed, random)
                            : turn(changed, random);
        }
        return changed;
    }

    /// For every slot and number the one or the other parent's.
    static Genome cross(Genome first, Genome second, RandomGenerator random) {
        EnumMap<Slot, Choice> choices = new EnumMap<>(Slot.class);
        EnumMap<Knob, Double> knobs = new EnumMap<>(Knob.class);
        for (Slot slot : Slot.values()) {
            Genome from = random.nextBoolean() ? first : second;
            choices.put(slot, from.choices().getOrDefault(slot, slot.choices().getFirst()));
        }
        for (Knob knob : Knob.values()) {
            boolean isFirst = random.nextBoolean();
            Genome from = isFirst ? first : second;
            Genome other = isFirst ? second : first;
            knobs.put(
                    knob,
                    from.knobs()
                            .getOrDefault(knob, other.knobs().getOrDefault(knob, knob.usual())));
        }
        return new Genome(choices, knobs);
    }

    private static Genome choose(Genome genome, RandomGenerator random) {
        List<Choice> others = new ArrayList<>();
        for (Choice choice : Choice.values()) {
            if (!genome.has(choice)) {
                others.add(choice);
            }
        }
        return genome.with(pick(others, random));
    }

    private static Genome turn(Genome genome, RandomGenerator random) {
        List<Map.Entry<Knob, Double>> knobs = new ArrayList<>(genome.knobs().entrySet());
        Map.Entry<Knob, Double> knob = pick(knobs, random);
        List<Double> values = knob.getKey().allowed();
        int distance = random.nextDouble() < FAR_SHARE ? 2 : 1;
        int sign = random.nextBoolean() ? 1 : -1;
        int at =
                Math.clamp(values.indexOf(knob.getValue()) + sign * distance, 0, values.size() - 1);
        return genome.with(knob.getKey(), values.get(at));
    }

    private static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
