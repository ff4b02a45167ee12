package aiv1.sandbox;

import java.io.IOException;

/// Gives the frames of a clip, one by one.
@FunctionalInterface
public interface FrameSource {
    /// Fills `frame` with the next planar frame (Y, U, V); false at the end.
    boolean next(byte[] frame) throws IOException;
}
