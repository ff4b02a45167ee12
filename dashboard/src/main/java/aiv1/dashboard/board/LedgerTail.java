package aiv1.dashboard.board;

import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.LedgerView.MarkRow;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.campaign.LedgerView.ResultRow;
import aiv1.domain.campaign.Mark;
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

    /// Rows that follow those read before; `isLast` when there were no more just then.
    record Batch(
            List<ProposalRow> proposals, List<Entry> entries, List<Mark> marks, boolean isLast) {}

    Batch next() {
        // Proposals first: each result has one.
        List<ProposalRow> proposed = ledger.proposalRows(proposalPosition, BATCH_COUNT_MAX);
        boolean isMore = proposed.size() == BATCH_COUNT_MAX;
        List<ResultRow> ended =
                isMore ? List.of() : ledger.resultRows(resultPosition, BATCH_COUNT_MAX);
        List<MarkRow> marked = ledger.markRows(markPosition, BATCH_COUNT_MAX);
        List<Entry> entries = ended.parallelStream().map(Entry::of).toList();
        if (!proposed.isEmpty()) {
            proposalPosition = proposed.getLast().position();
        }
        if (!ended.isEmpty()) {
            resultPosition = ended.getLast().position();
        }
        if (!marked.isEmpty()) {
            markPosition = marked.getLast().position();
        }
        return new Batch(
                proposed,
                entries,
                marked.stream().map(MarkRow::mark).toList(),
                !isMore && ended.size() < BATCH_COUNT_MAX && marked.size() < BATCH_COUNT_MAX);
    }
}
