package aiv1.sandbox;

import java.io.IOException;

/// Takes decoded frames, one by one. The array is used again after the call.
@FunctionalInterface
public interface FrameSink {
    void accept(int index, byte[] frame) throws IOException;
}
