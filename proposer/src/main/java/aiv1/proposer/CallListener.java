package aiv1.proposer;

import aiv1.domain.campaign.ModelCall;
import java.time.Duration;

/// Hears how questions to models go. `received` may come from another thread than the one that
/// asks.
public interface CallListener {
    CallListener NONE = new CallListener() {};

    /// A model is asked now; `mode` says for what, `estimatedTokens` how long the prompt is,
    /// `place` where it lies if it lies somewhere.
    default void asking(
            String provider, String model, String mode, int estimatedTokens, String place) {}

    /// So many characters of the reply have come.
    default void received(int length) {}

    /// There was no reply, for a reason that may pass: the same question is asked again after
    /// `wait`.
    default void waiting(String reason, Duration wait) {}

    /// It was answered and recorded; `spent` is what the campaign has used so far.
    default void answered(ModelCall call, Spending spent) {}
}
