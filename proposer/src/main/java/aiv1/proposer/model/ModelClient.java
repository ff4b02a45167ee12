package aiv1.proposer.model;

/// The seam to a language model. One question at a time.
///
/// An implementation asks once: it neither retries nor waits, for whoever calls it counts money and
/// time. Contract: a reply that begins to arrive is given as it came, with `CUT_OFF` when the
/// stream broke; whatever else goes wrong is a [ModelException]. Text is never longer than
/// [#REPLY_LENGTH_MAX]: a longer stream is stopped there. An interrupt ends the wait with
/// [ModelException.Kind#INTERRUPTED].
public interface ModelClient extends AutoCloseable {
    /// Longest reply that is taken, in UTF-16 units; what comes after is not read.
    int REPLY_LENGTH_MAX = 2 << 20;

    /// Such as "anthropic", as stored with each call.
    String provider();

    /// The model that is asked for; the reply says which one answered.
    String model();

    ModelReply ask(ModelRequest request, ReplyProgress progress) throws ModelException;

    /// Where a person would look for the question, such as a file; empty for a server.
    default String place(ModelRequest request) {
        return "";
    }

    /// Asks whether the provider answers, the key is taken and the model is known, as cheaply as
    /// the provider allows.
    void check() throws ModelException;

    @Override
    void close();
}
