package aiv1.proposer.model;

import aiv1.domain.experiment.ExperimentId;

/// A question: `system` is the part that stays the same from call to call and may be cached, `user`
/// the rest. `id` names it, such as `c-20261123-101500.0003`; `outputTokensMax` (> 0) bounds the
/// reply.
public record ModelRequest(String id, String system, String user, int outputTokensMax) {
    public ModelRequest {
        if (outputTokensMax <= 0) {
            throw new IllegalArgumentException(
                    "output tokens: expected > 0, got " + outputTokensMax);
        }
    }

    /// The name of question `attempt` (0-based) for an experiment.
    public static String id(ExperimentId experiment, int attempt) {
        return experiment.value() + (attempt == 0 ? "" : ".retry" + attempt);
    }
}
