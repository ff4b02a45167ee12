package aiv1.proposer;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelReply;
import aiv1.proposer.model.ModelRequest;
import aiv1.proposer.prompt.Prompt;
import aiv1.proposer.prompt.PromptWriter;
import aiv1.proposer.prompt.Retry;
import aiv1.proposer.prompt.Retry.Rejected;
import aiv1.proposer.reply.ParsedReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A language model as a proposer.
///
/// Theory of operation. What to ask follows from brief and parents. Every reply is recorded with
/// its prompt, and with why no candidate came of it, before it is used, under the experiment and
/// the number of the question; a question that was recorded is never asked again, so a campaign
/// that was killed goes on with what it has paid for. A reply without a usable candidate is
/// answered with the reason, a few times; what may pass (a full server, a cut line) is waited for.
/// When neither helps there is no proposal, which is no codec's failure.
public final class ModelProposer implements Proposer {
    private final ModelClient client;
    private final PromptWriter prompts;
    private final Ledger ledger;
    private final ArtifactStore artifacts;
    private final Spending spending;
    private final Patience patience;
    private final CallListener listener;
    private final InstantSource clock;
    private final Limits limits;
    private final Judge judge;

    /// `outputTokensMax` bounds one reply, `replyCountMax` the questions for one proposal,
    /// `repairCountMax` the repairs of one codec in a row.
    public record Limits(int outputTokensMax, int replyCountMax, int repairCountMax) {
        public static final Limits USUAL = new Limits(32_000, 3, 1);
    }

    public ModelProposer(
            ModelClient client,
            PromptWriter prompts,
            Ledger ledger,
            ArtifactStore artifacts,
            Spending spending,
            Patience patience,
            CallListener listener,
            InstantSource clock,
            Limits limits,
            Signatures signatures) {
        this.client = client;
        this.prompts = prompts;
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.spending = spending;
        this.patience = patience;
        this.listener = listener;
        this.clock = clock;
        this.limits = limits;
        this.judge = new Judge(signatures);
    }

    @Override
    public String name() {
        return client.provider() + ":" + client.model();
    }

    @Override
    public Proposal propose(Brief brief, List<ExperimentResult> parents) {
        Question question = Question.choose(brief, parents, limits.repairCountMax());
        Optional<Candidate> base =
                question.shown().stream()
                        .findFirst()
                        .map(shown -> shown.experiment().proposal().candidate());
        List<ModelCall> known =
                ledger.modelCalls(brief.campaign()).stream()
                        .filter(call -> call.experiment().equals(brief.experiment()))
                        .toList();
        List<Rejected> rejected = new ArrayList<>();
        for (int attempt = 0; attempt < limits.replyCountMax(); attempt++) {
            int number = attempt;
            Answer answer =
                    known.stream()
                            .filter(call -> call.attempt() == number)
                            .findFirst()
                            .map(call -> read(call, base, brief))
                            .orElseGet(() -> ask(question, brief, number, rejected, base));
            switch (answer.parsed()) {
                case ParsedReply.Found found -> {
                    return proposal(found, question, answer.call());
                }
                case ParsedReply.Unparsable unusable ->
                        rejected.add(new Rejected(unusable.reason(), answer.text()));
            }
        }
        throw new NoProposalException(
                NoProposalException.Kind.UNAVAILABLE,
                "%s: no usable reply in %d questions, last: %s"
                        .formatted(name(), limits.replyCountMax(), rejected.getLast().reason()));
    }

    /// A reply that was recorded, with what it comes to.
    private record Answer(ModelCall call, String text, ParsedReply parsed) {}

    private Answer read(ModelCall call, Optional<Candidate> base, Brief brief) {
        String text =
                artifacts
                        .find(call.reply())
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("");
        return new Answer(call, text, judge.judge(text, call.stop(), base, brief));
    }

    /// Asks until there is a reply, and records it.
    private Answer ask(
            Question question,
            Brief brief,
            int attempt,
            List<Rejected> rejected,
            Optional<Candidate> base) {
        Prompt prompt =
                prompts.write(
                        question.mode(),
                        brief,
                        question.shown(),
                        new Retry(rejected, limits.replyCountMax() - attempt));
        ModelRequest request =
                new ModelRequest(
                        ModelRequest.id(brief.experiment(), attempt),
                        prompt.system(),
                        prompt.user(),
                        limits.outputTokensMax());
        int failures = 0;
        while (true) {
            spending.require(client.model(), prompt.estimatedTokens(), limits.outputTokensMax());
            spending.takeTurn()
                    .ifPresent(wait -> pause("as many requests a minute as allowed", wait));
            listener.asking(
                    client.provider(),
                    client.model(),
                    prompt.mode().label(),
                    prompt.estimatedTokens(),
                    client.place(request));
            Instant askedAt = clock.instant();
            try {
                ModelReply reply = client.ask(request, listener::received);
                Duration latency = Duration.between(askedAt, clock.instant());
                Answer answer =
                        Shield.over(
                                () ->
                                        record(
                                                brief, attempt, prompt, reply, latency, askedAt,
                                                base));
                spending.add(answer.call());
                listener.answered(answer.call(), spending);
                return answer;
            } catch (ModelException none) {
                failures++;
                Duration wait = patience.after(failures, none);
                pause(String.valueOf(none.getMessage()), wait);
            }
        }
    }

    private void pause(String reason, Duration wait) {
        listener.waiting(reason, wait);
        patience.sleep(wait);
    }

    private Answer record(
            Brief brief,
            int attempt,
            Prompt prompt,
            ModelReply reply,
            Duration latency,
            Instant askedAt,
            Optional<Candidate> base) {
        ArtifactId text = artifacts.put(utf8(reply.text()));
        ParsedReply parsed = judge.judge(reply.text(), reply.stop(), base, brief);
        Optional<ModelCall> before = reply.recorded();
        ModelCall call =
                new ModelCall(
                        brief.campaign(),
                        brief.experiment(),
                        attempt,
                        before.map(ModelCall::provider).orElse(client.provider()),
                        reply.model(),
                        before.map(ModelCall::mode).orElse(prompt.mode().label()),
                        before.map(ModelCall::template).orElse(prompt.template()),
                        before.map(ModelCall::prompt)
                                .orElseGet(() -> artifacts.put(utf8(prompt.text()))),
                        text,
                        reply.stop(),
                        reply.tokens(),
                        spending.cost(reply.model(), reply.tokens()),
                        latency,
                        parsed instanceof ParsedReply.Unparsable unusable
                                ? Optional.of(unusable.reason())
                                : Optional.empty(),
                        askedAt);
        ledger.append(call);
        return new Answer(call, reply.text(), parsed);
    }

    private static Proposal proposal(ParsedReply.Found found, Question question, ModelCall call) {
        String remarks =
                found.remarks().isEmpty()
                        ? ""
                        : "\n\n(How the reply was read: "
                                + String.join("; ", found.remarks())
                                + ".)\n";
        return new Proposal(
                found.candidate(),
                found.rationale() + remarks,
                question.shown().stream()
                        .map(shown -> shown.experiment().proposal().candidate().id())
                        .toList(),
                call.provider() + ":" + call.model());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
