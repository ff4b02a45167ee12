package aiv1.proposer;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.proposer.reply.ParsedReply;
import aiv1.proposer.reply.ReplyParser;
import java.util.Optional;
import java.util.function.Predicate;

/// What a reply comes to in a campaign: a candidate that is new in it, or a reason that the model
/// can act on.
final class Judge {
    private final Signatures signatures;

    Judge(Signatures signatures) {
        this.signatures = signatures;
    }

    /// `base` is the codec that edits apply to.
    ParsedReply judge(String reply, StopReason stop, Optional<Candidate> base, Brief brief) {
        return switch (ReplyParser.parse(reply, base)) {
            case ParsedReply.Found found ->
                    tried(found.candidate(), brief)
                            .<ParsedReply>map(ParsedReply.Unparsable::new)
                            .orElse(found);
            case ParsedReply.Unparsable unusable ->
                    new ParsedReply.Unparsable(stopped(stop) + unusable.reason());
        };
    }

    private static String stopped(StopReason stop) {
        return switch (stop) {
            case END -> "";
            case MAX_TOKENS ->
                    "it was cut off at the longest reply that is allowed; send less, such as edits in place of whole files: ";
            case REFUSAL -> "it was refused: ";
            case CUT_OFF -> "the connection broke in the middle: ";
        };
    }

    /// Why the candidate is not new, if it is not.
    private Optional<String> tried(Candidate candidate, Brief brief) {
        if (brief.tried().contains(candidate.id())) {
            return Optional.of(
                    "it is the same codec, letter for letter, as %s: expected a new one"
                            .formatted(
                                    first(brief, tried -> tried.id().equals(candidate.id()))
                                            .map(id -> "that of experiment " + id)
                                            .orElse("one that was tried before")));
        }
        return signatures
                .of(candidate)
                .flatMap(
                        signature ->
                                first(
                                        brief,
                                        tried ->
                                                signatures
                                                        .of(tried)
                                                        .filter(signature::equals)
                                                        .isPresent()))
                .map(
                        id ->
                                "it differs from the codec of experiment %s in comments and layout only: expected a new one"
                                        .formatted(id));
    }

    private static Optional<ExperimentId> first(Brief brief, Predicate<Candidate> isSame) {
        return brief.history().stream()
                .map(ExperimentResult::experiment)
                .filter(experiment -> isSame.test(experiment.proposal().candidate()))
                .map(experiment -> experiment.id())
                .findFirst();
    }
}
