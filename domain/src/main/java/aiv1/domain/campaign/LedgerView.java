package aiv1.domain.campaign;

import aiv1.domain.ArtifactId;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.util.List;
import java.util.Optional;

/// What a ledger holds, for whoever shows it: rows in the order of recording, without the sources
/// of candidates, so that very many can be read. Thread-safe.
///
/// Positions are > 0 and grow; a row that was read stays as it is.
public interface LedgerView extends AutoCloseable {
    /// A number that is another one once somebody else has recorded something; cheap to ask for,
    /// again and again.
    long version();

    /// At most `countMax` results that were recorded after `position`.
    List<ResultRow> resultRows(long position, int countMax);

    /// The result of an experiment, when there is one.
    Optional<ResultRow> findResultRow(ExperimentId experiment);

    /// At most `countMax` proposals that were recorded after `position`, measured or not.
    List<ProposalRow> proposalRows(long position, int countMax);

    /// At most `countMax` marks that were made after `position`.
    List<MarkRow> markRows(long position, int countMax);

    /// Records what somebody did; false when a mark with this key is there already.
    boolean append(Mark mark);

    @Override
    void close();

    /// A result as it was recorded: `document` is JSON, schema `experiment/1`.
    record ResultRow(long position, ExperimentId experiment, String document) {}

    /// A proposal as it was recorded; `rationale` names its text.
    record ProposalRow(
            long position,
            ExperimentId experiment,
            Optional<CampaignId> campaign,
            CandidateId candidate,
            String contract,
            String proposer,
            List<CandidateId> parents,
            ArtifactId rationale) {
        public ProposalRow {
            parents = List.copyOf(parents);
        }
    }

    /// A mark with its place.
    record MarkRow(long position, Mark mark) {}
}
