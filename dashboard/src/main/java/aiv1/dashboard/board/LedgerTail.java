package aiv1.dashboard.board;

import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.LedgerView.MarkRow;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.campaign.LedgerView.ResultRow;
import java.util.List;

/// Reads on in a ledger, each row once. Used by one thread at a time.
final class LedgerTail {
    private static final int BATCH_COUNT_MAX = 2000;

    private final LedgerView ledger;
    private long proposalPosition;
    private long resultPosition;
    private long markPosition;

    LedgerTail(LedgerView ledger) {
        this.ledger = ledger;
    }

    /// Rows that follow those taken before; `isLast` when there were no more just then.
    record Batch(
            List<ProposalRow> proposals,
            List<Entry> entries,
            List<MarkRow> marks,
            boolean isLast) {}

    /// The same again until it is [#taken].
    Batch next() {
        // Proposals first: each result has one.
        List<ProposalRow> proposed = ledger.proposalRows(proposalPosition, BATCH_COUNT_MAX);
        boolean isMore = proposed.size() == BATCH_COUNT_MAX;
        List<ResultRow> ended =
                isMore ? List.of() : ledger.resultRows(resultPosition, BATCH_COUNT_MAX);
        List<MarkRow> marked = ledger.markRows(markPosition, BATCH_COUNT_MAX);
        return new Batch(
                proposed,
                ended.parallelStream().map(Entry::of).toList(),
                marked,
                !isMore && ended.size() < BATCH_COUNT_MAX && marked.size() < BATCH_COUNT_MAX);
    }

    void taken(Batch batch) {
        if (!batch.proposals().isEmpty()) {
            proposalPosition = batch.proposals().getLast().position();
        }
        if (!batch.entries().isEmpty()) {
            resultPosition = batch.entries().getLast().position();
        }
        if (!batch.marks().isEmpty()) {
            markPosition = batch.marks().getLast().position();
        }
    }
}
