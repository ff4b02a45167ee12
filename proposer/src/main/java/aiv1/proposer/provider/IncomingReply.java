package aiv1.proposer.provider;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ReplyProgress;
import java.util.Optional;

/// A reply while it arrives. It has begun with its first text: what breaks before is a failure,
/// what breaks later leaves a reply that is cut off.
final class IncomingReply {
    private final ReplyProgress progress;
    private final StringBuilder text = new StringBuilder();
    private String model;
    private Optional<StopReason> stop = Optional.empty();
    private TokenUsage tokens = TokenUsage.NONE;
    private boolean full;

    /// `model` is the one asked for, until the server names another.
    IncomingReply(String model, ReplyProgress progress) {
        this.model = model;
        this.progress = progress;
    }

    /// Takes as much of the text as has room; never half of a surrogate pair.
    void add(String arrived) {
        if (arrived.isEmpty() || full) {
            return;
        }
        int room = ModelClient.REPLY_LENGTH_MAX - text.length();
        if (arrived.length() > room) {
            full = true;
            boolean splits = room > 0 && Character.isHighSurrogate(arrived.charAt(room - 1));
            text.append(arrived, 0, splits ? room - 1 : room);
        } else {
            text.append(arrived);
        }
        progress.received(text.length());
    }

    void model(String named) {
        if (!named.isBlank()) {
            model = named;
        }
    }

    void tokens(TokenUsage counted) {
        tokens = counted;
    }

    TokenUsage tokens() {
        return tokens;
    }

    /// A refusal stays one, whatever comes after it.
    void stop(StopReason reason) {
        if (!stop.equals(Optional.of(StopReason.REFUSAL))) {
            stop = Optional.of(reason);
        }
    }

    private boolean begun() {
        return !text.isEmpty();
    }

    /// The model said why it stopped; only counts may still come.
    boolean finished() {
        return stop.isPresent();
    }

    /// The reply as far as it came, or the failure when it has not begun. An interrupt is a failure
    /// always: nobody waits for the rest.
    ModelReply orFailure(ModelException failure) throws ModelException {
        if (failure.kind() != ModelException.Kind.INTERRUPTED && (begun() || finished())) {
            return reply();
        }
        throw failure;
    }

    /// More came than is taken: nothing more need be read.
    boolean full() {
        return full;
    }

    private ModelReply reply() {
        StopReason reason = full ? StopReason.CUT_OFF : stop.orElse(StopReason.CUT_OFF);
        return new ModelReply(text.toString(), model, reason, tokens);
    }
}
