package aiv1.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChildTest {
    private final List<Child> children = new ArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        children.forEach(Child::kill);
    }

    @Test
    void one_that_speaks_is_heard_beside_many_that_are_silent() throws Exception {
        int silentCount = 2 * Runtime.getRuntime().availableProcessors() + 4;
        for (int i = 0; i < silentCount; i++) {
            start("sleep", "60");
        }
        start("echo", "worker");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("worker");
    }

    @Test
    void all_that_it_said_was_heard_when_it_has_ended() throws Exception {
        start("sh", "-c", "echo one; echo two >&2; exit 3");
        assertThat(children.getFirst().awaitEnd()).isEqualTo(3);
        assertThat(heard).containsExactlyInAnyOrder("one", "two");
    }

    private void start(String... command) {
        children.add(Child.start(List.of(command), new Child.Lines(heard::add, heard::add)));
    }
}
