package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException.Kind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/// The SDK's way to the wire over the HTTP client of the JDK, in place of Netty and its dozen jars.
/// Who cancels the future of a call hangs up.
final class AwsHttp implements SdkAsyncHttpClient {
    /// What the client of the JDK sets itself; its `host` is the one that was signed.
    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final HttpClient http = Transport.client();
    private final Failures failures;

    AwsHttp(Failures failures) {
        this.failures = failures;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
                http.sendAsync(translated(call), HttpResponse.BodyHandlers.ofPublisher());
        onFailure(done, () -> sent.cancel(true));
        CompletableFuture<Void> _ =
                sent.handle(
                        (response, thrown) -> {
                            if (thrown == null) {
                                answer(response, call.responseHandler(), done);
                            } else {
                                call.responseHandler().onError(thrown);
                                done.completeExceptionally(thrown);
                            }
                            return null;
                        });
        return done;
    }

    private void answer(
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response,
            SdkAsyncHttpResponseHandler handler,
            CompletableFuture<Void> done) {
        if (response.statusCode() / 100 == 2 && Transport.isPage(response.headers())) {
            Failures.Carrier page =
                    new Failures.Carrier(
                            failures.of(
                                    Kind.NOT_A_MODEL_SERVER,
                                    "expected a model, got a page of HTML"));
            handler.onError(page);
            done.completeExceptionally(page);
            return;
        }
        SdkHttpFullResponse.Builder head =
                SdkHttpResponse.builder().statusCode(response.statusCode());
        response.headers().map().forEach(head::putHeader);
        handler.onHeaders(head.build());
        UnaryOperator<ByteBuffer> passed =
                response.headers()
                                .firstValue("content-type")
                                .filter(BedrockFrames.CONTENT_TYPE::equals)
                                .isPresent()
                        ? new BedrockFrames()::pass
                        : UnaryOperator.identity();
        handler.onStream(
                subscriber ->
                        response.body()
                                .subscribe(
                                        new Joining(
                                                FlowAdapters.toFlowSubscriber(subscriber),
                                                passed,
                                                done)));
    }

    private static HttpRequest translated(AsyncExecuteRequest call) {
        SdkHttpRequest request = call.request();
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.getUri());
        request.forEachHeader(
                (name, values) -> {
                    if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                        values.forEach(value -> builder.header(name, value));
                    }
                });
        SdkHttpContentPublisher content = call.requestContentPublisher();
        long length = content.contentLength().orElse(0L);
        BodyPublisher body =
                length > 0
                        ? BodyPublishers.fromPublisher(
                                FlowAdapters.toFlowPublisher(content), length)
                        : BodyPublishers.noBody();
        return builder.method(request.method().name(), body).build();
    }

    private static void onFailure(CompletableFuture<Void> done, Runnable hangUp) {
        CompletableFuture<Void> _ =
                done.whenComplete(
                        (_, thrown) -> {
                            if (thrown != null) {
                                hangUp.run();
                            }
                        });
    }

    @Override
    public String clientName() {
        return "jdk";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// Hands each batch of buffers on as one, so that what is asked for on one side is what is
    /// asked for on the other.
    private record Joining(
            Flow.Subscriber<? super ByteBuffer> target,
            UnaryOperator<ByteBuffer> passed,
            CompletableFuture<Void> done)
            implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            onFailure(done, subscription::cancel);
            target.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> batch) {
            ByteBuffer joined =
                    ByteBuffer.allocate(batch.stream().mapToInt(ByteBuffer::remaining).sum());
            batch.forEach(joined::put);
            if (done.isDone()) {
                return;
            }
            ByteBuffer next;
            try {
                next = passed.apply(joined.flip());
            } catch (RuntimeException garbled) {
                onError(garbled);
                return;
            }
            target.onNext(next);
        }

        @Override
        public void onError(Throwable thrown) {
            target.onError(thrown);
            done.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            if (done.isDone()) {
                return;
            }
            target.onComplete();
            done.complete(null);
        }
    }
}
