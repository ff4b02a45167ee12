package aiv1.proposer.provider;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/// Reads the events of a streamed conversation into a reply. They name no model.
final class BedrockEvents implements ConverseStreamResponseHandler.Visitor {
    private final IncomingReply reply;

    BedrockEvents(IncomingReply reply) {
        this.reply = reply;
    }

    @Override
    public void visitContentBlockDelta(ContentBlockDeltaEvent event) {
        if (event.delta() != null && event.delta().text() != null) {
            reply.add(event.delta().text());
        }
    }

    @Override
    public void visitMessageStop(MessageStopEvent event) {
        reply.stop(
                switch (Optional.ofNullable(event.stopReasonAsString()).orElse("")) {
                    case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
                    case "content_filtered", "guardrail_intervened", "refusal" ->
                            StopReason.REFUSAL;
                    default -> StopReason.END;
                });
    }

    @Override
    public void visitMetadata(ConverseStreamMetadataEvent event) {
        if (event.usage() != null) {
            reply.tokens(
                    new TokenUsage(
                            count(event.usage().inputTokens()),
                            count(event.usage().cacheReadInputTokens()),
                            count(event.usage().cacheWriteInputTokens()),
                            count(event.usage().outputTokens())));
        }
    }

    private static long count(@Nullable Integer counted) {
        return counted == null ? 0 : Math.max(0, counted);
    }
}
