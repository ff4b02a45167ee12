package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.Usage;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A failure as JSON, and the outcome that it belongs to.
final class FailureJson {
    private FailureJson() {}

    static ObjectNode write(Failure failure) {
        ObjectNode object = Json.object();
        object.put("stage", failure.stage().label());
        object.put("category", failure.category().label());
        Json.put(object, "exception", failure.exception());
        object.put("message", failure.message());
        Json.put(object, "part", failure.part().map(Part::label));
        Json.put(object, "function", failure.function());
        failure.line().ifPresentOrElse(at -> object.put("line", at), () -> object.putNull("line"));
        object.put("stderr_tail", failure.stderrTail());
        Json.put(object, "trace_sha256", failure.trace().map(ArtifactId::sha256));
        failure.frameReached()
                .ifPresentOrElse(
                        frame -> object.put("frame_reached", frame),
                        () -> object.putNull("frame_reached"));
        failure.usage().ifPresentOrElse(usage -> putUsage(object, usage), () -> putNoUsage(object));
        return object;
    }

    static Failure read(JsonFields fields) {
        return new Failure(
                fields.oneOf("stage", Stage.values(), Stage::label),
                fields.oneOf("category", FailureCategory.values(), FailureCategory::label),
                fields.text("message"),
                fields.optionalText("exception"),
                fields.isAbsent("part")
                        ? Optional.empty()
                        : Optional.of(fields.oneOf("part", Part.values(), Part::label)),
                fields.optionalText("function"),
                fields.optionalInteger("line"),
                fields.text("stderr_tail"),
                fields.optionalInteger("frame_reached"),
                readUsage(fields),
                fields.isAbsent("trace_sha256")
                        ? Optional.empty()
                        : Optional.of(fields.value("trace_sha256", ArtifactId::new)));
    }

    /// The outcome that the field `outcome` names, with the failure in the field `failure`.
    static NotMeasured readOutcome(JsonFields fields) {
        String label = fields.text("outcome");
        Failure failure = read(fields.object("failure"));
        return switch (label) {
            case "invalid" -> new RunOutcome.Invalid(failure);
            case "crashed" -> new RunOutcome.Crashed(failure);
            case "timed_out" -> new RunOutcome.TimedOut(failure);
            case "out_of_memory" -> new RunOutcome.OutOfMemory(failure);
            case "nondeterministic" -> new RunOutcome.Nondeterministic(failure);
            case "hostile" -> new RunOutcome.Hostile(failure);
            case "quarantined" -> new RunOutcome.Quarantined(failure);
            case "lab_fault" -> new RunOutcome.LabFault(failure);
            case "cancelled" -> new RunOutcome.Cancelled(failure);
            default ->
                    throw fields.wrong(
                            "outcome",
                            "one of invalid, crashed, timed_out, out_of_memory, nondeterministic,"
                                    + " hostile, quarantined, lab_fault, cancelled");
        };
    }

    private static void putUsage(ObjectNode object, Usage usage) {
        object.put("cpu_seconds", Seconds.of(usage.cpu()));
        object.put("wall_seconds", Seconds.of(usage.wall()));
        object.put("peak_memory_bytes", usage.peakMemoryBytes());
    }

    private static void putNoUsage(ObjectNode object) {
        object.putNull("cpu_seconds");
        object.putNull("wall_seconds");
        object.putNull("peak_memory_bytes");
    }

    private static Optional<Usage> readUsage(JsonFields fields) {
        if (fields.isAbsent("cpu_seconds")) {
            return Optional.empty();
        }
        return Optional.of(
                new Usage(
                        fields.seconds("cpu_seconds"),
                        fields.seconds("wall_seconds"),
                        fields.wholeNumber("peak_memory_bytes")));
    }
}
