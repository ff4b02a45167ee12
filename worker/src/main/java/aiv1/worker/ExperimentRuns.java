package aiv1.worker;

import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The runs of one experiment, in the order that keeps them honest and the cores busy.
///
/// The smoke runs come first: the lowest and the highest quality of the first clip, side by side;
/// the lowest is also verified. Only when both were measured are the others run. So a broken codec
/// costs two runs, and which runs a result holds does not depend on how fast the machine was.
///
/// All that are run together are encoded before any is decoded: an encoder that is alive can tell a
/// decoder things past the bitstream, by how busy it keeps the machine.
final class ExperimentRuns {
    private static final int TOP_QUALITY = Experiment.QUALITY_COUNT - 1;

    private final RunPool pool;
    private final FailureTraces traces;
    private final Progress progress;
    private final BiConsumer<Stage, Integer> came;
    private final List<RunEvaluation> runs = new ArrayList<>();
    private final List<RunEvaluation> smoke = new ArrayList<>();
    private final List<RunEvaluation> rest = new ArrayList<>();
    private final RunEvaluation verified;
    private final Map<RunEvaluation, RunOutcome> outcomes = new HashMap<>();

    /// `came` hears of each stage as it begins, with the number of its runs.
    ExperimentRuns(
            Experiment experiment,
            Function<RunPlan, RunEvaluation> evaluation,
            RunPool pool,
            FailureTraces traces,
            Progress progress,
            BiConsumer<Stage, Integer> came) {
        this.pool = pool;
        this.traces = traces;
        this.progress = progress;
        this.came = came;
        Clip first = experiment.clips().getFirst();
        for (Clip clip : experiment.clips()) {
            for (int quality = 0; quality < Experiment.QUALITY_COUNT; quality++) {
                boolean isSmoke = clip.equals(first) && (quality == 0 || quality == TOP_QUALITY);
                boolean isVerified = isSmoke && quality == 0;
                RunEvaluation run = evaluation.apply(new RunPlan(clip, quality, isVerified));
                runs.add(run);
                (isSmoke ? smoke : rest).add(run);
            }
        }
        verified = smoke.getFirst();
    }

    /// Stops where no more can be measured. What becomes of the verified run is told when all its
    /// checks are done.
    void carryOut() {
        encode(smoke, Optional.empty());
        decode(smoke);
        verify();
        if (areMeasured(smoke)) {
            encode(rest, verified.checkedEncode());
        }
        outcomes.computeIfPresent(verified, this::told);
        if (areMeasured(smoke)) {
            decode(rest);
        }
    }

    boolean areMeasured() {
        return areMeasured(runs);
    }

    /// Of the runs that were carried out, in the order of clips, then of quality.
    List<RunResult> results() {
        List<RunResult> results = new ArrayList<>();
        for (RunEvaluation run : runs) {
            RunOutcome outcome = outcomes.get(run);
            if (outcome != null) {
                results.add(run.plan().ended(outcome));
            }
        }
        return results;
    }

    private boolean areMeasured(List<RunEvaluation> some) {
        return some.stream().allMatch(run -> outcomes.get(run) instanceof RunOutcome.Measured);
    }

    /// `check` is of the verified run; beside the others it costs no time of its own.
    private void encode(List<RunEvaluation> some, Optional<Supplier<Optional<RunOutcome>>> check) {
        came.accept(Stage.ENCODE, some.size());
        List<Supplier<Optional<RunOutcome>>> steps = new ArrayList<>();
        some.forEach(run -> steps.add(() -> run.encode().map(outcome -> ended(run, outcome))));
        check.ifPresent(steps::add);
        List<Optional<RunOutcome>> ends = pool.carryOut(steps);
        keep(some, ends);
        if (check.isPresent()) {
            ends.getLast().ifPresent(objection -> outcomes.put(verified, objection));
        }
    }

    private void decode(List<RunEvaluation> some) {
        List<RunEvaluation> left = some.stream().filter(run -> !outcomes.containsKey(run)).toList();
        if (left.isEmpty()) {
            return;
        }
        came.accept(Stage.DECODE, left.size());
        List<Supplier<Optional<RunOutcome>>> steps = new ArrayList<>();
        left.forEach(run -> steps.add(() -> Optional.of(ended(run, run.decode()))));
        keep(left, pool.carryOut(steps));
    }

    /// Looks for all objections side by side; of several, the first in their own order counts.
    private void verify() {
        if (!areMeasured(List.of(verified))) {
            return;
        }
        came.accept(Stage.VERIFY, 1);
        pool.carryOut(verified.objections()).stream()
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(objection -> outcomes.put(verified, objection));
    }

    private void keep(List<RunEvaluation> some, List<Optional<RunOutcome>> ends) {
        for (int i = 0; i < some.size(); i++) {
            RunEvaluation run = some.get(i);
            ends.get(i).ifPresent(outcome -> outcomes.put(run, outcome));
        }
    }

    private RunOutcome ended(RunEvaluation run, RunOutcome outcome) {
        return run == verified ? outcome : told(run, outcome);
    }

    private RunOutcome told(RunEvaluation run, RunOutcome outcome) {
        RunOutcome kept = traces.keep(outcome);
        progress.report(new Progress.Event.RunEnded(run.experiment(), run.plan().ended(kept)));
        return kept;
    }
}
