package aiv1.inventor;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Seeds;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GrammarTest {
    private static final int DRAW_COUNT = 400;

    @Test
    void every_choice_and_every_value_is_reached_by_random_genomes() {
        RandomGenerator random = Seeds.generator(1);
        Set<Choice> choices = EnumSet.noneOf(Choice.class);
        Set<String> values = new HashSet<>();
        for (int draw = 0; draw < DRAW_COUNT; draw++) {
            Genome genome = Grammar.random(random);
            choices.addAll(genome.choices().values());
            genome.knobs().forEach((knob, value) -> values.add(knob + "=" + value));
        }
        assertThat(choices).containsExactlyInAnyOrder(Choice.values());
        for (Knob knob : Knob.values()) {
            knob.allowed().forEach(value -> assertThat(values).contains(knob + "=" + value));
        }
    }

    @Test
    void every_choice_is_reached_by_changing_the_simplest_start() {
        RandomGenerator random = Seeds.generator(2);
        Set<Choice> choices = EnumSet.noneOf(Choice.class);
        Genome genome = Grammar.starts().getFirst();
        for (int step = 0; step < DRAW_COUNT; step++) {
            genome = Grammar.mutate(genome, 1, random);
            choices.addAll(genome.choices().values());
        }
        assertThat(choices).containsExactlyInAnyOrder(Choice.values());
    }

    @Test
    void a_seed_gives_the_same_genomes_again() {
        RandomGenerator first = Seeds.generator(3);
        RandomGenerator second = Seeds.generator(3);
        for (int draw = 0; draw < 20; draw++) {
            assertThat(Grammar.random(first)).isEqualTo(Grammar.random(second));
        }
    }

    @Test
    void a_child_has_nothing_that_neither_parent_has() {
        RandomGenerator random = Seeds.generator(4);
        Genome first = Grammar.starts().getFirst();
        Genome second = Grammar.starts().getLast();
        for (int draw = 0; draw < 50; draw++) {
            Genome child = Grammar.cross(first, second, random);
            child.choices()
                    .values()
                    .forEach(
                            choice -> assertThat(first.has(choice) || second.has(choice)).isTrue());
        }
    }

    @Test
    void genomes_survive_the_way_through_source_text() {
        RandomGenerator random = Seeds.generator(6);
        for (int draw = 0; draw < 50; draw++) {
            Genome genome = Grammar.random(random);
            assertThat(Genome.find(CodecWriter.write(genome))).contains(genome);
        }
    }

    @Test
    void what_does_not_go_together_is_settled() {
        Genome genome = Genome.of(Choice.ALONE, Choice.BLOCKS, Choice.ANGULAR, Choice.WAVELET);
        assertThat(genome.has(Choice.STILL)).isTrue();
        assertThat(genome.has(Choice.FLAT)).isTrue();
        assertThat(genome.knobs()).doesNotContainKeys(Knob.PEL, Knob.ANGLES);
    }
}
