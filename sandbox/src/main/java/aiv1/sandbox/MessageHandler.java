package aiv1.sandbox;

import java.io.IOException;

/// Takes the messages of a sandboxed process, in order.
@FunctionalInterface
interface MessageHandler {
    /// False ends the process: the handler knows why. An exception is the lab's own fault.
    boolean accept(MessageReader.Message message) throws IOException;
}
