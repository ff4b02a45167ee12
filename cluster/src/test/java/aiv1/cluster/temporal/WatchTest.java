package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.Results;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Signs of life, from the worker's side to the campaign's.
class WatchTest {
    private static final Experiment EXPERIMENT = Results.experiment("e-1");

    private final List<Progress.Event> told = new ArrayList<>();
    private final ScriptedCluster.Heard heard = new ScriptedCluster.Heard();
    private final Watch watch = new Watch(EXPERIMENT, told::add, heard);
    private final Pulse pulse = new Pulse("w");

    @Test
    void each_event_is_told_once_however_often_a_pulse_brings_it() {
        ExperimentResult result = Results.measured(EXPERIMENT, new byte[] {1});
        Progress.Event ended =
                new Progress.Event.RunEnded(EXPERIMENT.id(), result.runs().getFirst());
        pulse.report(phase("e-1", 1));
        pulse.report(phase("e-1", 2));
        look(1);
        look(1);
        pulse.report(ended);
        look(1);
        watch.ended(result);
        assertThat(told).containsExactly(phase("e-1", 2), ended);
    }

    @Test
    void a_run_that_no_pulse_brought_is_told_at_the_end() {
        ExperimentResult result = Results.measured(EXPERIMENT, new byte[] {1});
        watch.ended(result);
        assertThat(told)
                .containsExactly(
                        new Progress.Event.RunEnded(EXPERIMENT.id(), result.runs().getFirst()));
    }

    @Test
    void another_attempt_begins_anew_and_is_said() {
        pulse.report(phase("e-1", 1));
        look(1);
        watch.seen(MeasuringActivity.MEASURE, 2, Optional.empty(), "silence");
        Pulse second = new Pulse("v");
        second.report(phase("e-1", 1));
        watch.seen(MeasuringActivity.MEASURE, 2, Optional.of(second.text()), "silence");
        assertThat(told).containsExactly(phase("e-1", 1), phase("e-1", 1));
        assertThat(heard.lines).containsExactly("begun again e-1 2");
    }

    /// Each stage has attempts of its own.
    @Test
    void a_second_attempt_to_screen_hides_none_to_measure() {
        ExperimentResult result = Results.measured(EXPERIMENT, new byte[] {1});
        watch.seen(ScreeningActivity.SCREEN, 2, Optional.empty(), "silence");
        watch.seen(MeasuringActivity.MEASURE, 1, Optional.empty(), "");
        watch.seen(MeasuringActivity.MEASURE, 2, Optional.empty(), "silence");
        watch.ended(again(result));
        assertThat(heard.lines).containsExactly("begun again e-1 2", "begun again e-1 2");
    }

    @Test
    void a_second_attempt_to_measure_that_nobody_saw_is_said_at_the_end() {
        watch.seen(ScreeningActivity.SCREEN, 2, Optional.empty(), "silence");
        watch.ended(again(Results.measured(EXPERIMENT, new byte[] {1})));
        assertThat(heard.lines).containsExactly("begun again e-1 2", "begun again e-1 2");
    }

    private static ExperimentResult again(ExperimentResult result) {
        return result.withProvenance(result.provenance().atAttempt(2));
    }

    @Test
    void events_of_other_experiments_and_garbage_are_not_told() {
        pulse.report(phase("e-2", 1));
        look(1);
        watch.seen(MeasuringActivity.MEASURE, 1, Optional.of("{\"schema\":"), "");
        watch.seen(MeasuringActivity.MEASURE, 1, Optional.of("x".repeat(1 << 20)), "");
        assertThat(told).isEmpty();
    }

    private void look(int attempt) {
        watch.seen(MeasuringActivity.MEASURE, attempt, Optional.of(pulse.text()), "");
    }

    private static Progress.Event phase(String experiment, int frame) {
        return new Progress.Event.Phase(
                new ExperimentId(experiment), "c", 0, Stage.ENCODE, frame, 2);
    }
}
