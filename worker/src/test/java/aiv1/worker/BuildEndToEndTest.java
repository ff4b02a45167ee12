package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageMoment;
import aiv1.media.AnchorCache;
import aiv1.media.AnchorCatalogue;
import aiv1.media.ClipLibrary;
import aiv1.media.Ffmpeg;
import aiv1.sandbox.Sandbox;
import aiv1.sandbox.SandboxConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One codec three times, in numpy, numba and C, measured end to end: the same bytes, and the
/// builds reported beside the runs.
class BuildEndToEndTest {
    @TempDir private static Path folder;
    private static final Artifacts ARTIFACTS = new Artifacts();
    private static Sandbox sandbox;
    private static ClipLibrary clips;
    private static LocalEvaluator evaluator;
    private static Clip clip;

    @BeforeAll
    static void open() throws Exception {
        Ffmpeg ffmpeg = Ffmpeg.open(Ffmpeg.defaultProgram(System.getenv()));
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.setPosixFilePermissions(
                folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        SandboxConfig usual = SandboxConfig.defaults();
        sandbox = Sandbox.open(new SandboxConfig(usual.python(), 1, work));
        clips = ClipLibrary.open(folder.resolve("clips"), ffmpeg);
        clip = clips.excerpt(clips.find("rapids").orElseThrow(), 4);
        evaluator =
                new LocalEvaluator(
                        sandbox,
                        clips,
                        AnchorCatalogue.bundled(),
                        new AnchorCache(folder.resolve("anchors"), ffmpeg, clips),
                        ARTIFACTS,
                        new Provenance("build", "1", "B", "ffmpeg", "python", "numpy", "here"),
                        InstantSource.system(),
                        2);
    }

    /// Nothing of a build is left when its experiment is done.
    @AfterAll
    static void close() throws Exception {
        try (Stream<Path> left = Files.walk(folder.resolve("work"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("build-"));
        }
        sandbox.close();
    }

    @Test
    void numpy_numba_and_c_give_the_same_bitstreams() {
        ExperimentResult numpy = evaluate(PackedCodec.numpy());
        ExperimentResult numba = evaluate(PackedCodec.numba());
        ExperimentResult c = evaluate(PackedCodec.c());
        ExperimentResult mixed = evaluate(PackedCodec.mixed());
        assertThat(numpy.build()).isEmpty();
        for (ExperimentResult built : List.of(numba, c, mixed)) {
            for (int i = 0; i < Experiment.QUALITY_COUNT; i++) {
                Measurement expected = numbers(numpy.runs().get(i));
                Measurement got = numbers(built.runs().get(i));
                assertThat(got.bitstream()).isEqualTo(expected.bitstream());
                assertThat(got.reconstructionSha256()).isEqualTo(expected.reconstructionSha256());
                assertThat(got.labels()).isEmpty();
            }
            BuildReport report = built.build().orElseThrow();
            byte[] archive = ARTIFACTS.find(report.archive()).orElseThrow();
            assertThat(archive).hasSize((int) report.archiveBytes());
            assertThat(report.usage().cpu()).isPositive();
        }
        assertThat(stages(c))
                .containsExactly(
                        "screen 0",
                        "build 0",
                        "encode 2",
                        "decode 2",
                        "verify 1",
                        "encode 3",
                        "decode 3",
                        "measure 0");
        assertThat(c.stages()).isSortedAccordingTo(Comparator.comparing(StageMoment::at));
        assertThat(c.stages().getFirst().at()).isBetween(c.startedAt(), c.finishedAt());
        assertThat(stages(numpy)).startsWith("screen 0", "encode 2").hasSize(7);
        // Compiling is not charged to the runs.
        assertThat(numbers(c.runs().getFirst()).encode().cpu())
                .isLessThan(c.build().orElseThrow().usage().cpu());
        assertThat(numbers(numba.runs().getFirst()).decode().cpu())
                .isLessThan(numba.build().orElseThrow().usage().cpu());
    }

    @Test
    void what_the_sieve_holds_back_ends_as_its_evaluation_would() {
        Candidate broken = with(PackedCodec.numpy(), Part.DECODER, "def decode(:\n");
        Candidate lacking = with(PackedCodec.numpy(), Part.ENCODER, "import torch\n");
        List<Experiment> experiments =
                Stream.of(PackedCodec.numpy(), broken, PackedCodec.c(), lacking)
                        .map(BuildEndToEndTest::experiment)
                        .toList();
        List<Optional<ExperimentResult>> held = evaluator.screen(experiments);
        assertThat(held).hasSize(4);
        assertThat(held.get(0)).isEmpty();
        assertThat(held.get(2)).isEmpty();
        for (int i : new int[] {1, 3}) {
            ExperimentResult got = held.get(i).orElseThrow();
            ExperimentResult expected = evaluator.evaluate(experiments.get(i), Progress.NONE);
            assertThat(got.experiment()).isEqualTo(experiments.get(i));
            assertThat(got.outcomeLabel()).isEqualTo(expected.outcomeLabel());
            assertThat(got.stopper().orElseThrow().failure().summary())
                    .isEqualTo(expected.stopper().orElseThrow().failure().summary());
            assertThat(got.decoderBytes()).isEqualTo(expected.decoderBytes());
            assertThat(stages(got)).isEqualTo(stages(expected)).containsExactly("screen 0");
        }
    }

    private static Candidate with(Candidate candidate, Part part, String source) {
        Map<Part, String> sources = new EnumMap<>(candidate.sources());
        sources.put(part, source);
        return new Candidate(sources, candidate.contract());
    }

    private static List<String> stages(ExperimentResult result) {
        return result.stages().stream()
                .map(moment -> moment.stage().label() + " " + moment.runCount())
                .toList();
    }

    /// Else an encoder could tell a decoder by how busy it is what no bitstream holds.
    @Test
    void no_encoder_is_alive_while_a_decoder_runs() {
        List<Stage> stages = Collections.synchronizedList(new ArrayList<>());
        evaluate(
                PackedCodec.numpy(),
                event -> {
                    if (event instanceof Progress.Event.Phase phase) {
                        stages.add(phase.stage() == Stage.ENCODE ? Stage.ENCODE : Stage.DECODE);
                    }
                });
        List<Stage> turns = new ArrayList<>();
        for (Stage stage : stages) {
            if (turns.isEmpty() || turns.getLast() != stage) {
                turns.add(stage);
            }
        }
        assertThat(turns).containsExactly(Stage.ENCODE, Stage.DECODE, Stage.ENCODE, Stage.DECODE);
    }

    @Test
    void an_export_is_verified_with_a_build_of_its_own() {
        ExperimentResult result = evaluate(PackedCodec.c());
        List<ExportVerification.Check> checks =
                new ExportVerification(sandbox, clips)
                        .verify(
                                result,
                                (name, quality) ->
                                        ARTIFACTS
                                                .find(
                                                        numbers(result.runs().get(quality))
                                                                .bitstream())
                                                .orElseThrow());
        assertThat(checks).hasSize(5).allMatch(ExportVerification.Check::isEqual);
    }

    @Test
    void a_compile_error_stands_against_the_whole_experiment() {
        ExperimentResult result =
                evaluate(
                        new Candidate(
                                Map.of(
                                        Part.ENCODER_C,
                                        "int encode(void) { return 1 }\n",
                                        Part.DECODER_C,
                                        ""),
                                Contract.NATIVE));
        assertThat(result.outcomeLabel()).isEqualTo("invalid");
        assertThat(result.runs()).isEmpty();
        assertThat(result.build()).isEmpty();
        assertThat(result.verdict().orElseThrow().failure().summary())
                .startsWith("build: compile at encoder.c line 1: expected ';'");
        ArtifactId trace = result.verdict().orElseThrow().failure().trace().orElseThrow();
        assertThat(new String(ARTIFACTS.find(trace).orElseThrow(), StandardCharsets.UTF_8))
                .contains("encoder.c:1:");
    }

    /// Silent in the program that is ranked: the checked one tells the line. Line 20 is the first
    /// of the encoder's function, line 4 that of the decoder's.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a shift|encode|int shift = quality + 40; if (1 << shift == 7) return 9;|encode: undefined_behaviour at encoder.c line 20: shift exponent 40 is too large for 32-bit type 'int'",
                "a sum|encode|volatile int big = 2147483647; if (big + clip->width == 7) return 9;|encode: undefined_behaviour at encoder.c line 20: signed integer overflow: ",
                "a static array|decode|static int table[4]; table[size % 4 + 4] = 1; if (table[2]) return 9;|decode: undefined_behaviour at decoder.c line 4: index ",
                "a local array|decode|volatile int table[4]; table[size % 4 + 4] = 1;|decode: undefined_behaviour at decoder.c line 4: index ",
                "a pointer to a global array|decode|static int table[4]; volatile int *p = table; p[size % 4 + 4] = 1;|decode: undefined_behaviour at decoder.c line 4: store to address ",
                "a heap block|decode|volatile int *p = __builtin_malloc(16); p[size % 4 + 4] = 1;|decode: undefined_behaviour at decoder.c line 4: store to address ",
                "a pointer to nothing|decode|volatile int *volatile p = 0; *p = 1;|decode: undefined_behaviour at decoder.c line 4: store to null pointer",
                "behind a block of unknown size|decode|volatile uint8_t *volatile p = malloc(size * 16); p[size * 16] = 1;|decode: undefined_behaviour at decoder.c line 4: no access at address ",
                "far out|decode|volatile int *volatile p = malloc(16); p[(1L << 40) + size] = 1;|decode: undefined_behaviour at decoder.c line 4: no access at address ",
                "reading behind the bitstream|decode|volatile size_t n = (size + 15) / 16 * 16; volatile uint8_t x = bitstream[n]; (void)x;|decode: undefined_behaviour at decoder.c line 4: no access at address ",
                "reading behind a plane|encode|volatile size_t n = (size_t)clip->width * clip->height * clip->frame_count; volatile uint8_t x = clip->y[n]; (void)x;|encode: undefined_behaviour at encoder.c line 20: no access at address ",
                "in a function of the C library|decode|void *volatile p = malloc(64); memset(p, 1, 4096 + size);|decode: undefined_behaviour at decoder.c line 4: no access at address ",
                "after it was freed|decode|volatile int *volatile p = malloc(64); free((void *)p); *p = 1;|decode: undefined_behaviour at decoder.c line 4: no access at address ",
                "freed in its middle|decode|char *volatile p = malloc(64); free(p + 16);|decode: undefined_behaviour at decoder.c line 4: freed what was not allocated",
            })
    void undefined_behaviour_is_told_with_its_line(
            String name, String function, String statement, String text) {
        assertThat(failure(function, statement).failure().summary()).startsWith(text);
    }

    @Test
    void an_endless_loop_is_timed_out() {
        RunOutcome.NotMeasured outcome =
                failure("decode", "for (volatile unsigned i = 0;; i++) {}");
        assertThat(outcome.label()).isEqualTo("timed_out");
        assertThat(outcome.failure().summary()).startsWith("decode: timeout_");
    }

    /// What comes of the packed codec in C with `statement` at the start of a function.
    private static RunOutcome.NotMeasured failure(String function, String statement) {
        String head =
                function.equals("encode")
                        ? "encode(const clip_t *clip, int quality, sink_t *out) {"
                        : "decode(const uint8_t *bitstream, size_t size, sink_t *out) {";
        Map<Part, String> sources = new EnumMap<>(PackedCodec.c().sources());
        sources.replaceAll((part, text) -> text.replace(head, head + "\n" + statement));
        return evaluate(new Candidate(sources, Contract.NATIVE)).stopper().orElseThrow();
    }

    private static Measurement numbers(RunResult run) {
        return run.outcome().numbers().orElseThrow();
    }

    private static ExperimentResult evaluate(Candidate candidate) {
        return evaluate(candidate, Progress.NONE);
    }

    private static ExperimentResult evaluate(Candidate candidate, Progress progress) {
        return evaluator.evaluate(experiment(candidate), progress);
    }

    private static Experiment experiment(Candidate candidate) {
        return new Experiment(
                new ExperimentId("e"),
                Optional.empty(),
                new Proposal(candidate, "", List.of(), "test"),
                List.of(clip),
                List.of(),
                LimitClass.LIGHT);
    }

    private static final class Artifacts implements ArtifactStore {
        private final Map<ArtifactId, byte[]> kept = new ConcurrentHashMap<>();

        @Override
        public ArtifactId put(byte[] bytes) {
            ArtifactId id = ArtifactId.of(bytes);
            kept.put(id, bytes.clone());
            return id;
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            return Optional.ofNullable(kept.get(id));
        }
    }
}
