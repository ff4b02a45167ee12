package aiv1.proposer;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Several proposers in turn, by weight; chance comes from the brief's seed. One that has no
/// proposal is stepped in for by the others.
public final class MixProposer implements Proposer {
    private final List<Share> shares;

    /// A proposer with its weight (> 0).
    public record Share(Proposer proposer, int weight) {
        public Share {
            if (weight <= 0) {
                throw new IllegalArgumentException("weight: expected > 0, got " + weight);
            }
        }
    }

    public MixProposer(List<Share> shares) {
        this.shares = List.copyOf(shares);
    }

    @Override
    public String name() {
        return shares.stream()
                .map(share -> share.proposer().name() + "=" + share.weight())
                .collect(Collectors.joining("+"));
    }

    @Override
    public Proposal propose(Brief brief, List<ExperimentResult> parents) {
        RandomGenerator random = Seeds.generator(Seeds.at(brief.seed(), 2));
        List<Share> left = new ArrayList<>(shares);
        List<String> reasons = new ArrayList<>();
        boolean isBudget = true;
        while (!left.isEmpty()) {
            Share chosen = left.remove(draw(left, random));
            try {
                return chosen.proposer().propose(brief, parents);
            } catch (NoProposalException none) {
                if (none.kind() == NoProposalException.Kind.INTERRUPTED) {
                    throw none;
                }
                isBudget &= none.kind() == NoProposalException.Kind.BUDGET_USED;
                reasons.add(none.reason());
            }
        }
        throw new NoProposalException(
                isBudget
                        ? NoProposalException.Kind.BUDGET_USED
                        : NoProposalException.Kind.UNAVAILABLE,
                String.join("; ", reasons));
    }

    private static int draw(List<Share> shares, RandomGenerator random) {
        int at = random.nextInt(shares.stream().mapToInt(Share::weight).sum());
        int index = 0;
        while (at >= shares.get(index).weight()) {
            at -= shares.get(index).weight();
            index++;
        }
        return index;
    }
}
