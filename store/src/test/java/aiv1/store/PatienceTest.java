package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<String> heard = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    @Test
    void a_store_that_comes_back_is_waited_for_and_that_is_told_once() {
        String answer =
                patience(Duration.ofMinutes(1))
                        .with(
                                () -> {
                                    if (count.incrementAndGet() < 5) {
                                        throw fault().passing();
                                    }
                                    return "done";
                                });
        assertThat(answer).isEqualTo("done");
        assertThat(heard)
                .containsExactly(
                        "waiting for a store: table: expected an answer, got none",
                        "not waiting for a store any more");
    }

    @Test
    void what_will_not_pass_is_not_waited_for() {
        assertThatThrownBy(() -> patience(Duration.ofMinutes(1)).with(() -> fail(fault())))
                .hasMessage("table: expected an answer, got none");
        assertThat(count).hasValue(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void patience_ends() {
        assertThatThrownBy(
                        () -> patience(MOMENT.multipliedBy(6)).with(() -> fail(fault().passing())))
                .isInstanceOf(StoreException.class);
        assertThat(count).as("after 0, 1, 3 and 7 ms").hasValue(4);
        assertThat(heard).hasSize(2);
    }

    @Test
    void an_interrupt_ends_it_and_is_kept() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> patience(Duration.ofMinutes(1)).with(() -> fail(fault().passing())))
                .isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(count).hasValue(1);
    }

    private Patience patience(Duration most) {
        return new Patience(most, MOMENT, heard::add);
    }

    private String fail(StoreException fault) {
        count.incrementAndGet();
        throw fault;
    }

    private static StoreException fault() {
        return new StoreException("table", "an answer", "none");
    }
}
