package aiv1.cli.command;

import aiv1.dashboard.board.Board;
import aiv1.domain.campaign.ModelCall;
import aiv1.proposer.CallListener;
import aiv1.proposer.Spending;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tells the page, beside the terminal, when a model was paid.
record PageCalls(CallListener terminal, Board board) implements CallListener {
    @Override
    public void asking(
            String provider, String model, String mode, int estimatedTokens, String place) {
        terminal.asking(provider, model, mode, estimatedTokens, place);
    }

    @Override
    public void received(int length) {
        terminal.received(length);
    }

    @Override
    public void waiting(String reason, Duration wait) {
        terminal.waiting(reason, wait);
    }

    @Override
    public void answered(ModelCall call, Spending spent) {
        terminal.answered(call, spent);
        board.tell(
                "budget",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("campaign_id", call.campaign().value())
                        .put("usd", spent.usd())
                        .put("tokens", spent.tokens()));
    }
}
