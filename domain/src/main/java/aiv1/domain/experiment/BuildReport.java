package aiv1.domain.experiment;

import aiv1.domain.ArtifactId;
import java.util.List;

/// What the build of a candidate cost and left: charged to no run, shown beside them.
///
/// `archive` holds every file that it left, `archiveBytes` (>= 0) is its size; `labels` are remarks
/// such as the compiler's warnings.
public record BuildReport(ArtifactId archive, long archiveBytes, Usage usage, List<String> labels) {
    public BuildReport {
        if (archiveBytes < 0) {
            throw new IllegalArgumentException("archive bytes: expected >= 0, got " + archiveBytes);
        }
        labels = List.copyOf(labels);
    }
}
