package aiv1.proposer.model;

/// Hears how a reply arrives.
@FunctionalInterface
public interface ReplyProgress {
    /// So many UTF-16 units of text have come so far.
    void received(int length);
}
