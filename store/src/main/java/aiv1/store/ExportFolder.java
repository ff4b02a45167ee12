package aiv1.store;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A folder that an export wrote, read back. Its files may come from anybody: sizes are limited,
/// paths never leave the folder.
public final class ExportFolder {
    private static final long BYTES_MAX = 256L << 20;

    private final Path folder;
    private final ExperimentResult result;

    private ExportFolder(Path folder, ExperimentResult result) {
        this.folder = folder;
        this.result = result;
    }

    /// Throws [ExportException] or [aiv1.wire.JsonFormatException] when `folder` is no whole
    /// export.
    public static ExportFolder read(Path folder) {
        JsonNode document =
                Json.parse(text(folder, "result.json"), folder.resolve("result.json").toString());
        Map<Part, String> sources = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            if (Files.exists(folder.resolve(part.fileName())) || isMissed(folder, part)) {
                sources.put(part, text(folder, part.fileName()));
            }
        }
        Contract contract =
                Contract.find(document.path("contract").asString(""))
                        .orElseThrow(
                                () ->
                                        new ExportException(
                                                folder.resolve("result.json")
                                                        + ": contract: expected a known one, got "
                                                        + document.path("contract")));
        List<CandidateId> parents = new ArrayList<>();
        document.path("parent_ids").forEach(id -> parents.add(new CandidateId(id.asString(""))));
        Proposal proposal =
                new Proposal(
                        new Candidate(sources, contract),
                        text(folder, "rationale.md"),
                        parents,
                        document.path("proposer").asString("unknown"));
        return new ExportFolder(folder, ExperimentJson.read(document, proposal));
    }

    public ExperimentResult result() {
        return result;
    }

    /// The bytes of a run's bitstream.
    public byte[] bitstream(String clip, int quality) {
        return bytes(folder, ExperimentExport.bitstreamPath(clip, quality));
    }

    /// An encoder or decoder in neither language is told of as one in Python.
    private static boolean isMissed(Path folder, Part part) {
        return switch (part) {
            case ENCODER -> !Files.exists(folder.resolve(Part.ENCODER_C.fileName()));
            case DECODER -> !Files.exists(folder.resolve(Part.DECODER_C.fileName()));
            case COMMON, ENCODER_C, DECODER_C, COMMON_H -> false;
        };
    }

    private static String text(Path folder, String name) {
        return new String(bytes(folder, name), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new ExportException(name + ": expected a file of the export, got a path outside");
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw new ExportException(file + ": expected a file, got none");
            }
            if (Files.size(file) > BYTES_MAX) {
                throw new ExportException(
                        "%s: expected at most %d bytes, got %d"
                                .formatted(file, BYTES_MAX, Files.size(file)));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ExportException(file + ": cannot be read: " + e);
        }
    }
}
