package aiv1.proposer.model;

/// A question: `system` is the part that stays the same from call to call and may be cached, `user`
/// the rest. `id` names it, such as `c-20261123-101500.0003.0`; `outputTokensMax` (> 0) bounds the
/// reply.
public record ModelRequest(String id, String system, String user, int outputTokensMax) {
    public ModelRequest {
        if (outputTokensMax <= 0) {
            throw new IllegalArgumentException(
                    "output tokens: expected > 0, got " + outputTokensMax);
        }
    }
}
