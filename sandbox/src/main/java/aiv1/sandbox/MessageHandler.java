package aiv1.sandbox;

import java.io.IOException;

/// Takes the messages of a sandboxed process, in order.
@FunctionalInterface
interface MessageHandler {
    /// False ends the process: the handler knows why. An exception is the lab's own fault.
    boolean accept(MessageReader.Message message) throws IOException;

    /// What [#payloadBytesMax] gives for a letter that is not taken at all.
    long NOT_TAKEN = -1;

    /// The longest payload that a message of this letter may have; a longer one is not read, and
    /// one whose letter is [#NOT_TAKEN] is broken.
    default long payloadBytesMax(char letter) {
        return switch (letter) {
            case MessageReader.HELLO, MessageReader.DONE -> 0;
            case MessageReader.LABEL -> 1 << 10;
            case MessageReader.ERROR -> 1 << 16;
            default -> NOT_TAKEN;
        };
    }
}
