package aiv1.inventor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodecWriterTest {
    private static final Path PYTHON = Python.ROOM.resolve("src/test/python");
    private static final int PARSED_COUNT = 60;

    /// The advanced end: every choice that no start has.
    private static List<Genome> sample() {
        List<Genome> sample = new ArrayList<>(Grammar.starts());
        Genome best =
                Genome.of(
                        Choice.PYRAMID,
                        Choice.OVERLAPPED,
                        Choice.ANGULAR,
                        Choice.ADAPTIVE,
                        Choice.RATE_AWARE,
                        Choice.DEBLOCKED,
                        Choice.MIXING);
        sample.add(best);
        sample.add(best.with(Knob.ANCHORS, 2).with(Choice.WEIGHTED).with(Choice.SINGLE));
        sample.add(Genome.of(Choice.ALONE, Choice.DCT, Choice.LZMA).with(Knob.SIZE, 16));
        sample.add(best.with(Choice.HALVED).with(Choice.RUN_LENGTH));
        sample.add(Genome.of(Choice.ALONE, Choice.DCT, Choice.HALVED, Choice.ZLIB));
        sample.add(
                Genome.of(Choice.PREVIOUS, Choice.BLOCKS, Choice.DCT, Choice.ANGULAR, Choice.LZMA));
        return sample;
    }

    @Test
    void blocks_pass_their_own_tests() {
        String output =
                Python.run(
                        PYTHON.resolve("test_blocks.py"),
                        Python.ROOM.resolve("src/main/resources/aiv1/inventor/blocks"));
        assertThat(output).contains("OK");
    }

    @Test
    void codecs_of_all_families_give_back_what_they_encoded(@TempDir Path folder) {
        int number = 0;
        for (Genome genome : sample()) {
            Path codec = folder.resolve("codec" + number++);
            Python.write(CodecWriter.write(genome), codec);
            assertThat(run(codec)).as(genome.line()).contains("ok");
        }
    }

    @Test
    void random_codecs_give_back_what_they_encoded(@TempDir Path folder) {
        RandomGenerator random = Seeds.generator(11);
        for (int number = 0; number < 3; number++) {
            Genome genome = Grammar.random(random);
            Path codec = folder.resolve("codec" + number);
            Python.write(CodecWriter.write(genome), codec);
            assertThat(run(codec)).as(genome.line()).contains("ok");
        }
    }

    @Test
    void what_breaks_the_rules_of_c_is_noticed(@TempDir Path folder) {
        Candidate sound = CodecWriter.write(Genome.of(Choice.PREVIOUS, Choice.DCT, Choice.SINGLE));
        String line = "found = found * 2 +";
        Map<Part, String> sources = new EnumMap<>(sound.sources());
        sources.computeIfPresent(
                Part.COMMON, (part, text) -> text.replace(line, "found = found << (count + 64) |"));
        assertThat(sources).isNotEqualTo(sound.sources());
        Python.write(new Candidate(sources, Contract.NATIVE), folder);
        assertThatThrownBy(() -> run(folder)).hasMessageContaining("shift exponent");
    }

    @Test
    void only_codecs_that_call_c_hold_some() {
        for (Genome genome : sample()) {
            Candidate candidate = CodecWriter.write(genome);
            String all = candidate.encoder() + candidate.decoderWithCommon();
            assertThat(all.contains("C_SOURCE = ")).isEqualTo(all.contains("from aiv1 import c"));
        }
    }

    private static String run(Path codec) {
        return Python.run(PYTHON.resolve("test_codec.py"), codec);
    }

    @Test
    void codecs_are_python_that_parses(@TempDir Path folder) {
        RandomGenerator random = Seeds.generator(5);
        List<Object> command = new ArrayList<>();
        command.add("-c");
        command.add(
                "import ast, sys\nfor path in sys.argv[1:]: ast.parse(open(path).read(), path)");
        for (int number = 0; number < PARSED_COUNT; number++) {
            Path codec = folder.resolve("codec" + number);
            Python.write(CodecWriter.write(Grammar.random(random)), codec);
            for (Part part : Block.PARTS) {
                command.add(codec.resolve(part.fileName()));
            }
        }
        assertThat(Python.run(command.toArray())).isEmpty();
    }

    @Test
    void unused_blocks_are_not_shipped() {
        Candidate simple = CodecWriter.write(Genome.of(Choice.ALONE, Choice.WAVELET, Choice.ZLIB));
        assertThat(simple.decoderWithCommon())
                .doesNotContain("interpolated", "stretch", "transform_matrix", "#: ");
        assertThat(simple.encoder()).doesNotContain("full_search", "RangeWriter");
    }

    @Test
    void text_and_comments_are_the_same_on_every_system() {
        for (Genome genome : sample()) {
            Candidate candidate = CodecWriter.write(genome);
            for (Part part : Block.PARTS) {
                assertThat(candidate.source(part).orElseThrow())
                        .doesNotContain("\r")
                        .matches(text -> text.chars().allMatch(letter -> letter < 128));
            }
        }
    }
}
