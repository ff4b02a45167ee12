package aiv1.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RateLimit limit = new RateLimit(10, nanos::get);

    @Test
    void a_peer_may_ask_so_often_and_each_has_its_own_share() {
        assertThat(admitted("one", 50)).isEqualTo(20);
        assertThat(admitted("two", 50)).isEqualTo(20);
        nanos.addAndGet(500_000_000);
        assertThat(admitted("one", 50)).isEqualTo(5);
        nanos.addAndGet(3_600_000_000_000L);
        assertThat(admitted("one", 50)).as("no more is saved up").isEqualTo(20);
    }

    @Test
    void so_many_peers_are_remembered_and_no_more() {
        assertThat(admitted("first", 20)).isEqualTo(20);
        for (int i = 0; i < RateLimit.PEER_COUNT_MAX; i++) {
            limit.admits("peer-" + i);
        }
        assertThat(admitted("first", 50)).isEqualTo(20);
    }

    private long admitted(String peer, int count) {
        return IntStream.range(0, count).filter(i -> limit.admits(peer)).count();
    }
}
