package aiv1.cli.drill;

import aiv1.cli.drill.FaultyLink.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// What can go wrong. `count` is how often a whole drill tries it.
enum Fault {
    NOTHING(6) {
        @Override
        void strike(Arena arena, RandomGenerator random) {}
    },
    WORKER_KILLED(10) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            kill(one(arena.cluster.workerProcesses(), random));
        }
    },
    CAMPAIGN_KILLED(8) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            arena.campaign().kill();
        }
    },
    SERVER_KILLED(16) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            kill(arena.cluster.serverProcess().orElseThrow());
        }
    },
    LEDGER_KILLED(16) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            killForAWhile(arena.ledger, random);
        }
    },
    ARTIFACTS_KILLED(16) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            killForAWhile(arena.artifacts, random);
        }
    },
    NETWORK_CUT(16) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            forAWhile(anyLine(arena, random), new Mode.Cut(), random.nextInt(500, 8000));
        }
    },
    NETWORK_SLOW(10) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            forAWhile(
                    anyLine(arena, random),
                    new Mode.Slow(Duration.ofMillis(random.nextInt(50, 400))),
                    4000);
        }
    },
    STORE_REFUSES(18) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            FarStore store = anyStore(arena, random);
            forAWhile(
                    store.line(),
                    new Mode.Refusing(store.kind().breakdown()),
                    random.nextInt(500, 5000));
        }
    },
    STORE_THROTTLES(14) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            FarStore store = anyStore(arena, random);
            forAWhile(
                    store.line(),
                    new Mode.Refusing(store.kind().throttling()),
                    random.nextInt(500, 5000));
        }
    },
    STORE_SLOW(8) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            forAWhile(
                    anyStore(arena, random).line(),
                    new Mode.Slow(Duration.ofMillis(random.nextInt(1000, 3000))),
                    5000);
        }
    },
    /// A store does what it was asked, nobody hears of it, and it is asked again.
    ANSWERS_LOST(30) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            AtomicInteger left = new AtomicInteger(random.nextInt(1, 6));
            FaultyLink line = anyStore(arena, random).line();
            line.set(new Mode.Forgetful(left));
            arena.await("answers to be lost", () -> left.get() <= 0);
            line.set(new Mode.Whole());
        }
    },
    /// A worker stands still so long that its experiments are given to another, and goes on.
    DELIVERED_TWICE(4) {
        @Override
        void strike(Arena arena, RandomGenerator random) throws IOException, InterruptedException {
            int from = arena.workerLines.size();
            long process = one(arena.cluster.workerProcesses(), random);
            signal("STOP", process);
            boolean isDouble =
                    arena.awaitUpTo(
                            30,
                            () ->
                                    arena.workerLinesSince(from).stream()
                                            .anyMatch(line -> line.contains("begun, attempt 2")));
            signal("CONT", process);
            if (!isDouble) {
                throw new AssertionError("expected somebody else to begin, got nobody");
            }
        }
    },
    /// A second process takes up the campaign that runs, and after a while one of the two dies.
    TWO_CAMPAIGNS(4) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            DrillChild second = arena.startCampaign(Map.of());
            arena.awaitRecorded(8);
            if (random.nextBoolean()) {
                second.close();
            } else {
                arena.campaign().close();
                arena.carryOnWith(second);
            }
        }
    },
    OLD_BUILD(3) {
        @Override
        void strike(Arena arena, RandomGenerator random) {
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            DrillChild old =
                    DrillChild.start(
                            arena.worker(DrillProcess.OLD_BUILD, "old"),
                            Map.of(),
                            said::add,
                            status -> {});
            try {
                arena.await("a worker of another build", () -> !said.isEmpty());
                arena.awaitRecorded(4);
            } finally {
                old.close();
            }
            if (said.stream().anyMatch(line -> line.contains("begun"))) {
                throw new AssertionError("expected no work for it, got " + said);
            }
        }
    },
    /// A worker's and the campaign's clocks are wrong, each in its own way.
    CLOCKS_WRONG(3) {
        @Override
        void strike(Arena arena, RandomGenerator random) throws IOException, InterruptedException {
            DrillChild before = arena.campaign();
            before.close();
            DrillChild skewed = arena.startCampaign(WrongClock.by(arena.folder, anySkew(random)));
            DrillChild worker =
                    DrillChild.start(
                            arena.worker(DrillProcess.BUILD, "skewed"),
                            WrongClock.by(arena.folder, anySkew(random)),
                            arena.workerLines::add,
                            status -> {});
            try {
                int from = arena.workerLines.size();
                arena.await(
                        "work of the worker whose clock is wrong",
                        () ->
                                arena.workerLinesSince(from).stream()
                                        .anyMatch(
                                                line ->
                                                        line.startsWith("skewed ")
                                                                && line.contains("ended")));
                arena.awaitRecorded(2);
            } finally {
                worker.close();
            }
            skewed.close();
            arena.carryOnWith(arena.startCampaign(Map.of()));
        }
    };

    private static final List<Duration> SKEWS =
            List.of(
                    Duration.ofDays(-400),
                    Duration.ofHours(-3),
                    Duration.ofMinutes(-2),
                    Duration.ofMinutes(2),
                    Duration.ofHours(3),
                    Duration.ofDays(400));

    final int count;

    Fault(int count) {
        this.count = count;
    }

    /// Does it; it is over when this returns.
    abstract void strike(Arena arena, RandomGenerator random)
            throws IOException, InterruptedException;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Duration anySkew(RandomGenerator random) {
        return SKEWS.get(random.nextInt(SKEWS.size()));
    }

    private static FarStore anyStore(Arena arena, RandomGenerator random) {
        return random.nextBoolean() ? arena.ledger : arena.artifacts;
    }

    private static FaultyLink anyLine(Arena arena, RandomGenerator random) {
        return List.of(
                        arena.campaignLine,
                        arena.workerLine,
                        arena.ledger.line(),
                        arena.artifacts.line())
                .get(random.nextInt(4));
    }

    private static void forAWhile(FaultyLink line, Mode mode, int millis) {
        line.set(mode);
        LockSupport.parkNanos(millis * 1_000_000L);
        line.set(new Mode.Whole());
    }

    private static void killForAWhile(FarStore store, RandomGenerator random) {
        store.process().killForNow();
        LockSupport.parkNanos(random.nextLong(1, 3_000_000_000L));
        store.process().startAgain();
        store.awaitAnswer();
    }

    private static long one(List<Long> alive, RandomGenerator random) {
        return alive.get(random.nextInt(alive.size()));
    }

    private static void kill(long process) {
        ProcessHandle.of(process)
                .ifPresent(
                        one -> {
                            one.destroyForcibly();
                            one.onExit().join();
                        });
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    }
}
