package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.wire.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A candidate as a person hands it over: a folder with `encoder.py`, `decoder.py` and perhaps
/// `common.py` and `rationale.md`, or one JSON file in the seeds' form (`encoding_code`,
/// `decoding_code`).
final class CandidateFolder {
    private static final long BYTES_MAX = 4 << 20;
    private static final Map<Part, String> JSON_KEYS =
            Map.of(
                    Part.ENCODER,
                    "encoding_code",
                    Part.DECODER,
                    "decoding_code",
                    Part.COMMON,
                    "common_code",
                    Part.ENCODER_C,
                    "encoding_c",
                    Part.DECODER_C,
                    "decoding_c",
                    Part.COMMON_H,
                    "common_h");

    private CandidateFolder() {}

    /// Reads what is at `path`; `contract` overrides what its functions say.
    static Proposal read(Path path, Optional<String> contract) {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        String rationale = "";
        if (Files.isDirectory(path)) {
            for (Part part : Part.values()) {
                Path file = path.resolve(part.fileName());
                if (Files.exists(file)) {
                    sources.put(part, text(file));
                }
            }
            Path reason = path.resolve("rationale.md");
            rationale = Files.exists(reason) ? text(reason) : "";
        } else if (Files.isRegularFile(path)) {
            JsonNode document = Json.parse(text(path), path.toString());
            JSON_KEYS.forEach(
                    (part, key) -> {
                        if (document.path(key).isString()) {
                            sources.put(part, document.path(key).asString());
                        }
                    });
        } else {
            throw problem(path, "expected a folder or a JSON file, got nothing there");
        }
        requireOne(path, sources, Part.ENCODER, Part.ENCODER_C);
        requireOne(path, sources, Part.DECODER, Part.DECODER_C);
        Contract called = contract(sources, contract);
        try {
            return new Proposal(new Candidate(sources, called), rationale, List.of(), "person");
        } catch (IllegalArgumentException e) {
            throw problem(path, String.valueOf(e.getMessage()));
        }
    }

    private static void requireOne(Path path, Map<Part, String> sources, Part python, Part c) {
        if (!sources.containsKey(python) && !sources.containsKey(c)) {
            throw problem(
                    path,
                    Files.isDirectory(path)
                            ? "expected %s or %s, got none"
                                    .formatted(python.fileName(), c.fileName())
                            : "expected a text \"" + JSON_KEYS.get(python) + "\", got none");
        }
    }

    private static Contract contract(Map<Part, String> sources, Optional<String> asked) {
        List<String> labels = Arrays.stream(Contract.values()).map(Contract::label).toList();
        if (asked.isPresent()) {
            return Contract.find(asked.get())
                    .orElseThrow(
                            () ->
                                    new ConfigurationException(
                                            List.of(
                                                    "--contract: expected one of %s, got '%s'"
                                                            .formatted(labels, asked.get()))));
        }
        if (sources.keySet().stream().anyMatch(part -> !part.isPython())) {
            return Contract.NATIVE;
        }
        // Source that defines no known function is still a candidate: screening says what is wrong
        // with it.
        return ContractRecognition.recognise(
                        Optional.ofNullable(sources.get(Part.ENCODER)).orElseThrow(),
                        Optional.ofNullable(sources.get(Part.DECODER)).orElseThrow())
                .orElse(Contract.NATIVE);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw problem(
                        file,
                        "expected at most %d bytes, got %d".formatted(BYTES_MAX, Files.size(file)));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw problem(file, "expected UTF-8 text, got other bytes");
        } catch (IOException e) {
            throw problem(file, "cannot be read: " + e);
        }
    }

    private static ConfigurationException problem(Path where, String message) {
        return new ConfigurationException(List.of(where + ": " + message));
    }
}
