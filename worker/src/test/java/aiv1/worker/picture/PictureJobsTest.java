package aiv1.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.LabFaultException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One job at a time, each once, and a limit on how many wait.
@Timeout(60)
class PictureJobsTest {
    private static final Runnable NOTHING = () -> {};

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final PictureJobs jobs = new PictureJobs(now::get);

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void what_many_ask_for_is_made_once() throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Runnable slow =
                () -> {
                    count.incrementAndGet();
                    begun.countDown();
                    await(released);
                };
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(Thread.ofVirtual().start(() -> jobs.ask("one", slow)));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        begun.await();
        assertThat(jobs.ask("one", slow)).isEqualTo(new Picture.Coming(0));
        released.countDown();
        finish();
        assertThat(count).hasValue(1);
    }

    @Test
    void only_one_is_made_at_a_time_and_only_so_many_wait() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger alive = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable counted =
                () -> {
                    most.accumulateAndGet(alive.incrementAndGet(), Math::max);
                    begun.countDown();
                    await(released);
                    alive.decrementAndGet();
                };
        jobs.ask("first", counted);
        begun.await();
        for (int i = 0; i < PictureJobs.WAITING_COUNT_MAX; i++) {
            assertThat(jobs.ask("waiting " + i, counted)).isEqualTo(new Picture.Coming(i + 1));
        }
        assertThat(jobs.ask("one too many", counted))
                .isInstanceOfSatisfying(
                        Picture.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Picture.Reason.BUSY));
        assertThat(jobs.ask("waiting 3", counted)).isEqualTo(new Picture.Coming(4));
        released.countDown();
        finish();
        assertThat(most).hasValue(1);
    }

    @Test
    void a_refusal_is_told_for_a_while_and_then_tried_anew() throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        Runnable failing =
                () -> {
                    count.incrementAndGet();
                    throw new PictureException(Picture.Reason.GONE, "clip x: gone");
                };
        assertThat(jobs.ask("one", failing)).isEqualTo(new Picture.Coming(0));
        finish();
        Picture refused = new Picture.Refused(Picture.Reason.GONE, "clip x: gone");
        assertThat(jobs.ask("one", failing)).isEqualTo(refused);
        assertThat(jobs.ask("one", failing)).isEqualTo(refused);
        assertThat(count).hasValue(1);
        now.updateAndGet(time -> time.plus(PictureJobs.REFUSAL_KEPT).plus(Duration.ofMillis(1)));
        assertThat(jobs.ask("one", NOTHING)).isInstanceOf(Picture.Coming.class);
        finish();
        assertThat(jobs.ask("one", NOTHING)).isInstanceOf(Picture.Coming.class);
    }

    @Test
    void a_fault_ends_its_own_job_alone() throws InterruptedException {
        jobs.ask(
                "faulty",
                () -> {
                    throw new LabFaultException("ffmpeg: expected a program, got nothing");
                });
        jobs.ask(
                "broken",
                () -> {
                    throw new IllegalStateException("a mistake");
                });
        finish();
        assertThat(jobs.ask("faulty", NOTHING))
                .isEqualTo(
                        new Picture.Refused(
                                Picture.Reason.UNAVAILABLE,
                                "ffmpeg: expected a program, got nothing"));
        assertThat(jobs.ask("broken", NOTHING))
                .isInstanceOfSatisfying(
                        Picture.Refused.class,
                        refused -> assertThat(refused.words()).contains("a mistake"));
    }

    @Test
    void closing_stops_what_runs_and_takes_no_more() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        jobs.ask(
                "endless",
                () -> {
                    begun.countDown();
                    await(never);
                    ended.countDown();
                });
        begun.await();
        jobs.close();
        ended.await();
        assertThat(jobs.ask("late", NOTHING)).isInstanceOf(Picture.Refused.class);
    }

    /// Waits until all that was asked for before has ended.
    private void finish() throws InterruptedException {
        Semaphore done = new Semaphore(0);
        Runnable last = done::release;
        while (jobs.ask("last " + last.hashCode(), last) instanceof Picture.Refused) {
            Thread.onSpinWait();
        }
        done.acquire();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
