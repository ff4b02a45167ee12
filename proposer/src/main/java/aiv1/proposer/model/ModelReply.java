package aiv1.proposer.model;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;

/// What a model wrote, in full or as far as it came; `model` is the name it gave itself. Tokens are
/// zero where the provider counts none.
public record ModelReply(String text, String model, StopReason stop, TokenUsage tokens) {}
