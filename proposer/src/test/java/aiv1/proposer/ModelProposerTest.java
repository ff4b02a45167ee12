package aiv1.proposer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.rd.RatePoint;
import aiv1.domain.rd.RdCurve;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.model.ReplyProgress;
import aiv1.proposer.prompt.PromptWriter;
import aiv1.proposer.prompt.WorkerFacts;
import aiv1.proposer.provider.ReplayClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModelProposerTest {
    private static final String CODEC =
            """
            A codec. It gains 3 %.

            ```python encoder.py
            def encode(clip, quality):
                return b"one"
            ```
            ```python decoder.py
            def decode(bitstream):
                return []
            ```
            """;

    private final Fixtures.Calls ledger = new Fixtures.Calls();
    private final Fixtures.Artifacts artifacts = new Fixtures.Artifacts();
    private final List<Duration> waits = new ArrayList<>();
    private final Scripted client = new Scripted();
    private final Brief brief = Fixtures.brief(0, List.of());

    /// Answers from a list: a reply, or a failure.
    private static final class Scripted implements ModelClient {
        private final Deque<Object> answers = new ArrayDeque<>();
        private final List<ModelRequest> requests = new ArrayList<>();

        Scripted then(Object answer) {
            answers.add(answer);
            return this;
        }

        @Override
        public String provider() {
            return "openai";
        }

        @Override
        public String model() {
            return "gpt-5";
        }

        @Override
        public ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException {
            requests.add(request);
            Object answer = answers.remove();
            if (answer instanceof ModelException failure) {
                throw failure;
            }
            if (answer instanceof ModelReply reply) {
                return reply;
            }
            return new ModelReply(
                    (String) answer, "gpt-5-2025", StopReason.END, new TokenUsage(100, 0, 0, 50));
        }

        @Override
        public void check() {}

        @Override
        public void close() {}
    }

    @Test
    void a_reply_becomes_a_proposal_and_the_call_is_recorded() {
        client.then(CODEC);
        Proposal proposal = proposer(client).propose(brief, List.of());
        assertThat(proposal.candidate().encoder()).contains("b\"one\"");
        assertThat(proposal.rationale()).contains("It gains 3 %");
        assertThat(proposal.proposer()).isEqualTo("openai:gpt-5-2025");
        ModelCall call = ledger.modelCalls(Fixtures.CAMPAIGN).getFirst();
        assertThat(call.tokens().output()).isEqualTo(50);
        assertThat(call.costUsd()).hasValue(100 * 1.25e-6 + 50 * 10e-6);
        assertThat(call.mode()).isEqualTo("nothing");
        assertThat(call.refusal()).isEmpty();
        assertThat(artifacts.text(call.reply())).isEqualTo(CODEC);
        assertThat(artifacts.text(call.prompt()))
                .startsWith("You invent video codecs")
                .contains(client.requests.getFirst().user());
    }

    /// What was paid for is never asked twice.
    @Test
    void a_recorded_reply_is_used_again_after_a_crash() {
        client.then(CODEC);
        Proposal first = proposer(client).propose(brief, List.of());
        assertThat(proposer(new Scripted()).propose(brief, List.of())).isEqualTo(first);
    }

    @Test
    void a_reply_that_cannot_be_used_is_kept_and_asked_again_with_the_reason() {
        client.then("I would rather not.").then(CODEC);
        proposer(client).propose(brief, List.of());
        List<ModelCall> calls = ledger.modelCalls(Fixtures.CAMPAIGN);
        assertThat(calls).hasSize(2);
        assertThat(calls.getFirst().refusal()).isPresent();
        assertThat(artifacts.text(calls.getFirst().reply())).isEqualTo("I would rather not.");
        assertThat(client.requests.get(1).user())
                .contains("Your earlier replies to this could not be used")
                .contains(calls.getFirst().refusal().orElseThrow());
        assertThat(client.requests)
                .extracting(ModelRequest::id)
                .containsExactly("spring.0000", "spring.0000.retry1");
    }

    @Test
    void a_reply_that_was_cut_off_says_so() {
        client.then(
                        new ModelReply(
                                CODEC.substring(0, CODEC.length() - 40),
                                "gpt-5",
                                StopReason.MAX_TOKENS,
                                TokenUsage.NONE))
                .then(CODEC);
        proposer(client).propose(brief, List.of());
        assertThat(ledger.modelCalls(Fixtures.CAMPAIGN).getFirst().refusal().orElseThrow())
                .contains("cut off at the longest reply");
    }

    @Test
    void three_useless_replies_end_the_attempt_without_an_experiment() {
        client.then("").then("no").then("never");
        assertThatThrownBy(() -> proposer(client).propose(brief, List.of()))
                .isInstanceOfSatisfying(
                        NoProposalException.class,
                        none ->
                                assertThat(none.kind())
                                        .isEqualTo(NoProposalException.Kind.UNAVAILABLE))
                .hasMessageContaining("openai:gpt-5: no usable reply in 3 questions");
    }

    @Test
    void a_codec_that_was_tried_is_asked_again() {
        client.then(CODEC);
        Proposal first = proposer(client).propose(brief, List.of());
        Scripted again = new Scripted().then(CODEC).then(CODEC.replace("one", "two"));
        Brief next =
                new Brief(
                        brief.campaign(),
                        brief.goal(),
                        1,
                        brief.experimentCountMax(),
                        brief.seed(),
                        brief.clips(),
                        brief.anchors(),
                        brief.limitClass(),
                        java.util.Set.of(first.candidate().id()),
                        List.of());
        Proposal second = proposer(again).propose(next, List.of());
        assertThat(second.candidate().encoder()).contains("two");
        assertThat(ledger.modelCalls(Fixtures.CAMPAIGN).get(1).refusal().orElseThrow())
                .contains("the same codec, letter for letter");
    }

    @Test
    void a_codec_told_in_other_words_is_asked_again() {
        ExperimentResult tried = Fixtures.measured(0, "one", 10, ArtifactId.of(new byte[0]));
        String encoder = tried.experiment().proposal().candidate().encoder();
        String decoder = tried.experiment().proposal().candidate().decoder();
        client.then(
                        "```python encoder.py\n# in other words\n%s```\n```python decoder.py\n%s```\n"
                                .formatted(encoder, decoder))
                .then(CODEC);
        proposer(client).propose(Fixtures.brief(1, List.of(tried)), List.of());
        assertThat(ledger.modelCalls(Fixtures.CAMPAIGN).getFirst().refusal().orElseThrow())
                .contains("in comments and layout only");
    }

    @Test
    void edits_change_the_codec_that_was_shown() {
        ExperimentResult failed = Fixtures.failed(0, "broken");
        client.then(
                """
                Mended.

                ```python decoder.py
                <<<<<<< SEARCH
                    raise ValueError('broken')
                =======
                    return []
                >>>>>>> REPLACE
                ```
                """);
        Proposal proposal = proposer(client).propose(Fixtures.brief(1, List.of(failed)), List.of());
        assertThat(proposal.candidate().decoder())
                .isEqualTo("def decode(bitstream):\n    return []\n");
        assertThat(proposal.candidate().encoder()).contains("b'broken'");
        assertThat(proposal.parents())
                .containsExactly(failed.experiment().proposal().candidate().id());
        assertThat(ledger.modelCalls(Fixtures.CAMPAIGN).getFirst().mode()).isEqualTo("repair");
    }

    @Test
    void what_may_pass_is_waited_for_and_what_cannot_ends_it() {
        client.then(new ModelException(ModelException.Kind.OVERLOADED, "529"))
                .then(
                        new ModelException(
                                ModelException.Kind.RATE_LIMITED,
                                "429",
                                Optional.of(Duration.ofSeconds(33))))
                .then(CODEC);
        proposer(client).propose(brief, List.of());
        assertThat(waits).hasSize(2).last().isEqualTo(Duration.ofSeconds(33));

        Scripted refused =
                new Scripted().then(new ModelException(ModelException.Kind.KEY_REFUSED, "401"));
        assertThatThrownBy(() -> proposer(refused).propose(Fixtures.brief(5, List.of()), List.of()))
                .isInstanceOf(NoProposalException.class)
                .hasMessage("401");
        assertThat(ledger.modelCalls(Fixtures.CAMPAIGN)).hasSize(1);
    }

    @Test
    void a_replayed_campaign_gives_the_same_proposals_and_the_same_calls() {
        client.then("not yet").then(CODEC);
        Proposal first = proposer(client).propose(brief, List.of());
        Fixtures.Calls replayed = new Fixtures.Calls();
        ReplayClient replay =
                new ReplayClient(
                        Fixtures.CAMPAIGN, ledger.modelCalls(Fixtures.CAMPAIGN), artifacts);
        Proposal again = proposer(replay, replayed).propose(brief, List.of());
        assertThat(again).isEqualTo(first);
        assertThat(replayed.modelCalls(Fixtures.CAMPAIGN))
                .isEqualTo(ledger.modelCalls(Fixtures.CAMPAIGN));

        assertThatThrownBy(
                        () ->
                                proposer(replay, replayed)
                                        .propose(Fixtures.brief(7, List.of()), List.of()))
                .isInstanceOf(NoProposalException.class)
                .hasMessageContaining("no recorded reply for spring.0007");
    }

    private ModelProposer proposer(ModelClient asked) {
        return proposer(asked, ledger);
    }

    private ModelProposer proposer(ModelClient asked, Fixtures.Calls recorded) {
        PromptWriter writer =
                new PromptWriter(
                        new WorkerFacts("3", "1", "1", "0", "12"),
                        (anchor, clip) -> new RdCurve(List.of(new RatePoint(80, 30))),
                        artifacts);
        return new ModelProposer(
                asked,
                writer,
                recorded,
                artifacts,
                new Spending(
                        Spending.Caps.NONE,
                        Prices.bundled(),
                        recorded.modelCalls(Fixtures.CAMPAIGN),
                        Instant::now),
                new Patience(4, new SplittableRandom(1), waits::add),
                CallListener.NONE,
                () -> Instant.EPOCH,
                ModelProposer.Limits.USUAL,
                candidate ->
                        Optional.of(
                                candidate.encoder().replaceAll("#.*|\\s+", "")
                                        + candidate.decoder()));
    }
}
