package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at candidates' sources before any of it is run. Thread-safe.
final class Screening {
    static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(10), Duration.ofSeconds(20), 1L << 30, 1 << 20);

    /// For all of a batch, whatever is in it.
    private static final StageLimit BATCH_LIMIT =
            new StageLimit(Duration.ofSeconds(3), Duration.ofSeconds(6), 1L << 30, 1 << 10);

    private static final String SIGNATURE = "signature";

    private final Launcher launcher;
    private final LaunchLine line;

    Screening(Launcher launcher, LaunchLine line) {
        this.launcher = launcher;
        this.line = line;
    }

    ScreenResult screen(Candidate candidate) {
        Collected collected = new Collected(Stage.SCREEN);
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(demand(line, slot, LIMIT)),
                        LIMIT,
                        out -> Jobs.write(Jobs.ofStage("screen", candidate.sources()), out),
                        collected);
        Optional<NotMeasured> outcome = collected.outcome(ending, LIMIT);
        return outcome.isPresent()
                ? new ScreenResult.Refused(Verdict.withFacts(outcome.get(), ending, 0))
                : new ScreenResult.Passed(
                        collected.labels().stream()
                                .filter(label -> !label.startsWith(SIGNATURE + " "))
                                .toList(),
                        collected.fact(SIGNATURE));
    }

    /// Starting a process costs more than the look, so all share one. Nothing of them is executed,
    /// so all that one can do to the others is to use up the time, or to end the process; those
    /// that it did not come to are not suspected.
    List<Boolean> suspects(List<Candidate> candidates) {
        Suspicions suspicions = new Suspicions();
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(demand(line, slot, BATCH_LIMIT)),
                        BATCH_LIMIT,
                        out -> Jobs.write(Jobs.ofScreening(candidates), out),
                        suspicions);
        suspicions.common.requireLaunch(ending);
        List<Boolean> told = new ArrayList<>(suspicions.told);
        while (told.size() < candidates.size()) {
            told.add(false);
        }
        return told.subList(0, candidates.size());
    }

    static LaunchLine.Demand demand(LaunchLine line, int slot, StageLimit limit) {
        return new LaunchLine.Demand(
                slot,
                limit.memoryBytesMax(),
                limit.cpuTimeMax().toSeconds(),
                new LaunchLine.Folders.None(),
                0,
                line.python("/runner/run.py"));
    }

    /// Takes what is said of one candidate after the other: nothing, or that something stands
    /// against it.
    private static final class Suspicions implements MessageHandler {
        private final Collected common = new Collected(Stage.SCREEN);
        private final List<Boolean> told = new ArrayList<>();

        @Override
        public boolean accept(MessageReader.Message message) throws IOException {
            if (message.letter() == MessageReader.NEXT) {
                told.add(message.payload().length > 0);
                return true;
            }
            return common.accept(message);
        }

        @Override
        public long payloadBytesMax(char letter) {
            return letter == MessageReader.NEXT ? 1 : MessageHandler.super.payloadBytesMax(letter);
        }
    }
}
