package aiv1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requirements 6, 7, 10, 39: names, not addresses; workers come and go, and are known by what they
/// are.
@Timeout(120)
class WorkersTest {
    private static final Timing QUICK =
            new Timing(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(20));
    private static final WorkerSource SOME = WorkerSource.parse("http://workers.test:8080");

    @TempDir private Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile List<String> records = List.of();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    /// As the records of a headless service are its pods.
    @Test
    void every_address_of_a_name_is_a_worker_of_its_own_and_hears_the_name() throws Exception {
        StubWorker first = stub("127.0.0.1", 0, 1);
        StubWorker second = stub("127.0.0.2", first.port(), 2);
        records = List.of("127.0.0.1", "127.0.0.2");
        Workers workers = workers(named(first.port()));
        assertThat(workers.preflight()).isEmpty();
        assertThat(workers.count()).isEqualTo(2);
        assertThat(workers.standing())
                .allMatch(one -> one.sinceHeard().isPresent() && !one.build().isEmpty());
        assertThat(workers.standing().stream().map(one -> one.place().toString()))
                .containsExactly(
                        "http://workers.test:%d (127.0.0.1)".formatted(first.port()),
                        "http://workers.test:%d (127.0.0.2)".formatted(first.port()));
        assertThat(first.hosts).containsOnly("workers.test:" + first.port());
        assertThat(second.hosts).containsOnly("workers.test:" + first.port());
    }

    @Test
    void a_worker_that_moved_is_found_by_its_name() throws Exception {
        StubWorker before = stub("127.0.0.1", 0, 1);
        records = List.of("127.0.0.1");
        Workers workers = started(named(before.port()));
        stub("127.0.0.2", before.port(), 2);
        before.close();
        records = List.of("127.0.0.2");
        assertThat(hear("joined")).contains("(127.0.0.2)");
        WorkerClient taken = workers.take(Duration.ofSeconds(20)).orElseThrow();
        assertThat(taken.place().address()).isEqualTo(InetAddress.getByName("127.0.0.2"));
    }

    @Test
    void a_file_of_workers_is_watched() throws Exception {
        StubWorker first = stub("127.0.0.1", 0, 1);
        StubWorker second = stub("127.0.0.1", 0, 2);
        Path file = folder.resolve("workers.txt");
        Files.writeString(file, "# ours\n\n%s\n".formatted(first.place()));
        Workers workers = started(WorkerSource.parse("file:" + file));
        Files.writeString(file, "%s\n%s\n".formatted(first.place(), second.place()));
        assertThat(hear("joined")).contains(second.place().toString());
        Files.writeString(file, "%s\n".formatted(second.place()));
        assertThat(hear("lost"))
                .contains(first.place() + ": it is no longer listed: list it again");
        assertThat(workers.standing()).hasSize(1);
    }

    /// A name server that is down, a file that is being written: nobody is gone by that.
    @Test
    void a_source_that_cannot_be_asked_leaves_everything_as_it_was() throws Exception {
        StubWorker first = stub("127.0.0.1", 0, 1);
        records = List.of("127.0.0.1");
        Workers workers = workers(named(first.port()));
        workers.preflight();
        records = List.of();
        assertThat(workers.lookAround()).hasSize(1);
        assertThat(workers.standing()).hasSize(1);
        assertThat(workers.take(Duration.ZERO)).isPresent();
    }

    @Test
    void what_is_found_under_two_addresses_counts_once() throws Exception {
        StubWorker only = stub("127.0.0.1", 0, 1);
        records = List.of("127.0.0.1");
        Workers workers = workers(named(only.port()), new WorkerSource.Url(only.place()));
        assertThat(workers.preflight()).isEmpty();
        assertThat(workers.count()).isEqualTo(1);
        assertThat(workers.slotCount()).isEqualTo(1);
        assertThat(workers.standing().stream().map(WorkerStanding::state))
                .containsExactlyInAnyOrder("well", "duplicate");
    }

    @Test
    void a_machine_with_addresses_of_both_versions_is_one_worker() throws Exception {
        records = List.of("::1", "127.0.0.1");
        assertThat(SOME.look(this::resolve).places())
                .extracting(place -> place.address().getHostAddress())
                .containsExactly("127.0.0.1");
        records = List.of("::1");
        assertThat(SOME.look(this::resolve).places())
                .extracting(Place::toString)
                .containsExactly("http://workers.test:8080 ([0:0:0:0:0:0:0:1])");
    }

    /// Requirement 39: the canary codec after every start.
    @Test
    void a_process_started_anew_must_measure_right_before_it_gets_work() throws Exception {
        StubWorker worker = stub("127.0.0.1", 0, 1);
        started(new WorkerSource.Url(worker.place()));
        worker.canaryStatus = 500;
        worker.processId = 2;
        assertThat(hear("lost")).contains("it cannot measure").contains("run 'aiv1 doctor' there");
        worker.canaryStatus = 200;
        assertThat(hear("joined")).contains(worker.place().toString());
        assertThat(worker.requests.stream().filter("POST /canary"::equals))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    /// Requirements 7 and 10, by the times that hold outside of tests.
    @Test
    void a_worker_that_hangs_is_flagged_and_used_again_when_it_answers() throws Exception {
        StubWorker worker = stub("127.0.0.1", 0, 1);
        Workers workers = started(new WorkerSource.Url(worker.place()));
        worker.isHanging = true;
        assertThat(hear("lost")).contains("timed out: no answer within 10000 ms");
        assertThat(workers.take(Duration.ZERO)).isEmpty();
        worker.goOn();
        hear("joined");
        assertThat(workers.take(Duration.ofSeconds(20))).isPresent();
        Timing usual = Timing.USUAL;
        assertThat(usual.watchInterval().plus(usual.answerTimeMax()))
                .isLessThan(Duration.ofSeconds(15));
        assertThat(usual.watchInterval().multipliedBy(2).plus(usual.answerTimeMax()))
                .isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_worker_that_lied_gets_no_work_again() throws Exception {
        StubWorker worker = stub("127.0.0.1", 0, 1);
        Workers workers = workers(new WorkerSource.Url(worker.place()));
        workers.preflight();
        WorkerClient client = workers.take(Duration.ZERO).orElseThrow();
        workers.setAside(client, client.trouble(Trouble.LIED, "it lied"));
        workers.giveBack(client);
        workers.start();
        assertThat(workers.take(Duration.ofMillis(200))).isEmpty();
        assertThat(workers.standing().getFirst().state()).isEqualTo("set_aside");
    }

    @Test
    void what_is_no_list_of_workers_says_where_and_what() throws Exception {
        Path file = folder.resolve("workers.txt");
        assertThat(trouble(file)).contains("cannot be read");
        Files.writeString(file, "# nobody\n");
        assertThat(trouble(file)).contains("expected at least one URL, got none");
        Files.writeString(file, "http://a:1\nnonsense\n");
        assertThat(trouble(file))
                .contains("line 2: expected http://NAME:PORT, https://NAME:PORT or file:PATH");
        Files.writeString(file, "file:" + file);
        assertThat(trouble(file)).contains("line 1: expected http://NAME:PORT");
        Files.writeString(file, "http://a:1\n".repeat(WorkerSource.LINE_COUNT_MAX + 1));
        assertThat(trouble(file)).contains("expected at most 1000 lines, got 1001");
        Files.write(file, new byte[] {(byte) 0xc3, 40});
        assertThat(trouble(file)).contains("expected UTF-8 text");
    }

    private String trouble(Path file) {
        records = List.of("127.0.0.1");
        List<WorkerTroubleException> troubles =
                WorkerSource.parse("file:" + file).look(this::resolve).troubles();
        assertThat(troubles).hasSize(1);
        assertThat(troubles.getFirst().trouble()).isEqualTo(Trouble.BAD_LIST);
        return String.valueOf(troubles.getFirst().getMessage());
    }

    private StubWorker stub(String address, int port, long processId) throws IOException {
        StubWorker worker =
                new StubWorker(
                        Results.crashed(Results.experiment("one"), Optional.empty()),
                        InetAddress.getByName(address),
                        port);
        worker.processId = processId;
        open.add(worker);
        return worker;
    }

    private static WorkerSource named(int port) {
        return new WorkerSource.Url(URI.create("http://workers.test:" + port));
    }

    private Workers workers(WorkerSource... sources) {
        Workers workers =
                new Workers(
                        List.of(sources),
                        WorkerAccess.NONE,
                        StubWorker.DEMAND,
                        new WorkersListener() {
                            @Override
                            public void lost(Place worker, WorkerTroubleException why) {
                                heard.add("lost " + why.getMessage());
                            }

                            @Override
                            public void joined(Place worker) {
                                heard.add("joined " + worker);
                            }
                        },
                        this::resolve,
                        QUICK);
        open.add(workers);
        return workers;
    }

    private Workers started(WorkerSource... sources) {
        Workers workers = workers(sources);
        assertThat(workers.preflight()).isEmpty();
        workers.start();
        return workers;
    }

    /// The next thing of that kind that the listener hears.
    private String hear(String kind) throws InterruptedException {
        while (true) {
            String next = heard.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("nothing heard").isNotNull();
            if (next.startsWith(kind)) {
                return next;
            }
        }
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (!host.equals("workers.test") && !host.equals("a")) {
            return List.of(InetAddress.getAllByName(host));
        }
        if (records.isEmpty()) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String record : records) {
            addresses.add(InetAddress.getByName(record));
        }
        return addresses;
    }
}
