package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncomingReplyTest {
    private static final ModelException FAILURE =
            new ModelException(ModelException.Kind.UNREACHABLE, "gone");

    @Test
    void takes_what_fits_exactly() throws ModelException {
        IncomingReply reply = new IncomingReply("m", _ -> {});
        reply.add("x".repeat(ModelClient.REPLY_LENGTH_MAX));
        reply.stop(StopReason.END);
        assertThat(reply.full()).isFalse();
        assertThat(reply.orFailure(FAILURE).stop()).isEqualTo(StopReason.END);
    }

    @Test
    void never_takes_half_of_a_pair() throws ModelException {
        List<Integer> lengths = new ArrayList<>();
        IncomingReply reply = new IncomingReply("m", lengths::add);
        reply.add("x".repeat(ModelClient.REPLY_LENGTH_MAX - 1));
        reply.add("\uD83D\uDE00");
        reply.add("y");
        ModelReply cut = reply.orFailure(FAILURE);
        assertThat(cut.text()).hasSize(ModelClient.REPLY_LENGTH_MAX - 1).endsWith("x");
        assertThat(cut.stop()).isEqualTo(StopReason.CUT_OFF);
        assertThat(lengths).allMatch(length -> length == ModelClient.REPLY_LENGTH_MAX - 1);
    }

    @Test
    void a_refusal_stays_one() throws ModelException {
        IncomingReply reply = new IncomingReply("m", _ -> {});
        reply.stop(StopReason.REFUSAL);
        reply.stop(StopReason.END);
        assertThat(reply.orFailure(FAILURE).stop()).isEqualTo(StopReason.REFUSAL);
    }
}
