package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.wire.ClipJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An experiment as a folder that stands by itself: sources, bitstreams, per-frame tables, the
/// result, and a `decode.py` that needs nothing but python and numpy.
///
/// The folder appears under its name only when it is whole.
public final class ExperimentExport {
    private ExperimentExport() {}

    /// Writes to `directory`, which must not exist or be empty; throws [ExportException] when it
    /// does not fit.
    public static void write(ExperimentResult result, ArtifactStore artifacts, Path directory) {
        Path target = directory.toAbsolutePath().normalize();
        try {
            requireFree(target);
            Path parent = Optional.ofNullable(target.getParent()).orElse(target);
            Files.createDirectories(parent);
            Path draft = Files.createDirectory(parent.resolve(".export-" + UUID.randomUUID()));
            try {
                fill(result, artifacts, draft);
                Files.deleteIfExists(target);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(draft);
            }
        } catch (FileAlreadyExistsException e) {
            throw new ExportException(target + ": expected a folder's name, got a file on the way");
        } catch (IOException e) {
            throw new LabFaultException(target + ": the export cannot be written: " + e, e);
        }
    }

    /// Where a run's bitstream lies in the folder.
    static String bitstreamPath(String clip, int quality) {
        return "bitstreams/%s.q%d.bin".formatted(clip, quality);
    }

    private static void fill(ExperimentResult result, ArtifactStore artifacts, Path folder)
            throws IOException {
        Proposal proposal = result.experiment().proposal();
        for (Part part : Part.values()) {
            Optional<String> source = proposal.candidate().source(part);
            if (source.isPresent()) {
                Files.writeString(folder.resolve(part.fileName()), source.get());
            }
        }
        Files.writeString(folder.resolve("rationale.md"), proposal.rationale());
        Files.writeString(
                folder.resolve("result.json"), Json.pretty(ExperimentJson.write(result)) + "\n");
        ObjectNode clips = JsonNodeFactory.instance.objectNode();
        ArrayNode list = clips.putArray("clips");
        result.experiment().clips().forEach(clip -> list.add(ClipJson.write(clip)));
        Files.writeString(folder.resolve("clips.json"), Json.pretty(clips) + "\n");
        Files.createDirectory(folder.resolve("bitstreams"));
        Files.createDirectory(folder.resolve("frames"));
        putTrace(folder.resolve("failures/experiment.txt"), result.verdict(), artifacts);
        for (RunResult run : result.runs()) {
            if (run.outcome() instanceof NotMeasured failed) {
                putTrace(
                        folder.resolve("failures/%s.q%d.txt".formatted(run.clip(), run.quality())),
                        Optional.of(failed),
                        artifacts);
            }
            Optional<Measurement> numbers = run.outcome().numbers();
            if (numbers.isPresent()) {
                Files.write(
                        folder.resolve(bitstreamPath(run.clip(), run.quality())),
                        artifact(artifacts, numbers.get().bitstream()));
                Files.write(
                        folder.resolve("frames/%s.q%d.csv".formatted(run.clip(), run.quality())),
                        artifact(artifacts, numbers.get().frames()));
            }
        }
        List<String> templates = new ArrayList<>(List.of("decode.py", "README.md"));
        if (!proposal.candidate().sources().keySet().stream().allMatch(Part::isPython)) {
            Files.writeString(folder.resolve("aiv1.h"), resource("/aiv1/domain/candidate/aiv1.h"));
            templates.add("decode.c");
        }
        if (proposal.candidate().decoderWithCommon().contains("C_SOURCE")) {
            Files.writeString(
                    folder.resolve("aiv1_c.py"), resource("/aiv1/domain/candidate/aiv1_c.py"));
        }
        for (String name : templates) {
            Files.writeString(
                    folder.resolve(name),
                    resource("/aiv1/store/export/" + name).formatted(result.experiment().id()));
        }
    }

    private static void putTrace(Path file, Optional<NotMeasured> outcome, ArtifactStore artifacts)
            throws IOException {
        Optional<ArtifactId> trace = outcome.flatMap(failed -> failed.failure().trace());
        if (trace.isPresent()) {
            Files.createDirectories(file.getParent());
            Files.write(file, artifact(artifacts, trace.get()));
        }
    }

    private static byte[] artifact(ArtifactStore artifacts, ArtifactId id) {
        return artifacts
                .find(id)
                .orElseThrow(
                        () ->
                                new LabFaultException(
                                        "artifact "
                                                + id.sha256()
                                                + ": expected it in the store, got none"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ExperimentExport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void requireFree(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new ExportException(target + ": expected no such file, got one");
        }
        try (Stream<Path> inside = Files.list(target)) {
            if (inside.findAny().isPresent()) {
                throw new ExportException(
                        target + ": expected an empty folder, got one with files");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
