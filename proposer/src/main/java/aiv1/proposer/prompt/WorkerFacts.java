package aiv1.proposer.prompt;

/// What candidates really find on the worker: versions, "absent" for a library or compiler that is
/// not there.
public record WorkerFacts(String python, String numpy, String scipy, String numba, String gcc) {
    static final String ABSENT = "absent";

    boolean hasNumba() {
        return !numba.equals(ABSENT);
    }

    boolean hasC() {
        return !gcc.equals(ABSENT);
    }
}
