package aiv1.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Some readers of the page at once, each asking one call after the other, and how long they wait.
final class PageClients implements AutoCloseable {
    private final String url;
    private final int clientCount;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// `url` ends in a slash.
    PageClients(String url, int clientCount) {
        this.url = url;
        this.clientCount = clientCount;
    }

    /// How long calls took, in ns; `bytes` are those of the last answer.
    record Timed(long firstNanos, List<Long> all, int bytes) {
        long nanos(double share) {
            return at(all, share);
        }
    }

    /// The value below which that share of them lies.
    static long at(List<Long> values, double share) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    String url() {
        return url;
    }

    String get(String path) {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url + path)).build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        path + ": expected 200, got " + answer.statusCode() + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path + ": interrupted", e);
        }
    }

    /// One call alone, then `callCount` by all clients together; the first is not among them.
    Timed time(IntFunction<String> path, int callCount) {
        long start = System.nanoTime();
        int bytes = get(path.apply(0)).length();
        long first = System.nanoTime() - start;
        AtomicInteger next = new AtomicInteger(1);
        List<Future<List<Long>>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clientCount)) {
            for (int i = 0; i < clientCount; i++) {
                clients.add(threads.submit(() -> ask(path, next, callCount)));
            }
        }
        List<Long> all = new ArrayList<>();
        clients.forEach(one -> all.addAll(one.resultNow()));
        return new Timed(first, all, bytes);
    }

    private List<Long> ask(IntFunction<String> path, AtomicInteger next, int callCount) {
        List<Long> took = new ArrayList<>();
        for (int i = next.getAndIncrement(); i <= callCount; i = next.getAndIncrement()) {
            long start = System.nanoTime();
            get(path.apply(i));
            took.add(System.nanoTime() - start);
        }
        return took;
    }

    /// A browser's stream of events, after its first line.
    Stream follow(URI events) throws IOException {
        try {
            InputStream body =
                    client.send(
                                    HttpRequest.newBuilder(events).build(),
                                    BodyHandlers.ofInputStream())
                            .body();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            lines.readLine();
            return new Stream(lines);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("events: interrupted", e);
        }
    }

    /// The lines of events.
    record Stream(BufferedReader lines) implements AutoCloseable {
        /// The time, by [System#nanoTime], when the end of that experiment had been read.
        long awaitEndOf(String id) throws IOException {
            String event = "";
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("events: expected the end of " + id + ", got no more");
                }
                if (line.startsWith("event: ")) {
                    event = line;
                } else if (line.startsWith("data: ")
                        && (event.endsWith(".finished") || event.endsWith(".failed"))
                        && line.contains("\"" + id + "\"")) {
                    return System.nanoTime();
                }
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
