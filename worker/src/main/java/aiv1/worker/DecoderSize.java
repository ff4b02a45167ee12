package aiv1.worker;

import aiv1.domain.candidate.Candidate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/// The size of a decoder: xz, at its strongest preset, of the decoder's source with the common part
/// it imports.
public final class DecoderSize {
    /// A larger decoder is refused, so that weights or a hidden clip cannot dominate the rate.
    public static final long BYTES_MAX = 256L << 10;

    private DecoderSize() {}

    /// In bytes, > 0.
    public static long compute(Candidate candidate) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (XZOutputStream xz =
                new XZOutputStream(
                        compressed, new LZMA2Options(LZMA2Options.PRESET_MAX), XZ.CHECK_CRC32)) {
            xz.write(candidate.decoderWithCommon().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException("xz in memory", impossible);
        }
        return compressed.size();
    }
}
