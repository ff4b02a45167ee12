package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.sandbox.Sandbox;
import aiv1.sandbox.SandboxConfig;
import aiv1.worker.CanaryCodec.Expected;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CanaryCodecTest {
    private static final Expected KNOWN = CanaryCodec.KNOWN;
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open(SandboxConfig.defaults());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void this_machine_gives_what_is_known() {
        assertThat(CanaryCodec.require(sandbox))
                .isEqualTo("1159 bytes, PSNR-Y 34.83 dB, SSIM-Y 0.9980: as known");
    }

    /// One letter of the codec stands for a library that miscalculates.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reshape(-1) >> 4 | reshape(-1) >> 5 | bitstream: expected 96eecafb",
                "join(packed | join(b'x' + packed | bitstream bytes: expected 1159, got 1168",
                "levels * 16 + 8 | levels * 16 + 7 | frames: expected a7e72e17",
                "frame = [] | frame = [][0] | expected it to run, got crashed: decode",
                "def encode | def incode | expected it to run, got ",
                "import struct | import strict | expected it to run, got "
            })
    void a_codec_that_differs_is_found(String old, String changed, String message) {
        Candidate candidate = altered(text -> text.replace(old, changed));
        assertThat(candidate).isNotEqualTo(CanaryCodec.bundled());
        requireFault(new CanaryCodec(candidate, KNOWN), message);
    }

    @Test
    void a_meter_that_differs_is_found() {
        requireFault(
                known(KNOWN.psnrY() + 1e-8, KNOWN.psnrU(), KNOWN.psnrV(), KNOWN.ssimY()),
                "PSNR-Y in dB: expected 34.8260627");
        requireFault(
                known(KNOWN.psnrY(), KNOWN.psnrV(), KNOWN.psnrV(), KNOWN.ssimY()),
                "PSNR-U in dB: expected 34.85");
        requireFault(
                known(KNOWN.psnrY(), KNOWN.psnrU(), Double.NaN, KNOWN.ssimY()),
                "PSNR-V in dB: expected NaN");
        requireFault(
                known(KNOWN.psnrY(), KNOWN.psnrU(), KNOWN.psnrV(), KNOWN.ssimY() - 1e-8),
                "SSIM-Y: expected 0.99798");
    }

    private static CanaryCodec known(double psnrY, double psnrU, double psnrV, double ssimY) {
        return new CanaryCodec(
                CanaryCodec.bundled(),
                new Expected(
                        KNOWN.bitstreamBytes(),
                        KNOWN.bitstreamSha256(),
                        KNOWN.framesSha256(),
                        psnrY,
                        psnrU,
                        psnrV,
                        ssimY));
    }

    private static void requireFault(CanaryCodec canary, String message) {
        assertThatThrownBy(() -> canary.requireExact(sandbox))
                .isInstanceOf(LabFaultException.class)
                .hasMessageStartingWith("canary codec: ")
                .hasMessageContaining(message);
    }

    private static Candidate altered(UnaryOperator<String> change) {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        CanaryCodec.bundled()
                .sources()
                .forEach((part, text) -> sources.put(part, change.apply(text)));
        return new Candidate(sources, Contract.NATIVE);
    }
}
