package aiv1.worker.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;

/// A request's body: whatever the sender does wrong while it comes (breaks off, falls silent, sends
/// chunks that are none) is an [IOException], for which the library has exceptions of many kinds.
final class BodyStream extends FilterInputStream {
    BodyStream(ServerRequest request) {
        super(request.content().inputStream());
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (RuntimeException sender) {
            throw broken(sender);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (RuntimeException sender) {
            throw broken(sender);
        }
    }

    /// What is left of it is read to its end, or as far as it goes: that ends the connection.
    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (RuntimeException sender) {
            throw broken(sender);
        }
    }

    private static IOException broken(RuntimeException sender) {
        return new IOException("it broke off: " + sender.getClass().getSimpleName(), sender);
    }
}
