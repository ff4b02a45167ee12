package aiv1.cluster.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Answers questions that come singly, and those that came while it was busy in one go: the busier,
/// the larger the batches, and nobody ever waits for a batch to fill. Thread-safe.
final class Gathering<Q, A> implements AutoCloseable {
    private final Function<List<Q>, List<A>> work;
    private final int batchCountMax;
    private final ConcurrentLinkedQueue<Asked<Q, A>> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService one;

    /// `work` answers a batch of at most so many, in their order.
    Gathering(String name, int batchCountMax, Function<List<Q>, List<A>> work) {
        this.work = work;
        this.batchCountMax = batchCountMax;
        this.one =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    private record Asked<Q, A>(Q question, CompletableFuture<A> answer) {}

    /// What fails the work of a batch fails the answer to each question in it. One that is
    /// cancelled before its turn is not worked on.
    Future<A> ask(Q question) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        waiting.add(new Asked<>(question, answer));
        one.execute(this::answerWhoWaits);
        return answer;
    }

    private void answerWhoWaits() {
        List<Asked<Q, A>> batch = new ArrayList<>();
        while (batch.size() < batchCountMax && !waiting.isEmpty()) {
            Asked<Q, A> asked = waiting.remove();
            if (!asked.answer().isDone()) {
                batch.add(asked);
            }
        }
        // Another call may have answered what this one was called for.
        if (batch.isEmpty()) {
            return;
        }
        try {
            List<A> answers = work.apply(batch.stream().map(Asked::question).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error failed) {
            batch.forEach(asked -> asked.answer().completeExceptionally(failed));
        }
    }

    /// Stops what runs; who waits is told.
    @Override
    public void close() {
        one.shutdownNow();
        waiting.forEach(asked -> asked.answer().cancel(true));
    }
}
