package aiv1.cli.command;

/// What the program's exit status says. Scripts rely on it.
final class ExitCode {
    static final int DONE = 0;

    /// Done, but what was asked about failed: a candidate not measured, a verification that
    /// differs.
    static final int FAILED = 1;

    /// Usage or configuration.
    static final int USAGE = 2;

    /// A needed program or service is missing.
    static final int MISSING = 69;

    /// The lab's own fault.
    static final int LAB_FAULT = 70;

    /// Of a worker that is to be started again; the launcher does.
    static final int RESTART = 75;

    /// Interrupted.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
