package aiv1.dashboard.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of some bytes that a request asks for (RFC 9110, section 14): one range. Several at
/// once, or what cannot be read, is answered whole, as that section allows.
///
/// `first` and `last` are counted from 0, both included.
record ByteRange(long first, long last) {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    long length() {
        return last - first + 1;
    }

    /// How `Content-Range` states it.
    String of(long total) {
        return "bytes %d-%d/%d".formatted(first, last, total);
    }

    /// Absent for the whole. A range that lies behind the end is an [Unsatisfiable]. `tag` is that
    /// of the bytes now: who has the beginning of others gets the whole.
    static Optional<ByteRange> asked(ServerRequest request, long total, String tag) {
        Matcher range =
                RANGE.matcher(request.headers().value(HeaderNames.RANGE).orElse("").strip());
        boolean isSame =
                request.headers()
                        .value(HeaderNames.IF_RANGE)
                        .filter(had -> !had.equals(tag))
                        .isEmpty();
        if (!range.matches() || !isSame) {
            return Optional.empty();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty()
                    ? Optional.empty()
                    : Optional.of(tail(Long.parseLong(last), total));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (to < from) {
            return Optional.empty();
        }
        return Optional.of(within(from, to, total));
    }

    private static ByteRange tail(long count, long total) {
        return within(count == 0 ? total : Math.max(0, total - count), total - 1, total);
    }

    private static ByteRange within(long from, long to, long total) {
        if (from >= total) {
            throw new Unsatisfiable(total);
        }
        return new ByteRange(from, Math.min(to, total - 1));
    }

    /// Nothing of the range is there.
    static final class Unsatisfiable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long total;

        Unsatisfiable(long total) {
            super("range: expected a beginning below %d, got one behind it".formatted(total));
            this.total = total;
        }

        long total() {
            return total;
        }
    }
}
