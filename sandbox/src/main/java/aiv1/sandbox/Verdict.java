package aiv1.sandbox;

import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Turns the end of a sandboxed process into an outcome. What the process says of its own failure
/// is taken for its text only: no message makes it the lab's fault, nor measured.
final class Verdict {
    static final int EXIT_BY_SIGSYS = 128 + 31;
    private static final int EXIT_BY_SIGKILL = 128 + 9;
    private static final int FIELD_COUNT_MAX = 16;
    private static final int NAME_LENGTH_MAX = 200;
    private static final int MESSAGE_LENGTH_MAX = 8000;

    private static final Set<FailureCategory> BREAKS_OF_CONTRACT =
            Set.of(
                    FailureCategory.SYNTAX,
                    FailureCategory.CONTRACT,
                    FailureCategory.DIMENSION_MISMATCH,
                    FailureCategory.FRAME_COUNT,
                    FailureCategory.DTYPE,
                    FailureCategory.NO_OUTPUT,
                    FailureCategory.OUTPUT_LIMIT,
                    FailureCategory.COMPILE);
    private static final Set<FailureCategory> EXCEPTIONS =
            Set.of(
                    FailureCategory.MISSING_IMPORT,
                    FailureCategory.MISSING_NAME,
                    FailureCategory.OUT_OF_MEMORY,
                    FailureCategory.EXCEPTION);

    private Verdict() {}

    /// What the runner's error message says.
    static NotMeasured ofError(Stage stage, byte[] payload) {
        Map<String, String> fields = fields(payload);
        FailureCategory category = category(fields.getOrDefault("category", ""));
        Failure failure =
                new Failure(
                        stage,
                        category,
                        cut(fields.getOrDefault("message", ""), MESSAGE_LENGTH_MAX),
                        Optional.ofNullable(fields.get("exception"))
                                .map(name -> cut(name, NAME_LENGTH_MAX)),
                        part(fields.getOrDefault("part", "")),
                        Optional.ofNullable(fields.get("function"))
                                .map(name -> cut(name, NAME_LENGTH_MAX)),
                        line(fields.getOrDefault("line", "")),
                        "",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty());
        if (category == FailureCategory.OUT_OF_MEMORY) {
            return new RunOutcome.OutOfMemory(failure);
        }
        return BREAKS_OF_CONTRACT.contains(category)
                ? new RunOutcome.Invalid(failure)
                : new RunOutcome.Crashed(failure);
    }

    /// What the way it ended says, when the process itself said nothing.
    static NotMeasured ofEnding(Stage stage, SandboxedProcess.Ending ending, StageLimit limit) {
        return switch (ending.stop()) {
            case WALL_TIME ->
                    new RunOutcome.TimedOut(
                            Failure.of(
                                    stage,
                                    FailureCategory.TIMEOUT_WALL,
                                    "expected at most %.1f s of wall time"
                                            .formatted(limit.wallTimeMax().toMillis() / 1000.0)));
            case CPU_TIME -> cpuTime(stage, limit);
            case MEMORY ->
                    new RunOutcome.OutOfMemory(
                            Failure.of(
                                    stage,
                                    FailureCategory.OUT_OF_MEMORY,
                                    "expected at most %d MiB"
                                            .formatted(limit.memoryBytesMax() >> 20)));
            case STDERR_FLOOD ->
                    new RunOutcome.Invalid(
                            Failure.of(
                                    stage,
                                    FailureCategory.OUTPUT_LIMIT,
                                    "expected at most 16 MiB of log, got more"));
            case CANCELLED ->
                    new RunOutcome.Cancelled(
                            Failure.of(
                                    stage,
                                    FailureCategory.CANCELLED,
                                    "stopped before it was done"));
            case DONE, REFUSED ->
                    new RunOutcome.Invalid(
                            Failure.of(
                                    stage,
                                    FailureCategory.NO_OUTPUT,
                                    "expected a result, got none"));
            case EXITED -> exited(stage, ending, limit);
        };
    }

    private static NotMeasured exited(
            Stage stage, SandboxedProcess.Ending ending, StageLimit limit) {
        int status = ending.exitStatus();
        if (status == EXIT_BY_SIGSYS) {
            return new RunOutcome.Hostile(
                    Failure.of(
                            stage,
                            FailureCategory.HOSTILE,
                            "killed at a system call that no codec needs"));
        }
        if (status == EXIT_BY_SIGKILL
                && ending.usage().cpu().plusSeconds(1).compareTo(limit.cpuTimeMax()) > 0) {
            return cpuTime(stage, limit);
        }
        Optional<Failure> undefined = UndefinedBehaviour.find(stage, ending.stderrTail());
        if (undefined.isPresent()) {
            return new RunOutcome.Crashed(undefined.get());
        }
        if (status > 128) {
            return new RunOutcome.Crashed(
                    CompiledFault.placed(
                            Failure.of(
                                    stage,
                                    FailureCategory.SIGNAL,
                                    "died by signal " + (status - 128)),
                            ending.stderrTail()));
        }
        return new RunOutcome.Invalid(
                Failure.of(
                        stage,
                        FailureCategory.NO_OUTPUT,
                        "expected a result, got an exit with status " + status));
    }

    private static NotMeasured cpuTime(Stage stage, StageLimit limit) {
        return new RunOutcome.TimedOut(
                Failure.of(
                        stage,
                        FailureCategory.TIMEOUT_CPU,
                        "expected at most %.1f s of CPU time"
                                .formatted(limit.cpuTimeMax().toMillis() / 1000.0)));
    }

    /// The same outcome with what the lab saw from outside.
    static NotMeasured withFacts(
            NotMeasured outcome, SandboxedProcess.Ending ending, int frameReached) {
        return outcome.withFailure(
                outcome.failure()
                        .withUsage(ending.usage())
                        .withStderrTail(ending.stderrTail())
                        .withFrameReached(frameReached));
    }

    /// Name and value pairs as the runner writes them; what does not fit the form ends the list.
    private static Map<String, String> fields(byte[] payload) {
        Map<String, String> fields = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(payload);
        if (in.remaining() < 4) {
            return fields;
        }
        int count = in.getInt();
        for (int i = 0; i < Math.min(count, FIELD_COUNT_MAX); i++) {
            Optional<String> name = text(in);
            Optional<String> value = name.isPresent() ? text(in) : Optional.empty();
            if (value.isEmpty()) {
                return fields;
            }
            fields.put(name.get(), value.get());
        }
        return fields;
    }

    private static String cut(String text, int lengthMax) {
        return text.substring(0, Math.min(text.length(), lengthMax));
    }

    private static Optional<String> text(ByteBuffer in) {
        if (in.remaining() < 4) {
            return Optional.empty();
        }
        int size = in.getInt();
        if (size < 0 || size > in.remaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[size];
        in.get(bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    private static FailureCategory category(String label) {
        for (FailureCategory known : FailureCategory.values()) {
            if (known.label().equals(label)
                    && (BREAKS_OF_CONTRACT.contains(known) || EXCEPTIONS.contains(known))) {
                return known;
            }
        }
        return FailureCategory.EXCEPTION;
    }

    static Optional<Part> partOfFile(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.fileName().equals(name))
                .findFirst();
    }

    private static Optional<Part> part(String label) {
        return Arrays.stream(Part.values()).filter(part -> part.label().equals(label)).findFirst();
    }

    private static OptionalInt line(String text) {
        return text.matches("\\d{1,8}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
