package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RunPoolTest {
    private static final Supplier<Optional<RunOutcome>> GOES_ON = Optional::empty;

    @Test
    void what_the_lab_failed_at_is_tried_three_times() {
        AtomicInteger attempts = new AtomicInteger();
        List<Optional<RunOutcome>> outcomes =
                new RunPool(2)
                        .carryOut(
                                List.of(
                                        GOES_ON,
                                        () -> {
                                            throw new LabFaultException(
                                                    "attempt " + attempts.incrementAndGet());
                                        }));
        assertThat(outcomes.getFirst()).isEmpty();
        RunOutcome.LabFault fault = (RunOutcome.LabFault) outcomes.getLast().orElseThrow();
        assertThat(fault.failure().message()).isEqualTo("attempt 3");
    }

    @Test
    void no_more_steps_run_at_once_than_there_are_cores_for() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Supplier<Optional<RunOutcome>>> steps = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            steps.add(
                    () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.yield();
                        running.decrementAndGet();
                        return Optional.empty();
                    });
        }
        new RunPool(2).carryOut(steps);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    /// A step that an interrupt has reached may still be putting its sandbox away.
    @Test
    void an_interrupt_cancels_and_waits_for_what_runs() throws Exception {
        CountDownLatch hasBegun = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger putAway = new AtomicInteger();
        List<Optional<RunOutcome>> outcomes = new ArrayList<>();
        Supplier<Optional<RunOutcome>> step = () -> stuck(hasBegun, begun, putAway);
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> outcomes.addAll(new RunPool(1).carryOut(List.of(step, step))));
        hasBegun.await();
        caller.interrupt();
        caller.join();
        assertThat(putAway.get()).isPositive().isEqualTo(begun.get());
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.stream().map(outcome -> outcome.orElseThrow().label()))
                .contains("cancelled");
    }

    @Test
    void an_error_of_the_lab_stops_the_others_and_is_told() {
        assertThatThrownBy(
                        () ->
                                new RunPool(2)
                                        .carryOut(
                                                List.of(
                                                        () -> {
                                                            throw new IllegalStateException("bug");
                                                        })))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("bug");
    }

    private static Optional<RunOutcome> stuck(
            CountDownLatch hasBegun, AtomicInteger begun, AtomicInteger putAway) {
        begun.incrementAndGet();
        hasBegun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            for (int i = 0; i < 1000; i++) {
                Thread.onSpinWait();
            }
            putAway.incrementAndGet();
        }
        return Optional.empty();
    }
}
