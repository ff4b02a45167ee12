package aiv1.cluster.temporal;

/// What the server keeps beside an experiment's workflow, for whoever looks at its lists.
final class Memo {
    static final String CAMPAIGN = "campaign";
    static final String CANDIDATE = "candidate";
    static final String BUILD = "build";
    static final String ORDER = "order";

    /// The outcome's label, such as `measured`; there when it is over.
    static final String OUTCOME = "outcome";

    private Memo() {}
}
