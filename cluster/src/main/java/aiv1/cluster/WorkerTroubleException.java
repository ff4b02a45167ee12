package aiv1.cluster;

/// A worker could not be used: names its address, what is wrong, and what to do.
public final class WorkerTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;
    private final String what;

    /// `worker` is its place, or where it was looked for.
    WorkerTroubleException(String worker, Trouble trouble, String what) {
        super("worker %s: %s: %s".formatted(worker, what, trouble.advice()));
        this.trouble = trouble;
        this.what = what;
    }

    /// What is wrong, without where and what to do.
    String what() {
        return what;
    }

    public Trouble trouble() {
        return trouble;
    }
}
