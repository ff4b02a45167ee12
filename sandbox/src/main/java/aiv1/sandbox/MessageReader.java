package aiv1.sandbox;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads the messages of a sandboxed process: one letter, a length of eight bytes, that many bytes.
/// The other side is hostile: a length is believed only up to the limit, and whatever does not fit
/// the form is a message [#BROKEN].
final class MessageReader {
    static final char HELLO = 'H';
    static final char BITSTREAM = 'B';
    static final char FRAME = 'F';
    static final char FILE = 'O';
    static final char LABEL = 'L';
    static final char NEXT = 'N';
    static final char ERROR = 'E';
    static final char DONE = 'D';

    /// Not sent by anybody: what was read is no message.
    static final char BROKEN = '!';

    /// Not sent by anybody: more than the limit.
    static final char TOO_LARGE = '>';

    private static final String LETTERS = "HBFOLNED";
    private static final long OVERHEAD_BYTES_MAX = 1 << 20;

    private final DataInputStream in;
    private final LetterLimit limit;
    private final long bytesMax;
    private long bytesRead;

    /// The longest payload that a message of a letter may have.
    @FunctionalInterface
    interface LetterLimit {
        long payloadBytesMax(char letter);
    }

    /// `payloadBytesMax` bounds all messages together.
    MessageReader(InputStream in, long payloadBytesMax, LetterLimit limit) {
        this.in = new DataInputStream(in);
        this.limit = limit;
        this.bytesMax = payloadBytesMax + OVERHEAD_BYTES_MAX;
    }

    /// One message. For a [#TOO_LARGE] one the payload is empty.
    record Message(char letter, byte[] payload) {}

    /// The next message; empty at the end of the pipe.
    Optional<Message> next() {
        try {
            int letter = in.read();
            if (letter < 0) {
                return Optional.empty();
            }
            if (LETTERS.indexOf(letter) < 0) {
                return Optional.of(new Message(BROKEN, new byte[0]));
            }
            long sizeMax = limit.payloadBytesMax((char) letter);
            if (sizeMax == MessageHandler.NOT_TAKEN) {
                return Optional.of(new Message(BROKEN, new byte[0]));
            }
            long size = in.readLong();
            if (size < 0
                    || size > bytesMax - bytesRead
                    || size > sizeMax
                    || size > Integer.MAX_VALUE - 16) {
                return Optional.of(new Message(TOO_LARGE, new byte[0]));
            }
            bytesRead += size;
            byte[] payload = in.readNBytes((int) size);
            if (payload.length < size) {
                return Optional.empty();
            }
            return Optional.of(new Message((char) letter, payload));
        } catch (EOFException cut) {
            return Optional.empty();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }
}
