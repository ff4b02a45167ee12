package aiv1.sandbox;

import java.io.IOException;

/// Takes the messages of a sandboxed process, in order.
@FunctionalInterface
interface MessageHandler {
    /// False ends the process: the handler knows why. An exception is the lab's own fault.
    boolean accept(MessageReader.Message message) throws IOException;

    /// The longest payload that a message of this letter may have; a longer one is not read.
    default long payloadBytesMax(char letter) {
        return switch (letter) {
            case MessageReader.HELLO, MessageReader.DONE -> 0;
            case MessageReader.LABEL -> 1 << 10;
            case MessageReader.ERROR -> 1 << 16;
            default -> Long.MAX_VALUE;
        };
    }
}
