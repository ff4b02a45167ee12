package aiv1.domain.experiment;

import java.util.Optional;

/// How a run ended. Only [Measured] counts; all others are failures with their reason, and only
/// [LabFault] is ours.
public sealed interface RunOutcome {

    /// The name in JSON: `measured`, `timed_out`, ...
    default String label() {
        return switch (this) {
            case Measured measured -> "measured";
            case Invalid invalid -> "invalid";
            case Crashed crashed -> "crashed";
            case TimedOut timedOut -> "timed_out";
            case OutOfMemory outOfMemory -> "out_of_memory";
            case Nondeterministic nondeterministic -> "nondeterministic";
            case Hostile hostile -> "hostile";
            case Quarantined quarantined -> "quarantined";
            case LabFault labFault -> "lab_fault";
            case Cancelled cancelled -> "cancelled";
        };
    }

    /// The numbers, if there are any.
    default Optional<Measurement> numbers() {
        return this instanceof Measured measured
                ? Optional.of(measured.measurement())
                : Optional.empty();
    }

    /// Encoded, decoded in a fresh sandbox, and compared frame by frame.
    record Measured(Measurement measurement) implements RunOutcome {}

    /// Every outcome without a number.
    sealed interface NotMeasured extends RunOutcome {
        Failure failure();

        /// The same outcome, with another failure.
        default NotMeasured withFailure(Failure failure) {
            return switch (this) {
                case Invalid invalid -> new Invalid(failure);
                case Crashed crashed -> new Crashed(failure);
                case TimedOut timedOut -> new TimedOut(failure);
                case OutOfMemory outOfMemory -> new OutOfMemory(failure);
                case Nondeterministic nondeterministic -> new Nondeterministic(failure);
                case Hostile hostile -> new Hostile(failure);
                case Quarantined quarantined -> new Quarantined(failure);
                case LabFault labFault -> new LabFault(failure);
                case Cancelled cancelled -> new Cancelled(failure);
            };
        }
    }

    /// It broke the contract: wrong size, count or type, a name it does not define, a stream that
    /// expands.
    record Invalid(Failure failure) implements NotMeasured {}

    /// It raised, or died by a signal.
    record Crashed(Failure failure) implements NotMeasured {}

    /// It ran into its limit of CPU or wall time.
    record TimedOut(Failure failure) implements NotMeasured {}

    /// It ran into its limit of memory.
    record OutOfMemory(Failure failure) implements NotMeasured {}

    /// Two decodes of one bitstream differ.
    record Nondeterministic(Failure failure) implements NotMeasured {}

    /// It did what no codec needs: a forbidden system call, a forged result.
    record Hostile(Failure failure) implements NotMeasured {}

    /// Its numbers cannot be believed, with the reason.
    record Quarantined(Failure failure) implements NotMeasured {}

    /// The lab's own fault: retried, and never counted against the candidate.
    record LabFault(Failure failure) implements NotMeasured {}

    /// Somebody stopped it.
    record Cancelled(Failure failure) implements NotMeasured {}
}
