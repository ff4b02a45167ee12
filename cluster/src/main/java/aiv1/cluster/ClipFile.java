package aiv1.cluster;

import aiv1.domain.clip.Clip;
import java.nio.file.Path;

/// Where a clip's canonical Y4M file lies on this machine.
@FunctionalInterface
public interface ClipFile {
    Path of(Clip clip);
}
