package aiv1.media;

import aiv1.domain.clip.VideoFormat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// One frame as a PNG (ISO/IEC 15948): 8-bit R, G, B by [ColourMatrix]; each chroma sample stands
/// for its two by two luma samples, and nothing is interpolated. Equal frames give equal bytes.
public final class PngPicture {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int SAMPLES = 3;
    private static final byte FILTER_SUB = 1;

    private PngPicture() {}

    /// `frame` is Y, U, V of that format.
    public static byte[] of(VideoFormat format, byte[] frame) {
        if (frame.length != format.frameBytes()) {
            throw new IllegalArgumentException(
                    "frame: expected %d bytes, got %d"
                            .formatted(format.frameBytes(), frame.length));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(frame.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", header(format));
            chunk(out, "IDAT", deflated(format, frame));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(VideoFormat format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(format.width());
        out.writeInt(format.height());
        // 8 bits, R G B; deflate, the five filters, not interlaced.
        out.write(new byte[] {8, 2, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] deflated(VideoFormat format, byte[] frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(frame.length);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        byte[] row = new byte[SAMPLES * format.width()];
        byte[] filtered = new byte[1 + row.length];
        filtered[0] = FILTER_SUB;
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            for (int line = 0; line < format.height(); line++) {
                convert(format, frame, line, row);
                for (int i = 0; i < row.length; i++) {
                    filtered[1 + i] = (byte) (row[i] - (i < SAMPLES ? 0 : row[i - SAMPLES]));
                }
                out.write(filtered);
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void convert(VideoFormat format, byte[] frame, int line, byte[] row) {
        ColourMatrix matrix = ColourMatrix.of(format);
        int luma = line * format.width();
        int u = format.lumaBytes() + line / 2 * (format.width() / 2);
        int v = u + format.chromaBytes();
        for (int x = 0; x < format.width(); x++) {
            matrix.convert(
                    frame[luma + x] & 0xff,
                    frame[u + x / 2] & 0xff,
                    frame[v + x / 2] & 0xff,
                    row,
                    SAMPLES * x);
        }
    }

    private static void chunk(DataOutputStream out, String name, byte[] content)
            throws IOException {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(type);
        check.update(content);
        out.writeInt(content.length);
        out.write(type);
        out.write(content);
        out.writeInt((int) check.getValue());
    }
}
