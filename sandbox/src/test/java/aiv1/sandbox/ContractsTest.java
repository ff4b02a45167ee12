package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContractsTest {
    private static final String LOSSLESS_PACK =
            """
            import zlib
            import numpy as np

            def pack(clip):
                return {"status": "success", "shape": list(clip.y.shape), "noise": bytes(range(256)),
                        "planes": [zlib.compress(p.tobytes()) for p in (clip.y, clip.u, clip.v)],
                        "y0": clip.y[0], "rate": 1.5, "nested": {"deep": (None, True, -7, "ü")}}

            def unpack(data):
                assert data["noise"] == bytes(range(256)) and data["nested"] == {"deep": (None, True, -7, "ü")}
                n, h, w = data["shape"]
                shapes = (n, h, w), (n, h // 2, w // 2), (n, h // 2, w // 2)
                planes = tuple(np.frombuffer(zlib.decompress(p), np.uint8).reshape(s) for p, s in zip(data["planes"], shapes))
                assert (planes[0][0] == data["y0"]).all() and data["y0"].dtype == np.uint8
                return planes
            """;

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open(SandboxConfig.defaults());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    /// Requirements 27 to 29: the form of the first system runs as it was written, dicts and random
    /// bytes included.
    @Test
    void the_seeds_form_runs_and_every_byte_survives() {
        Candidate candidate =
                new Candidate(
                        Map.of(
                                Part.ENCODER,
                                "import aiv1\nfrom common import pack\ndef run_encoding_agent(device: str = 'cpu') -> dict:\n    assert device == 'cpu'\n    return pack(aiv1.source())\n",
                                Part.DECODER,
                                "from common import unpack\ndef run_decoding_agent(device: str = 'cpu', encoding_data: dict = None) -> dict:\n    assert device == 'cpu' and encoding_data.get('status') == 'success'\n    return {'status': 'success', 'frames': unpack(encoding_data)}\n",
                                Part.COMMON,
                                LOSSLESS_PACK),
                        Contract.C3);
        assertThat(roundTrip(candidate)).isTrue();
    }

    /// Requirements 27, 30 and 32: the fault of the first system is reported as failed, with
    /// function, line and stage.
    @Test
    void the_seeds_fault_is_told_with_its_line() {
        String decoder =
                "# padding\n".repeat(43)
                        + "def run_decoding_agent(device: str = 'cpu', encoding_data: dict = None) -> dict:\n"
                        + "    encoding_data = device\n"
                        + "    if encoding_data.get('status') != 'success':\n"
                        + "        return {}\n";
        Candidate candidate =
                Codecs.candidate(
                        "def run_encoding_agent(device: str = 'cpu') -> dict:\n    return {'status': 'success'}\n",
                        decoder,
                        Contract.C3);
        EncodeResult.Encoded encoded =
                (EncodeResult.Encoded)
                        sandbox.encode(Codecs.job(candidate, Codecs.LIMIT), Codecs.source());
        assertThat(encoded.labels()).containsExactly("did not read the source");
        NotMeasured outcome = decodeFailure(candidate, encoded.bitstream());
        Failure failure = outcome.failure();
        assertThat(outcome.label()).isEqualTo("crashed");
        assertThat(failure.stage()).isEqualTo(Stage.DECODE);
        assertThat(failure.exception()).contains("AttributeError");
        assertThat(failure.message()).isEqualTo("'str' object has no attribute 'get'");
        assertThat(failure.part()).contains(Part.DECODER);
        assertThat(failure.function()).contains("run_decoding_agent");
        assertThat(failure.line()).hasValue(46);
        assertThat(failure.stderrTail()).contains("encoding_data.get('status')");
        assertThat(failure.usage()).isPresent();
    }

    @Test
    void files_of_raw_frames_y4m_and_arrays_are_taken() {
        String encoder =
                "import numpy as np\ndef run_encoding_agent(frames, output_path):\n    np.save(open(output_path, 'wb'), np.stack(frames))\n";
        String[] writers = {
            "np.save(output_path, a)",
            "open(output_path, 'wb').write(a.tobytes())",
            "open(output_path, 'wb').write(b'YUV4MPEG2 W16 H12 F30:1\\n' + b''.join(b'FRAME\\n' + bytes(288) for _ in a))",
            "open(output_path, 'wb').write(bytes(288 * frame_count))"
        };
        for (String writer : writers) {
            String decoder =
                    "import numpy as np\ndef run_decoding_agent(input_path, output_path, frame_count):\n    a = np.load(input_path)\n    "
                            + writer
                            + "\n";
            assertThat(runs(Codecs.candidate(encoder, decoder, Contract.C5))).as(writer).isTrue();
        }
    }

    @Test
    void lists_of_frames_are_taken() {
        Candidate candidate =
                Codecs.candidate(
                        "import numpy as np\ndef encode(frames):\n    return np.stack(frames).tobytes()[:300]\n",
                        "import numpy as np\ndef decode(data, num_frames):\n    return [np.full((12, 16, 3), data[i], np.uint8) for i in range(num_frames)]\n",
                        Contract.C6);
        assertThat(runs(candidate)).isTrue();
    }

    /// Requirement 27: by name first, then by position.
    @Test
    void parameters_are_bound_by_name_and_then_by_position() {
        String encoder =
                """
                def encode(quality, the_clip, *, fps, width, height, frame_count, seed, device, extra=None, **rest):
                    assert (quality, width, height, frame_count, device, str(fps)) == (2, 16, 12, 4, "cpu", "30")
                    assert extra is None and not rest and the_clip.rgb().shape == (4, 12, 16, 3)
                    return b"x"
                """;
        EncodeResult result =
                sandbox.encode(
                        Codecs.job(Codecs.candidate(encoder, "", Contract.NATIVE), Codecs.LIMIT),
                        Codecs.source());
        assertThat(result).isInstanceOf(EncodeResult.Encoded.class);
    }

    @Test
    void what_cannot_be_bound_names_both_sides() {
        Failure failure = encodeFailure("def encode(clip, quality, bitrate):\n    return b'x'\n");
        assertThat(failure.category()).isEqualTo(FailureCategory.CONTRACT);
        assertThat(failure.message())
                .contains("encode(clip, quality, bitrate)")
                .contains("'bitrate' cannot be bound")
                .contains("frame_count");
    }

    @Test
    void a_missing_function_is_told_with_those_there_are() {
        Failure failure = encodeFailure("def encoed(clip, quality):\n    return b'x'\n");
        assertThat(failure.category()).isEqualTo(FailureCategory.CONTRACT);
        assertThat(failure.message()).contains("expected a function encode, got encoed");
    }

    @Test
    void missing_imports_and_names_are_classes_of_their_own() {
        assertThat(encodeFailure("import cv3\n").category())
                .isEqualTo(FailureCategory.MISSING_IMPORT);
        assertThat(
                        encodeFailure("def encode(clip, quality):\n    return zlib.compress(b'')\n")
                                .category())
                .isEqualTo(FailureCategory.MISSING_NAME);
        assertThat(encodeFailure("def encode(clip, quality):\n    return 7\n").message())
                .contains("expected bytes from encode, got int");
        assertThat(encodeFailure("def encode(clip, quality):\n    return b''\n").category())
                .isEqualTo(FailureCategory.NO_OUTPUT);
    }

    /// A pickle in the bitstream is data like any other.
    @Test
    void a_damaged_dict_is_refused_and_never_unpickled() {
        Candidate candidate =
                Codecs.candidate(
                        "",
                        "def run_decoding_agent(device='cpu', encoding_data=None):\n    return encoding_data\n",
                        Contract.C3);
        byte[] pickle =
                "cos\nsystem\n(S'id'\ntR.".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Failure failure = decodeFailure(candidate, pickle).failure();
        assertThat(failure.category()).isEqualTo(FailureCategory.CONTRACT);
        assertThat(failure.message()).contains("the bitstream is damaged");
    }

    private static Failure encodeFailure(String encoder) {
        EncodeResult result =
                sandbox.encode(
                        Codecs.job(Codecs.candidate(encoder, "", Contract.NATIVE), Codecs.LIMIT),
                        Codecs.source());
        return ((EncodeResult.Stopped) result).outcome().failure();
    }

    private static NotMeasured decodeFailure(Candidate candidate, byte[] bitstream) {
        DecodeResult result =
                sandbox.decode(
                        Codecs.job(candidate, Codecs.LIMIT), bitstream, (index, frame) -> {});
        return ((DecodeResult.Stopped) result).outcome();
    }

    private static boolean runs(Candidate candidate) {
        return decoded(candidate).isPresent();
    }

    private static boolean roundTrip(Candidate candidate) {
        List<byte[]> frames = decoded(candidate).orElseThrow();
        for (int i = 0; i < Codecs.FRAME_COUNT; i++) {
            assertThat(frames.get(i)).isEqualTo(Codecs.frame(i));
        }
        return true;
    }

    private static Optional<List<byte[]>> decoded(Candidate candidate) {
        EncodeResult encoded = sandbox.encode(Codecs.job(candidate, Codecs.LIMIT), Codecs.source());
        assertThat(encoded).isInstanceOf(EncodeResult.Encoded.class);
        List<byte[]> frames = new ArrayList<>();
        DecodeResult decoded =
                sandbox.decode(
                        Codecs.job(candidate, Codecs.LIMIT),
                        ((EncodeResult.Encoded) encoded).bitstream(),
                        (index, frame) -> frames.add(frame.clone()));
        assertThat(decoded).isInstanceOf(DecodeResult.Decoded.class);
        return Optional.of(frames);
    }
}
