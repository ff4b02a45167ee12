package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What every stage collects: labels, the error message, and whether the runner ever spoke.
class Collected implements MessageHandler {
    private static final int LABEL_COUNT_MAX = 20;
    private static final int LABEL_LENGTH_MAX = 200;

    private final Stage stage;
    private final List<String> labels = new ArrayList<>();
    private Optional<NotMeasured> refusal = Optional.empty();
    private boolean hasSpoken;

    Collected(Stage stage) {
        this.stage = stage;
    }

    @Override
    public boolean accept(MessageReader.Message message) throws IOException {
        switch (message.letter()) {
            case MessageReader.HELLO -> hasSpoken = true;
            case MessageReader.LABEL -> addLabel(message.payload());
            case MessageReader.ERROR -> {
                if (refusal.isEmpty()) {
                    refusal = Optional.of(Verdict.ofError(stage, message.payload()));
                }
            }
            case MessageReader.TOO_LARGE -> {
                return refuse(tooLarge(), "the result is larger than the limit");
            }
            default -> {
                return refuse(
                        FailureCategory.CONTRACT, "the result descriptor was written to by hand");
            }
        }
        return true;
    }

    boolean refuse(FailureCategory category, String message) {
        refusal = Optional.of(new RunOutcome.Invalid(Failure.of(stage, category, message)));
        return false;
    }

    FailureCategory tooLarge() {
        return FailureCategory.OUTPUT_LIMIT;
    }

    /// What follows the name in a label of a name and a value.
    String fact(String name) {
        return labels.stream()
                .filter(label -> label.startsWith(name + " "))
                .map(label -> label.substring(name.length() + 1))
                .findFirst()
                .orElse("unknown");
    }

    List<String> labels() {
        return labels;
    }

    /// A process that ended without a word is the lab's fault.
    void requireLaunch(SandboxedProcess.Ending ending) {
        if (!hasSpoken && ending.stop() == SandboxedProcess.Stop.EXITED) {
            throw new LabFaultException(
                    "sandbox: the launch failed with status %d: %s"
                            .formatted(ending.exitStatus(), ending.stderrTail().strip()));
        }
    }

    /// What stands against the run; empty when it is done and well.
    Optional<NotMeasured> outcome(SandboxedProcess.Ending ending, StageLimit limit) {
        requireLaunch(ending);
        if (ending.stop() == SandboxedProcess.Stop.DONE
                || ending.stop() == SandboxedProcess.Stop.REFUSED) {
            return refusal;
        }
        boolean hasOnlyLeft = ending.stop() == SandboxedProcess.Stop.EXITED;
        return hasOnlyLeft && refusal.isPresent()
                ? refusal
                : Optional.of(Verdict.ofEnding(stage, ending, limit));
    }

    private void addLabel(byte[] payload) {
        if (labels.size() < LABEL_COUNT_MAX) {
            String label = new String(payload, StandardCharsets.UTF_8);
            labels.add(label.substring(0, Math.min(LABEL_LENGTH_MAX, label.length())));
        }
    }
}
