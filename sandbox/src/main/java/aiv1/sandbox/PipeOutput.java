package aiv1.sandbox;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The pipe to a sandboxed process, whose breaking can be told from a failure of what is written
/// into it.
final class PipeOutput extends FilterOutputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    PipeOutput(OutputStream out) {
        super(new BufferedOutputStream(out, BUFFER_BYTES));
    }

    /// The process closed its end, or is gone.
    static final class ClosedException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedException(IOException cause) {
            super(cause);
        }
    }

    @Override
    public void write(int value) throws IOException {
        try {
            out.write(value);
        } catch (IOException e) {
            throw new ClosedException(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        try {
            out.write(bytes, offset, count);
        } catch (IOException e) {
            throw new ClosedException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new ClosedException(e);
        }
    }
}
