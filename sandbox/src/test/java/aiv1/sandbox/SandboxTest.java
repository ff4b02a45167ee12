package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxTest {
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
    void says_what_candidates_find() {
        assertThat(sandbox.python().version()).startsWith("3.");
        assertThat(sandbox.python().numpy()).matches("\\d+\\..*");
        assertThat(sandbox.tier()).isEqualTo(SandboxTier.B);
    }

    @Test
    void a_lossless_codec_gives_back_every_byte() {
        Candidate candidate =
                Codecs.candidate(Codecs.LOSSLESS_ENCODER, Codecs.LOSSLESS_DECODER, Contract.NATIVE);
        EncodeResult encoded = sandbox.encode(Codecs.job(candidate, Codecs.LIMIT), Codecs.source());
        assertThat(encoded).isInstanceOf(EncodeResult.Encoded.class);
        byte[] bitstream = ((EncodeResult.Encoded) encoded).bitstream();
        List<byte[]> frames = new ArrayList<>();
        DecodeResult decoded =
                sandbox.decode(
                        Codecs.job(candidate, Codecs.LIMIT),
                        bitstream,
                        (index, frame) -> frames.add(frame.clone()));
        assertThat(decoded).isInstanceOf(DecodeResult.Decoded.class);
        assertThat(frames).hasSize(Codecs.FRAME_COUNT);
        for (int i = 0; i < Codecs.FRAME_COUNT; i++) {
            assertThat(frames.get(i)).isEqualTo(Codecs.frame(i));
        }
        assertThat(((DecodeResult.Decoded) decoded).usage().cpu()).isPositive();
        assertThat(((DecodeResult.Decoded) decoded).usage().peakMemoryBytes())
                .isGreaterThan(10_000_000);
    }

    @Test
    void every_canary_is_contained() {
        assertThat(sandbox.canaries()).hasSizeGreaterThan(12).allMatch(CanaryResult::contained);
    }
}
