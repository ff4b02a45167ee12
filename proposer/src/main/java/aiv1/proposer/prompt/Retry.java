package aiv1.proposer.prompt;

import java.util.List;

/// The replies to a question that could not be used, oldest first, and how many replies (> 0) are
/// still taken.
public record Retry(List<Rejected> rejected, int repliesLeft) {
    public Retry {
        rejected = List.copyOf(rejected);
    }

    /// A reply that could not be used: why, and its text.
    public record Rejected(String reason, String reply) {}

    /// A question that is asked for the first time.
    public static Retry none(int repliesLeft) {
        return new Retry(List.of(), repliesLeft);
    }
}
