package aiv1.dashboard.board;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The first lines of rationales, read when they are first shown. Thread-safe.
final class Titles {
    private static final int KEPT_COUNT_MAX = 20_000;
    private static final int LENGTH_MAX = 160;

    private final ArtifactStore artifacts;
    private final Map<ArtifactId, String> kept =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ArtifactId, String> eldest) {
                    return size() > KEPT_COUNT_MAX;
                }
            };

    Titles(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /// Empty for a rationale that is empty or gone.
    String of(ArtifactId rationale) {
        synchronized (kept) {
            String known = kept.get(rationale);
            if (known != null) {
                return known;
            }
        }
        String title = read(rationale);
        synchronized (kept) {
            kept.put(rationale, title);
        }
        return title;
    }

    private static String shortened(String line) {
        return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX).strip() + "…";
    }

    private String read(ArtifactId rationale) {
        try {
            return artifacts
                    .find(rationale)
                    .flatMap(
                            bytes ->
                                    new String(bytes, StandardCharsets.UTF_8)
                                            .lines()
                                            .map(line -> line.replaceFirst("^#+\\s*", "").strip())
                                            .filter(line -> !line.isEmpty())
                                            .findFirst())
                    .map(Titles::shortened)
                    .orElse("");
        } catch (LabFaultException damaged) {
            return "";
        }
    }
}
