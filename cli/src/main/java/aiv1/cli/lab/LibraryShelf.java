package aiv1.cli.lab;

import aiv1.cluster.temporal.ClipShelf;
import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.media.ClipLibrary;
import aiv1.media.MediaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// The clip library as a worker of a cluster uses it: one clip comes in at a time, and those that
/// can be had again make room. Thread-safe.
final class LibraryShelf implements ClipShelf {
    private final ClipLibrary clips;
    private final long cacheBytesMax;

    LibraryShelf(ClipLibrary clips, long cacheBytesMax) {
        this.clips = clips;
        this.cacheBytesMax = cacheBytesMax;
    }

    @Override
    public synchronized boolean has(Clip clip) {
        return clips.findExact(clip).isPresent();
    }

    @Override
    public synchronized void take(Clip clip, InputStream file) throws IOException {
        if (has(clip)) {
            return;
        }
        try {
            clips.makeRoom(clip, cacheBytesMax, Set.of());
            long received = clips.receivedBytes(clip);
            file.skipNBytes(received);
            clips.receive(clip, received, file);
        } catch (MediaException refused) {
            throw new LabFaultException(String.valueOf(refused.getMessage()), refused);
        }
        if (!has(clip)) {
            throw new LabFaultException(
                    "clip %s: expected %d bytes, got fewer"
                            .formatted(clip.name(), ClipLibrary.fileBytes(clip)));
        }
    }
}
