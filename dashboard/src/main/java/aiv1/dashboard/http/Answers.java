package aiv1.dashboard.http;

import aiv1.domain.Sha256;
import aiv1.wire.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;

/// How answers are sent: type, caching, and nothing again that the browser has.
final class Answers {
    private static final int COPY_BYTES = 1 << 16;
    private static final int PACKED_BYTES_MIN = 16 << 10;

    private Answers() {}

    /// A document that may be another one next time; a weak ETag spares sending it again.
    static void json(ServerRequest request, ServerResponse response, JsonNode document) {
        json(request, response, Tagged.of(Json.line(document).getBytes(StandardCharsets.UTF_8)));
    }

    /// The text of a document, and what names it; packed when it is first sent so.
    record Tagged(byte[] bytes, String tag, FutureTask<byte[]> packed) {
        static Tagged of(byte[] bytes) {
            return new Tagged(
                    bytes,
                    "W/\"" + Sha256.of(bytes).substring(0, 24) + "\"",
                    new FutureTask<>(() -> packed(bytes)));
        }

        byte[] pack() {
            packed.run();
            try {
                return packed.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return bytes;
            } catch (ExecutionException e) {
                throw new IllegalStateException("packing", e.getCause());
            }
        }

        private static byte[] packed(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 8);
            try (OutputStream packer = new QuickGzip(out)) {
                packer.write(bytes);
            }
            return out.toByteArray();
        }
    }

    /// Packs at the least effort: most of what a document repeats is found so too.
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, COPY_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// The same, for one that is sent more than once: packed, when it is large and whoever asks can
    /// unpack it.
    static void kept(ServerRequest request, ServerResponse response, Tagged document) {
        boolean isPacked =
                document.bytes().length >= PACKED_BYTES_MIN
                        && !isKnown(request, document.tag())
                        && request.headers()
                                .value(HeaderNames.ACCEPT_ENCODING)
                                .filter(accepted -> accepted.contains("gzip"))
                                .isPresent();
        response.header(HeaderValues.create(HeaderNames.VARY, "Accept-Encoding"));
        if (!isPacked) {
            json(request, response, document);
            return;
        }
        response.header(HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip"));
        tagged(request, response, "application/json", "no-cache", document.tag(), document.pack());
    }

    /// The same, for one that is text already.
    static void json(ServerRequest request, ServerResponse response, Tagged document) {
        tagged(request, response, "application/json", "no-cache", document.tag(), document.bytes());
    }

    /// What nobody keeps: it is another one the next time.
    static void unkept(ServerResponse response, JsonNode document) {
        response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
        response.send(Json.line(document).getBytes(StandardCharsets.UTF_8));
    }

    /// Bytes that stay as they are under this address, or the part of them that is asked for.
    static void immutable(
            ServerRequest request, ServerResponse response, String type, String tag, byte[] bytes) {
        String strong = "\"" + tag + "\"";
        response.header(HeaderValues.create(HeaderNames.ACCEPT_RANGES, "bytes"));
        Optional<ByteRange> range =
                isKnown(request, strong)
                        ? Optional.empty()
                        : ByteRange.asked(request, bytes.length, strong);
        range.ifPresent(part -> partial(response, part, bytes.length));
        tagged(
                request,
                response,
                type,
                "public, max-age=31536000, immutable",
                strong,
                range.map(
                                part ->
                                        Arrays.copyOfRange(
                                                bytes, (int) part.first(), (int) part.last() + 1))
                        .orElse(bytes));
    }

    /// A file, or the part of it that is asked for. Throws [IOException] when it cannot be opened;
    /// nothing is sent then.
    static void file(
            ServerRequest request, ServerResponse response, String type, String tag, Path file)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            response.header(HeaderValues.create(HeaderNames.ETAG, tag));
            response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache"));
            if (isKnown(request, tag)) {
                response.status(Status.NOT_MODIFIED_304).send();
                return;
            }
            long total = channel.size();
            response.header(HeaderValues.create(HeaderNames.ACCEPT_RANGES, "bytes"));
            Optional<ByteRange> range = ByteRange.asked(request, total, tag);
            range.ifPresent(part -> partial(response, part, total));
            ByteRange part = range.orElse(new ByteRange(0, total - 1));
            response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type));
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, part.length()));
            copy(channel, part, response);
        }
    }

    private static void copy(FileChannel channel, ByteRange part, ServerResponse response) {
        try (OutputStream out = response.outputStream()) {
            channel.position(part.first());
            InputStream in = Channels.newInputStream(channel);
            byte[] buffer = new byte[COPY_BYTES];
            for (long left = part.length(); left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("the file was cut short");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void partial(ServerResponse response, ByteRange part, long total) {
        response.status(Status.PARTIAL_CONTENT_206);
        response.header(HeaderValues.create(HeaderNames.CONTENT_RANGE, part.of(total)));
    }

    private static boolean isKnown(ServerRequest request, String tag) {
        return request.headers().value(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent();
    }

    static void tagged(
            ServerRequest request,
            ServerResponse response,
            String type,
            String caching,
            String tag,
            byte[] bytes) {
        response.header(HeaderValues.create(HeaderNames.ETAG, tag));
        response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, caching));
        if (isKnown(request, tag)) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type));
        response.send(bytes);
    }
}
