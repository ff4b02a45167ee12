package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import java.time.Duration;
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

    /// CPU time of a thread that has ended counts too.
    @Test
    void work_in_a_thread_is_counted() {
        String decoder =
                """
                import threading, time
                import numpy as np

                def work():
                    end = time.thread_time() + 0.5
                    while time.thread_time() < end:
                        pass

                def decode(bitstream):
                    thread = threading.Thread(target=work)
                    thread.start()
                    thread.join()
                    for _ in range(4):
                        yield np.zeros((12, 16), np.uint8), np.zeros((6, 8), np.uint8), np.zeros((6, 8), np.uint8)
                """;
        DecodeResult decoded =
                sandbox.decode(
                        Codecs.job(Codecs.candidate("", decoder, Contract.NATIVE), Codecs.LIMIT),
                        new byte[] {1},
                        (index, frame) -> {});
        assertThat(((DecodeResult.Decoded) decoded).usage().cpu())
                .isGreaterThan(Duration.ofMillis(480));
    }

    /// The kernel writes the name into the very line that holds the time of threads that ended.
    @Test
    void work_in_short_threads_of_an_unreadable_name_is_counted() {
        String decoder =
                """
                import ctypes, threading, time
                import numpy as np

                def work():
                    end = time.thread_time() + 0.1
                    while time.thread_time() < end:
                        pass

                def decode(bitstream):
                    ctypes.CDLL(None).prctl(15, b"\\xff\\xfe")
                    for _ in range(10):
                        thread = threading.Thread(target=work)
                        thread.start()
                        thread.join()
                    for _ in range(4):
                        yield np.zeros((12, 16), np.uint8), np.zeros((6, 8), np.uint8), np.zeros((6, 8), np.uint8)
                """;
        DecodeResult decoded =
                sandbox.decode(
                        Codecs.job(Codecs.candidate("", decoder, Contract.NATIVE), Codecs.LIMIT),
                        new byte[] {1},
                        (index, frame) -> {});
        assertThat(((DecodeResult.Decoded) decoded).usage().cpu())
                .isGreaterThan(Duration.ofMillis(980));
        assertThat(((DecodeResult.Decoded) decoded).usage().peakMemoryBytes())
                .isGreaterThan(10_000_000);
    }

    /// What a candidate says of its failure is bounded, however long it is.
    @Test
    void a_long_message_is_cut() {
        String decoder =
                """
                import os, struct

                def decode(bitstream):
                    for fd in range(3, 10):
                        try:
                            text = b"x" * 60000
                            body = struct.pack(">I", 1) + struct.pack(">I", 7) + b"message" + struct.pack(">I", len(text)) + text
                            os.write(fd, b"E" + struct.pack(">Q", len(body)) + body)
                        except OSError:
                            pass
                    raise ValueError
                """;
        DecodeResult result =
                sandbox.decode(
                        Codecs.job(Codecs.candidate("", decoder, Contract.NATIVE), Codecs.LIMIT),
                        new byte[] {1},
                        (index, frame) -> {});
        assertThat(((DecodeResult.Stopped) result).outcome().failure().message().length())
                .isEqualTo(8000);
    }

    @Test
    void every_canary_is_contained() {
        assertThat(sandbox.canaries()).hasSizeGreaterThan(12).allMatch(CanaryResult::contained);
    }
}
