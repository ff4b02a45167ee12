package aiv1.proposer.provider;

import aiv1.domain.campaign.TokenUsage;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.TextDelta;
import com.anthropic.models.messages.Usage;

/// Reads the events of a streamed message into a reply.
final class AnthropicEvents {
    private final IncomingReply reply;

    AnthropicEvents(IncomingReply reply) {
        this.reply = reply;
    }

    /// Throws what the SDK throws for a field that is missing or of another type.
    void take(RawMessageStreamEvent event) {
        event.messageStart()
                .ifPresent(
                        start -> {
                            reply.model(start.message().model().asString());
                            reply.tokens(tokens(start.message().usage()));
                        });
        event.contentBlockStart()
                .flatMap(start -> start.contentBlock().text())
                .map(TextBlock::text)
                .ifPresent(reply::add);
        event.contentBlockDelta()
                .flatMap(delta -> delta.delta().text())
                .map(TextDelta::text)
                .ifPresent(reply::add);
        event.messageDelta()
                .ifPresent(
                        end -> {
                            reply.tokens(tokens(end.usage(), reply.tokens()));
                            end.delta().stopReason().ifPresent(why -> reply.stop(stop(why)));
                        });
    }

    private static aiv1.domain.campaign.StopReason stop(StopReason reason) {
        return switch (reason.value()) {
            case MAX_TOKENS, MODEL_CONTEXT_WINDOW_EXCEEDED ->
                    aiv1.domain.campaign.StopReason.MAX_TOKENS;
            case REFUSAL -> aiv1.domain.campaign.StopReason.REFUSAL;
            default -> aiv1.domain.campaign.StopReason.END;
        };
    }

    private static TokenUsage tokens(Usage usage) {
        return new TokenUsage(
                usage.inputTokens(),
                usage.cacheReadInputTokens().orElse(0L),
                usage.cacheCreationInputTokens().orElse(0L),
                usage.outputTokens());
    }

    /// The counts at the end are those of the whole reply; what they leave out was told before.
    private static TokenUsage tokens(MessageDeltaUsage usage, TokenUsage before) {
        return new TokenUsage(
                usage.inputTokens().orElse(before.input()),
                usage.cacheReadInputTokens().orElse(before.cacheRead()),
                usage.cacheCreationInputTokens().orElse(before.cacheWrite()),
                usage.outputTokens());
    }
}
