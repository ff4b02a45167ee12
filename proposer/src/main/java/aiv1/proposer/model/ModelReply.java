package aiv1.proposer.model;

import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import java.util.Optional;

/// What a model wrote, in full or as far as it came; `model` is the name it gave itself. Tokens are
/// zero where the provider counts none. `recorded` is the call that it was first given to, when it
/// is played back.
public record ModelReply(
        String text,
        String model,
        StopReason stop,
        TokenUsage tokens,
        Optional<ModelCall> recorded) {
    /// A reply that was given just now.
    public ModelReply(String text, String model, StopReason stop, TokenUsage tokens) {
        this(text, model, stop, tokens, Optional.empty());
    }
}
