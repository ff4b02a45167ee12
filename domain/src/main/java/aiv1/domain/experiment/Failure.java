package aiv1.domain.experiment;

import aiv1.domain.ArtifactId;
import aiv1.domain.candidate.Part;
import java.util.Optional;
import java.util.OptionalInt;

/// Why a run or an experiment was not measured: the stage, the class, and where in the candidate's
/// source.
///
/// `exception` is the Python type; `part`, `function` and `line` (1-based) point into the
/// candidate; `stderrTail` is the end of what it wrote there; `frameReached` counts frames that had
/// crossed when it ended; `trace` is the artifact that holds the whole of its report, once there is
/// one.
public record Failure(
        Stage stage,
        FailureCategory category,
        String message,
        Optional<String> exception,
        Optional<Part> part,
        Optional<String> function,
        OptionalInt line,
        String stderrTail,
        OptionalInt frameReached,
        Optional<Usage> usage,
        Optional<ArtifactId> trace) {

    /// A failure that has no place in the candidate's source.
    public static Failure of(Stage stage, FailureCategory category, String message) {
        return new Failure(
                stage,
                category,
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                "",
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// The same failure, found in this line of the candidate's source.
    public Failure withPlace(
            Optional<Part> foundPart, Optional<String> foundFunction, int foundLine) {
        return new Failure(
                stage,
                category,
                message,
                exception,
                foundPart,
                foundFunction,
                OptionalInt.of(foundLine),
                stderrTail,
                frameReached,
                usage,
                trace);
    }

    public Failure withUsage(Usage used) {
        return new Failure(
                stage,
                category,
                message,
                exception,
                part,
                function,
                line,
                stderrTail,
                frameReached,
                Optional.of(used),
                trace);
    }

    public Failure withStderrTail(String tail) {
        return new Failure(
                stage,
                category,
                message,
                exception,
                part,
                function,
                line,
                tail,
                frameReached,
                usage,
                trace);
    }

    public Failure withTrace(ArtifactId report) {
        return new Failure(
                stage,
                category,
                message,
                exception,
                part,
                function,
                line,
                stderrTail,
                frameReached,
                usage,
                Optional.of(report));
    }

    public Failure withFrameReached(int frame) {
        return new Failure(
                stage,
                category,
                message,
                exception,
                part,
                function,
                line,
                stderrTail,
                OptionalInt.of(frame),
                usage,
                trace);
    }

    /// One line for people: `decode: AttributeError at decoder line 46 in run_decoding_agent: ...`.
    public String summary() {
        StringBuilder text = new StringBuilder(stage.label()).append(": ");
        text.append(exception.orElse(category.label()));
        part.ifPresent(where -> text.append(" at ").append(where.label()));
        line.ifPresent(number -> text.append(" line ").append(number));
        function.ifPresent(name -> text.append(" in ").append(name));
        return text.append(": ").append(message.lines().findFirst().orElse("")).toString();
    }
}
