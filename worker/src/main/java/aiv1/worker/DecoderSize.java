package aiv1.worker;

import aiv1.domain.candidate.Candidate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/// The size of a decoder: xz, at its strongest preset, of the decoder's source with the common part
/// it imports.
public final class DecoderSize {
    /// A larger decoder is refused, so that weights or a hidden clip cannot dominate the rate.
    public static final long BYTES_MAX = 256L << 10;

    private static final int DICTIONARY_BYTES_MIN = 1 << 20;

    private DecoderSize() {}

    /// In bytes, > 0.
    public static long compute(Candidate candidate) {
        byte[] source = candidate.decoderWithCommon().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (XZOutputStream xz =
                new XZOutputStream(compressed, options(source.length), XZ.CHECK_CRC32)) {
            xz.write(source);
        } catch (IOException impossible) {
            throw new UncheckedIOException("xz in memory", impossible);
        }
        return compressed.size();
    }

    /// A dictionary as large as the source sees all of it. The preset's own of 64 MiB would take
    /// 700 MB of memory.
    private static LZMA2Options options(int sourceBytes) throws UnsupportedOptionsException {
        LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_MAX);
        options.setDictSize(
                Math.max(
                        DICTIONARY_BYTES_MIN, 2 * Integer.highestOneBit(Math.max(1, sourceBytes))));
        return options;
    }
}
