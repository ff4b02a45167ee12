package aiv1.cluster.temporal;

import aiv1.domain.clip.Clip;
import java.io.IOException;
import java.io.InputStream;

/// The clips that a worker has, and how it takes more.
public interface ClipShelf {
    /// Whether it has this very clip, or can make it.
    boolean has(Clip clip);

    /// Takes a clip's canonical file, which must have the clip's hash. `open` gives its bytes from
    /// the beginning.
    void take(Clip clip, InputStream file) throws IOException;
}
