package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatheringTest {
    private static final int BATCH_COUNT_MAX = 3;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final Gathering<Integer, String> gathering =
            new Gathering<>("test", BATCH_COUNT_MAX, this::answers);

    @AfterEach
    void close() {
        gathering.close();
    }

    private List<String> answers(List<Integer> questions) {
        batches.add(questions);
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException stopped) {
            throw new LabFaultException("stopped", stopped);
        }
        if (questions.contains(13)) {
            throw new LabFaultException("thirteen");
        }
        return questions.stream().map(one -> "a" + one).toList();
    }

    @Test
    void who_comes_while_it_is_busy_is_answered_together() throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        answers.add(gathering.ask(0));
        begun.await();
        for (int i = 1; i < 6; i++) {
            answers.add(gathering.ask(i));
        }
        released.countDown();
        for (int i = 0; i < 6; i++) {
            assertThat(answers.get(i).get()).isEqualTo("a" + i);
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void what_fails_a_batch_fails_all_of_it_and_nothing_else() throws Exception {
        Future<String> first = gathering.ask(0);
        begun.await();
        Future<String> second = gathering.ask(12);
        Future<String> third = gathering.ask(13);
        released.countDown();
        assertThat(first.get()).isEqualTo("a0");
        for (Future<String> failed : List.of(second, third)) {
            assertThatThrownBy(failed::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("thirteen");
        }
        assertThat(gathering.ask(14).get()).isEqualTo("a14");
    }

    @Test
    void who_has_left_is_not_worked_for() throws Exception {
        Future<String> first = gathering.ask(0);
        begun.await();
        Future<String> second = gathering.ask(1);
        Future<String> third = gathering.ask(2);
        second.cancel(false);
        released.countDown();
        assertThat(third.get()).isEqualTo("a2");
        assertThat(first.get()).isEqualTo("a0");
        assertThat(batches).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void who_waits_when_it_ends_is_told() throws Exception {
        Future<String> first = gathering.ask(0);
        begun.await();
        Future<String> second = gathering.ask(1);
        gathering.close();
        assertThatThrownBy(first::get).hasRootCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(second::get).isInstanceOf(CancellationException.class);
    }
}
