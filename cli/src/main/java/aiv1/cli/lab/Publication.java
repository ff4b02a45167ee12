package aiv1.cli.lab;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import aiv1.store.s3.S3ArtifactStore;
import aiv1.worker.Reconstructions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An experiment for others to fetch: its parts, bitstreams and reconstructed video in the artifact
/// store, each read back and compared with its hash.
///
/// The video comes from decoding again: a result keeps only its hash, and decoders are known to
/// give the same frames each time.
public final class Publication {
    private final Lab lab;
    private final Duration linkDuration;
    private final ArtifactStore store;
    private final List<Row> rows = new ArrayList<>();

    /// Links, where the store gives some, are good for `linkDuration`.
    public Publication(Lab lab, Duration linkDuration) {
        this.lab = lab;
        this.linkDuration = linkDuration;
        this.store = lab.stores().openUncopied();
    }

    /// One thing that was stored: `detail` is its SHA-256 when what was read back is equal, else
    /// what is wrong.
    public record Row(
            String name, boolean isEqual, long bytes, String detail, Optional<URI> link) {}

    /// Stores everything, and gives a row for each.
    public List<Row> publish(ExperimentResult result) {
        for (Part part : Part.values()) {
            result.experiment()
                    .proposal()
                    .candidate()
                    .source(part)
                    .ifPresent(text -> add(part.fileName(), text.getBytes(StandardCharsets.UTF_8)));
        }
        new Reconstructions(lab.sandbox())
                .decode(
                        result,
                        (clip, quality) -> bitstream(result, clip, quality),
                        new Reconstructions.Listener() {
                            @Override
                            public void decoded(RunResult run, byte[] reconstruction) {
                                add(name(run, "bin"), bitstream(result, run.clip(), run.quality()));
                                add(name(run, "yuv"), reconstruction);
                            }

                            @Override
                            public void failed(RunResult run, String reason) {
                                rows.add(
                                        new Row(
                                                name(run, "yuv"),
                                                false,
                                                0,
                                                reason,
                                                Optional.empty()));
                            }
                        });
        return List.copyOf(rows);
    }

    private static String name(RunResult run, String kind) {
        return "%s.q%d.%s".formatted(run.clip(), run.quality(), kind);
    }

    private void add(String name, byte[] bytes) {
        ArtifactId id = store.put(bytes);
        boolean isEqual =
                store.find(id).filter(there -> ArtifactId.of(there).equals(id)).isPresent();
        rows.add(
                new Row(
                        name,
                        isEqual,
                        bytes.length,
                        isEqual ? id.sha256() : "expected it where it was put, got nothing",
                        link(id, name)));
    }

    private Optional<URI> link(ArtifactId id, String name) {
        return store instanceof S3ArtifactStore bucket
                ? Optional.of(bucket.link(id, linkDuration, Optional.of(name)))
                : Optional.empty();
    }

    private byte[] bitstream(ExperimentResult result, String clip, int quality) {
        ArtifactId id =
                result.runs().stream()
                        .filter(run -> run.clip().equals(clip) && run.quality() == quality)
                        .flatMap(run -> run.outcome().numbers().stream())
                        .map(Measurement::bitstream)
                        .findFirst()
                        .orElseThrow();
        return lab.artifacts()
                .find(id)
                .orElseThrow(
                        () ->
                                new LabFaultException(
                                        "artifact " + id.sha256() + ": expected it, got none"));
    }
}
