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
///
/// Starting a process costs more than the look, so several candidates share one: nothing of them is
/// executed, so none can do anything to another. Who does not pass there, whatever the reason, is
/// looked at alone, and only that counts against it; so what a candidate gets does not depend on
/// its company.
final class Screening {
    static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(10), Duration.ofSeconds(20), 1L << 30, 1 << 20);

    private static final String SIGNATURE = "signature";

    private final Launcher launcher;
    private final LaunchLine line;

    Screening(Launcher launcher, LaunchLine line) {
        this.launcher = launcher;
        this.line = line;
    }

    List<ScreenResult> screen(List<Candidate> candidates) {
        if (candidates.size() < 2) {
            return candidates.stream().map(this::alone).toList();
        }
        List<Optional<ScreenResult>> together = together(candidates);
        List<ScreenResult> results = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            results.add(together.get(i).orElseGet(() -> alone(candidate)));
        }
        return results;
    }

    private ScreenResult alone(Candidate candidate) {
        Collected collected = new Collected(Stage.SCREEN);
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(demand(line, slot)),
                        LIMIT,
                        out -> Jobs.write(Jobs.ofStage("screen", candidate.sources()), out),
                        collected);
        Optional<NotMeasured> outcome = collected.outcome(ending, LIMIT);
        return outcome.isPresent()
                ? new ScreenResult.Refused(Verdict.withFacts(outcome.get(), ending, 0))
                : passed(collected);
    }

    /// What each of them gets; empty for one that must be looked at alone.
    private List<Optional<ScreenResult>> together(List<Candidate> candidates) {
        Several several = new Several();
        launcher.run(
                slot -> line.of(demand(line, slot)),
                LIMIT,
                out -> Jobs.write(Jobs.ofScreening(candidates), out),
                several);
        List<Optional<ScreenResult>> results = new ArrayList<>(several.results);
        while (results.size() < candidates.size()) {
            results.add(Optional.empty());
        }
        return results.subList(0, candidates.size());
    }

    private static ScreenResult passed(Collected collected) {
        return new ScreenResult.Passed(
                collected.labels().stream()
                        .filter(label -> !label.startsWith(SIGNATURE + " "))
                        .toList(),
                fact(collected.labels(), SIGNATURE));
    }

    /// What follows the name in a label of a name and a value.
    static String fact(List<String> labels, String name) {
        return labels.stream()
                .filter(label -> label.startsWith(name + " "))
                .map(label -> label.substring(name.length() + 1))
                .findFirst()
                .orElse("unknown");
    }

    static LaunchLine.Demand demand(LaunchLine line, int slot) {
        return new LaunchLine.Demand(
                slot,
                LIMIT.memoryBytesMax(),
                LIMIT.cpuTimeMax().toSeconds(),
                new LaunchLine.Folders.None(),
                0,
                line.python("/runner/run.py"));
    }

    /// Takes what is said of one candidate after the other.
    private static final class Several implements MessageHandler {
        private final List<Optional<ScreenResult>> results = new ArrayList<>();
        private Collected current = new Collected(Stage.SCREEN);

        @Override
        public boolean accept(MessageReader.Message message) throws IOException {
            if (message.letter() != MessageReader.NEXT) {
                return current.accept(message);
            }
            boolean isPassed = message.payload().length == 0 && !current.isRefused();
            results.add(isPassed ? Optional.of(passed(current)) : Optional.empty());
            current = new Collected(Stage.SCREEN);
            return true;
        }

        @Override
        public long payloadBytesMax(char letter) {
            return letter == MessageReader.NEXT ? 1 : MessageHandler.super.payloadBytesMax(letter);
        }
    }
}
