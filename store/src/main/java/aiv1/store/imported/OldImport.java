package aiv1.store.imported;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import aiv1.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Records of an earlier system in this ledger: each an experiment that is set aside as unverified.
///
/// Nothing that such a record says of itself becomes a number here: no clip of it is known, nobody
/// measured it, and it never has a place in a ranking. The whole record is kept as an artifact (the
/// failure's trace); its codec can be evaluated like any other. Its id follows from the record's,
/// so that importing twice changes nothing.
public final class OldImport {
    /// Who proposed it, as far as this lab knows.
    public static final String PROPOSER = "imported";

    private static final List<String> IDS = List.of("experiment_id", "id");
    private static final List<String> ENCODERS = List.of("encoding_code", "encoder_code");
    private static final List<String> DECODERS = List.of("decoding_code", "decoder_code");
    private static final List<String> TIMES =
            List.of("timestamp", "created_at", "started_at", "updated_at");
    private static final List<String> CLAIMS =
            List.of("status", "psnr", "psnr_db", "ssim", "bitrate_mbps", "bitrate_kbps", "error");
    private static final String ID_PREFIX = "import.";
    private static final int ID_LENGTH_MAX = 70;
    private static final int CLAIM_LENGTH_MAX = 80;
    private static final long MILLISECONDS_MIN = 100_000_000_000L;

    private final Ledger ledger;
    private final ArtifactStore artifacts;
    private final Instant now;

    /// `now` is the time of records that have none.
    public OldImport(Ledger ledger, ArtifactStore artifacts, Instant now) {
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.now = now;
    }

    /// What became of a file's records: `imported` are new, `known` were there; `skipped` says of
    /// each other one why it is no experiment.
    public record Report(List<ExperimentId> imported, int known, List<String> skipped) {
        public Report {
            imported = List.copyOf(imported);
            skipped = List.copyOf(skipped);
        }
    }

    /// Imports the text of a file; `where` names it in messages. Throws
    /// [aiv1.wire.JsonFormatException] when it is no JSON.
    public Report read(String text, String where) {
        List<ExperimentId> imported = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        int known = 0;
        int number = 0;
        for (JsonNode record : OldRecords.read(text, where)) {
            number++;
            Optional<String> problem = problem(record);
            if (problem.isPresent()) {
                skipped.add("%s: record %d: %s".formatted(where, number, problem.get()));
                continue;
            }
            ExperimentResult result;
            try {
                result = result(record);
            } catch (IllegalArgumentException refused) {
                skipped.add("%s: record %d: %s".formatted(where, number, refused.getMessage()));
                continue;
            }
            if (ledger.append(result)) {
                imported.add(result.experiment().id());
            } else {
                known++;
            }
        }
        return new Report(imported, known, skipped);
    }

    private static Optional<String> problem(JsonNode record) {
        if (!record.isObject()) {
            return Optional.of("expected an object, got " + record.getNodeType());
        }
        List<List<String>> needed = List.of(IDS, ENCODERS, DECODERS);
        return needed.stream()
                .filter(names -> find(record, names).isEmpty())
                .findFirst()
                .map(names -> "expected a text '%s', got none".formatted(names.getFirst()));
    }

    private ExperimentResult result(JsonNode record) {
        String encoder = find(record, ENCODERS).orElseThrow();
        String decoder = find(record, DECODERS).orElseThrow();
        Candidate candidate =
                new Candidate(
                        Map.of(Part.ENCODER, encoder, Part.DECODER, decoder),
                        ContractRecognition.recognise(encoder, decoder).orElse(Contract.NATIVE));
        ExperimentId id = id(find(record, IDS).orElseThrow());
        Instant at = time(record);
        Experiment experiment =
                new Experiment(
                        id,
                        Optional.empty(),
                        new Proposal(candidate, "", List.of(), PROPOSER),
                        List.of(),
                        List.of(),
                        LimitClass.LIGHT);
        ArtifactId whole = artifacts.put(Json.pretty(record).getBytes(StandardCharsets.UTF_8));
        Failure failure =
                Failure.of(Stage.VERIFY, FailureCategory.UNVERIFIED, claims(record))
                        .withTrace(whole);
        return new ExperimentResult(
                experiment,
                Optional.of(new RunOutcome.Quarantined(failure)),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                new Provenance(
                        "unknown", "unknown", "unknown", "unknown", "unknown", "unknown", PROPOSER,
                        "unknown", 1),
                at,
                at);
    }

    /// One that had to be changed to be safe gets a piece of its hash, so that two stay two.
    private static ExperimentId id(String old) {
        String safe = old.replaceAll("[^A-Za-z0-9.-]", "-");
        String cut = safe.substring(0, Math.min(safe.length(), ID_LENGTH_MAX));
        return new ExperimentId(
                ID_PREFIX + (cut.equals(old) ? cut : cut + "." + Sha256.of(old).substring(0, 12)));
    }

    private static String claims(JsonNode record) {
        StringBuilder text = new StringBuilder("imported, nothing of it was measured here");
        String separator = "; it says ";
        for (String name : CLAIMS) {
            Optional<String> claim = find(record, List.of(name));
            if (claim.isPresent()) {
                String line = claim.get().lines().findFirst().orElse("");
                text.append(separator)
                        .append(name)
                        .append(' ')
                        .append(line, 0, Math.min(line.length(), CLAIM_LENGTH_MAX));
                separator = ", ";
            }
        }
        return text.toString();
    }

    /// Seconds or milliseconds since 1970, or ISO 8601; with neither, the time of the import.
    private Instant time(JsonNode record) {
        for (String name : TIMES) {
            Optional<Instant> time = find(record, List.of(name)).flatMap(OldImport::time);
            if (time.isPresent()) {
                return time.get();
            }
        }
        return now;
    }

    private static Optional<Instant> time(String text) {
        try {
            if (text.matches("\\d{1,15}(\\.\\d*)?")) {
                long number = Long.parseLong(text.replaceAll("\\..*", ""));
                return Optional.of(
                        number < MILLISECONDS_MIN
                                ? Instant.ofEpochSecond(number)
                                : Instant.ofEpochMilli(number));
            }
            String zoned = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)") ? text : text + "Z";
            return Optional.of(OffsetDateTime.parse(zoned).toInstant());
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
    }

    /// A text or number under one of these names, in the record itself or one level below.
    private static Optional<String> find(JsonNode record, List<String> names) {
        for (String name : names) {
            Optional<String> own = scalar(record.path(name));
            if (own.isPresent()) {
                return own;
            }
        }
        for (JsonNode child : record) {
            for (String name : names) {
                Optional<String> below = scalar(child.path(name));
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> scalar(JsonNode value) {
        return value.isString() || value.isNumber()
                ? Optional.of(value.asString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
