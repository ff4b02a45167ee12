package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// From a codec's folder to a believable number and back, through the real sandbox, ffmpeg, anchors
/// and store.
class EvaluateEndToEndTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("aiv1.root"), "examples");
    private static final double EXACT = 1e-9;

    @TempDir private static Path folder;
    private static Program program;
    private static JsonNode measured;

    @BeforeAll
    static void evaluate_once() {
        program = new Program(folder.resolve("home"));
        Answer answer = evaluate("still-dct");
        assertThat(answer.status()).as(answer.err()).isZero();
        measured = answer.json();
    }

    /// Requirement 30: what is measured has all its numbers.
    @Test
    void a_sound_codec_is_measured_on_every_quality_level() {
        assertThat(measured.path("schema").asString()).isEqualTo("experiment/1");
        assertThat(measured.path("outcome").asString()).isEqualTo("measured");
        assertThat(measured.path("failure").isNull()).isTrue();
        assertThat(measured.path("runs")).hasSize(5);
        double bytesBefore = 0;
        double decibelsBefore = 0;
        for (JsonNode run : measured.path("runs")) {
            assertThat(run.path("stream_bytes").doubleValue()).isGreaterThan(bytesBefore);
            assertThat(run.path("psnr_yuv_db").doubleValue()).isGreaterThan(decibelsBefore);
            assertThat(run.path("encode_cpu_seconds").doubleValue()).isPositive();
            assertThat(run.path("peak_memory_bytes").longValue()).isPositive();
            bytesBefore = run.path("stream_bytes").doubleValue();
            decibelsBefore = run.path("psnr_yuv_db").doubleValue();
        }
        assertThat(measured.path("bd_rate")).hasSize(2);
        assertThat(measured.path("provenance").path("sandbox_tier").asString()).isEqualTo("B");
    }

    @Test
    void the_same_codec_gives_the_same_bytes_and_decibels_again() {
        JsonNode again = evaluate("still-dct").json();
        for (int i = 0; i < 5; i++) {
            JsonNode first = measured.path("runs").path(i);
            JsonNode second = again.path("runs").path(i);
            assertThat(second.path("bitstream_sha256")).isEqualTo(first.path("bitstream_sha256"));
            assertThat(second.path("reconstruction_sha256"))
                    .isEqualTo(first.path("reconstruction_sha256"));
            assertThat(second.path("psnr_yuv_db").doubleValue())
                    .isCloseTo(
                            first.path("psnr_yuv_db").doubleValue(),
                            org.assertj.core.api.Assertions.within(EXACT));
        }
    }

    /// Requirements 3 and 18: code and reconstruction can be had, and anyone can check them.
    @Test
    void an_export_decodes_without_the_lab_and_verifies() throws Exception {
        Path export = folder.resolve("export");
        String id = measured.path("experiment_id").asString();
        assertThat(program.run("export", id, export.toString()).status()).isZero();
        assertThat(decodedSha256(export, "rapids.q3"))
                .isEqualTo(measured.path("runs").path(3).path("reconstruction_sha256").asString());

        Answer equal = program.run("verify", export.toString());
        assertThat(equal.status()).isZero();
        assertThat(equal.out()).contains("BD-rates: equal, ").contains(" computed again");
        Path statement = export.resolve("result.json");
        String stated = Files.readString(statement);
        Files.writeString(statement, stated.replaceFirst("\"percent\" ?: ?-?\\d", "$01"));
        assertThat(Files.readString(statement)).isNotEqualTo(stated);
        Answer flattered = program.run("verify", export.toString());
        assertThat(flattered.status()).isEqualTo(1);
        assertThat(flattered.out()).contains("BD-rates: DIFFER, expected ");
        Files.writeString(statement, stated);
        Path bitstream = export.resolve("bitstreams/rapids.q1.bin");
        byte[] bytes = Files.readAllBytes(bitstream);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bitstream, bytes);
        Answer damaged = program.run("verify", export.toString());
        assertThat(damaged.status()).isEqualTo(1);
        assertThat(damaged.out()).contains("DIFFERS").contains("bitstream: expected sha256");
    }

    /// Requirement 28: codecs of earlier systems run as they are.
    @Test
    void codecs_of_earlier_forms_are_measured() {
        for (String name : new String[] {"jpeg-like-c5", "seed-c3"}) {
            Answer answer = evaluate(name);
            assertThat(answer.status()).as(name + answer.err()).isZero();
            assertThat(answer.json().path("contract").asString())
                    .isEqualTo(name.substring(name.length() - 2));
            assertThat(answer.json().path("runs").path(4).path("psnr_y_db").doubleValue())
                    .isGreaterThan(30);
        }
    }

    /// From a folder of C or numba to a number and an export that verifies; what was built is told
    /// apart, and the two give one set of bitstreams.
    @Test
    void one_codec_in_c_and_in_numba_is_measured_shown_and_verified() throws Exception {
        JsonNode c = measuredWithBuild("motion-dct-c", "int decode(const uint8_t *bitstream");
        JsonNode numba = measuredWithBuild("motion-dct-numba", "def warm_up():");
        Path mixed = Files.createDirectories(folder.resolve("mixed"));
        for (String file :
                new String[] {
                    "motion-dct-c/encoder.c",
                    "motion-dct-c/common.h",
                    "motion-dct-numba/decoder.py",
                    "motion-dct-numba/common.py"
                }) {
            Path source = EXAMPLES.resolve(file);
            Files.copy(source, mixed.resolve(source.getFileName()));
        }
        JsonNode both = measuredWithBuild(mixed.toString(), "def decode_macroblock(");
        for (int i = 0; i < 5; i++) {
            for (JsonNode other : new JsonNode[] {numba, both}) {
                for (String key : new String[] {"bitstream_sha256", "reconstruction_sha256"}) {
                    assertThat(other.path("runs").path(i).path(key))
                            .isEqualTo(c.path("runs").path(i).path(key));
                }
            }
        }
        assertThat(measured.has("build")).isFalse();
    }

    @Test
    void a_codec_with_functions_in_c_is_measured_shown_and_verified() throws Exception {
        JsonNode c = measuredWithBuild("samples-c", "C_SOURCE = r");
        assertThat(c.path("build").path("warnings").isEmpty()).isTrue();
        assertThat(c.path("runs").path(4).path("psnr_yuv_db").doubleValue()).isGreaterThan(49);
    }

    private static JsonNode measuredWithBuild(String example, String code) throws Exception {
        Answer answer = evaluate(example);
        assertThat(answer.status()).as(answer.err()).isZero();
        JsonNode build = answer.json().path("build");
        assertThat(build.path("archive_bytes").longValue()).isPositive();
        double decibelsBefore = 20;
        for (JsonNode run : answer.json().path("runs")) {
            // Each level is finer than the one before: encoder and decoder predict from one frame.
            assertThat(run.path("psnr_yuv_db").doubleValue()).isGreaterThan(decibelsBefore + 1);
            decibelsBefore = run.path("psnr_yuv_db").doubleValue();
            assertThat(run.path("encode_cpu_seconds").doubleValue()).isPositive();
            assertThat(run.path("decode_cpu_seconds").doubleValue())
                    .isPositive()
                    .isLessThan(build.path("cpu_seconds").doubleValue());
            assertThat(run.path("labels").toString()).doesNotContain("compiled in");
        }
        String id = answer.json().path("experiment_id").asString();
        assertThat(program.run("show", id, "--code").out())
                .contains("build: ")
                .contains("encode CPU s  decode CPU s")
                .contains(code);
        Path export = folder.resolve("export-" + id);
        assertThat(program.run("export", id, export.toString()).status()).isZero();
        assertThat(program.run("verify", export.toString()).status()).isZero();
        JsonNode run = answer.json().path("runs").path(2);
        assertThat(decodedSha256(export, run.path("clip").asString() + ".q2"))
                .isEqualTo(run.path("reconstruction_sha256").asString());
        return answer.json();
    }

    /// What the export's own `decode.py` makes of a bitstream.
    private static String decodedSha256(Path export, String run) throws Exception {
        Path video = Files.createTempFile(folder, run, ".yuv");
        Process python =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                export.resolve("decode.py").toString(),
                                export.resolve("bitstreams/" + run + ".bin").toString(),
                                video.toString())
                        .inheritIO()
                        .start();
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return aiv1.domain.Sha256.of(Files.readAllBytes(video));
    }

    /// Requirement 32: part, function and line are told.
    @Test
    void a_codec_that_fails_says_where_and_the_next_one_runs() throws IOException {
        Path broken = copy("still-dct", "broken");
        Files.writeString(
                broken.resolve("decoder.py"),
                "def decode(bitstream):\n    return bitstream.frames\n");
        Answer answer =
                program.run(
                        "evaluate",
                        broken.toString(),
                        "--clip",
                        "rapids",
                        "--frames",
                        "2",
                        "--json",
                        "--quiet");
        assertThat(answer.status()).isEqualTo(1);
        JsonNode failure = answer.json().path("failure");
        assertThat(answer.json().path("outcome").asString()).isEqualTo("crashed");
        assertThat(failure.path("exception").asString()).isEqualTo("AttributeError");
        assertThat(failure.path("part").asString()).isEqualTo("decoder");
        assertThat(failure.path("function").asString()).isEqualTo("decode");
        assertThat(failure.path("line").intValue()).isEqualTo(2);
        assertThat(answer.json().path("runs").path(0).path("psnr_y_db").isNull()).isTrue();
        assertThat(evaluate("still-dct").status()).isZero();
    }

    @Test
    void a_decoder_that_ignores_its_bitstream_is_invalid() throws IOException {
        Path cheat = copy("still-dct", "cheat");
        Files.writeString(
                cheat.resolve("decoder.py"),
                """
                import numpy as np

                def decode(bitstream):
                    for _ in range(2):
                        yield np.full((96, 176), 90, np.uint8), np.full((48, 88), 128, np.uint8), np.full((48, 88), 128, np.uint8)
                """);
        Answer answer =
                program.run(
                        "evaluate",
                        cheat.toString(),
                        "--clip",
                        "rapids",
                        "--frames",
                        "2",
                        "--json",
                        "--quiet");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.json().path("failure").path("category").asString())
                .isEqualTo("ignored_bitstream");
    }

    @Test
    void what_was_stored_is_listed_and_shown() {
        String id = measured.path("experiment_id").asString();
        JsonNode list = program.run("list", "--json").json();
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(list.path("experiments").path(0).path("experiment_id").asString()).isEqualTo(id);
        assertThat(list.path("experiments").path(0).has("runs")).isFalse();
        ObjectNode shown = (ObjectNode) program.run("show", id, "--json").json();
        assertThat(shown.remove("flagged").isNull()).isTrue();
        assertThat(shown).isEqualTo(measured);
        assertThat(program.run("show", id, "--code").out())
                .contains("8x8 DCT")
                .contains("BD-rate %");
        assertThat(program.run("rd", id).out()).contains("x264-medium").contains(id);
    }

    private static Answer evaluate(String example) {
        return program.run(
                "evaluate",
                EXAMPLES.resolve(example).toString(),
                "--clip",
                "rapids",
                "--frames",
                "4",
                "--anchor",
                "x264-medium",
                "--json",
                "--quiet");
    }

    private static Path copy(String example, String name) throws IOException {
        Path target = Files.createDirectories(folder.resolve(name));
        for (String file : new String[] {"encoder.py", "decoder.py", "common.py"}) {
            Files.copy(
                    EXAMPLES.resolve(example).resolve(file),
                    target.resolve(file),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }
}
