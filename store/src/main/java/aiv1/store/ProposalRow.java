package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A proposal as a row of the ledger: its texts are named here and kept as artifacts.
///
/// `campaign` is empty for an experiment asked for by hand, `common` for a candidate without that
/// part. `encoderPart` and `decoderPart` are the labels of parts that are not in Python; `header`
/// is what parts in C share.
public record ProposalRow(
        String experiment,
        Optional<String> campaign,
        String candidate,
        String contract,
        String proposer,
        String parents,
        String encoder,
        String decoder,
        Optional<String> common,
        String rationale,
        Optional<String> encoderPart,
        Optional<String> decoderPart,
        Optional<String> header) {
    static final String COLUMNS =
            "experiment_id, campaign_id, candidate_id, contract, proposer, parent_ids,"
                    + " encoder_sha256, decoder_sha256, common_sha256, rationale_sha256,"
                    + " encoder_part, decoder_part, header_sha256";

    /// The row for a proposal, whether or not its artifacts are stored yet.
    public static ProposalRow of(
            ExperimentId experiment, Optional<CampaignId> campaign, Proposal proposal) {
        Candidate candidate = proposal.candidate();
        return new ProposalRow(
                experiment.value(),
                campaign.map(CampaignId::value),
                candidate.id().sha256(),
                candidate.contract().label(),
                new String(utf8(proposal.proposer()), StandardCharsets.UTF_8),
                proposal.parents().stream()
                        .map(CandidateId::sha256)
                        .collect(Collectors.joining(" ")),
                ArtifactId.of(utf8(candidate.encoder())).sha256(),
                ArtifactId.of(utf8(candidate.decoder())).sha256(),
                candidate.source(Part.COMMON).map(text -> ArtifactId.of(utf8(text)).sha256()),
                ArtifactId.of(utf8(proposal.rationale())).sha256(),
                Optional.of(candidate.encoderPart())
                        .filter(part -> !part.isPython())
                        .map(Part::label),
                Optional.of(candidate.decoderPart())
                        .filter(part -> !part.isPython())
                        .map(Part::label),
                candidate.source(Part.COMMON_H).map(text -> ArtifactId.of(utf8(text)).sha256()));
    }

    /// Stores every text that the row of `proposal` names.
    public static void putArtifacts(Proposal proposal, ArtifactStore artifacts) {
        proposal.candidate().sources().values().forEach(text -> artifacts.put(utf8(text)));
        artifacts.put(utf8(proposal.rationale()));
    }

    static Optional<ProposalRow> find(Connection connection, String experiment)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT " + COLUMNS + " FROM proposal WHERE experiment_id = ?")) {
            select.setString(1, experiment);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    static ProposalRow read(ResultSet row) throws SQLException {
        return new ProposalRow(
                row.getString("experiment_id"),
                Optional.ofNullable(row.getString("campaign_id")),
                row.getString("candidate_id"),
                row.getString("contract"),
                row.getString("proposer"),
                row.getString("parent_ids"),
                row.getString("encoder_sha256"),
                row.getString("decoder_sha256"),
                Optional.ofNullable(row.getString("common_sha256")),
                row.getString("rationale_sha256"),
                Optional.ofNullable(row.getString("encoder_part")),
                Optional.ofNullable(row.getString("decoder_part")),
                Optional.ofNullable(row.getString("header_sha256")));
    }

    /// Records the row, unless the experiment has one.
    boolean insert(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO proposal ("
                                + COLUMNS
                                + ") SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
                                + " (SELECT 1 FROM proposal WHERE experiment_id = ?)")) {
            insert.setString(1, experiment);
            Columns.setText(insert, 2, campaign);
            insert.setString(3, candidate);
            insert.setString(4, contract);
            insert.setString(5, proposer);
            insert.setString(6, parents);
            insert.setString(7, encoder);
            insert.setString(8, decoder);
            Columns.setText(insert, 9, common);
            insert.setString(10, rationale);
            Columns.setText(insert, 11, encoderPart);
            Columns.setText(insert, 12, decoderPart);
            Columns.setText(insert, 13, header);
            insert.setString(14, experiment);
            return insert.executeUpdate() == 1;
        }
    }

    /// The proposal, its texts read from `artifacts`; `where` names the ledger in messages.
    public Proposal proposal(String where, ArtifactStore artifacts) {
        String at = where + ": proposal " + experiment;
        Map<Part, String> sources = new EnumMap<>(Part.class);
        sources.put(part(at, encoderPart, Part.ENCODER), text(at, artifacts, encoder));
        sources.put(part(at, decoderPart, Part.DECODER), text(at, artifacts, decoder));
        common.ifPresent(sha256 -> sources.put(Part.COMMON, text(at, artifacts, sha256)));
        header.ifPresent(sha256 -> sources.put(Part.COMMON_H, text(at, artifacts, sha256)));
        Contract known =
                Contract.find(contract)
                        .orElseThrow(() -> new StoreException(at, "a known contract", contract));
        Candidate read = new Candidate(sources, known);
        if (!read.id().sha256().equals(candidate)) {
            throw new StoreException(at, "candidate " + candidate, read.id().sha256());
        }
        return new Proposal(
                read,
                text(at, artifacts, rationale),
                Arrays.stream(parents.split(" "))
                        .filter(parent -> !parent.isEmpty())
                        .map(CandidateId::new)
                        .toList(),
                proposer);
    }

    /// The proposal with what it is for.
    public RecordedProposal recorded(String where, ArtifactStore artifacts) {
        return new RecordedProposal(
                new ExperimentId(experiment),
                campaign.map(CampaignId::new),
                proposal(where, artifacts));
    }

    private static Part part(String at, Optional<String> label, Part python) {
        if (label.isEmpty()) {
            return python;
        }
        return Arrays.stream(Part.values())
                .filter(part -> part.label().equals(label.get()))
                .findFirst()
                .orElseThrow(() -> new StoreException(at, "a known part", label.get()));
    }

    private static String text(String at, ArtifactStore artifacts, String sha256) {
        return artifacts
                .find(new ArtifactId(sha256))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new StoreException(at, "artifact " + sha256, "none"));
    }

    /// The bytes as they are stored; half a surrogate pair has none and becomes a question mark.
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
