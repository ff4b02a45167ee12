package aiv1.cluster.temporal;

/// The kinds of failures that cross by name. None is a candidate's.
final class Faults {
    /// The lab failed there; another attempt may succeed.
    static final String LAB_FAULT = "lab_fault";

    /// What was asked makes no sense; another attempt would not either.
    static final String REFUSED = "refused";

    private Faults() {}
}
