package aiv1.proposer.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/// How long a server asks to be left alone, after RFC 9110, 10.2.3, or in the milliseconds that
/// some providers add.
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /// Absent when the headers do not say. A date is taken against the server's own clock.
    static Optional<Duration> in(Function<String, Optional<String>> headers) {
        Optional<Duration> exact = headers.apply("retry-after-ms").flatMap(text -> times(text, 1));
        if (exact.isPresent()) {
            return exact;
        }
        return headers.apply("retry-after")
                .flatMap(text -> times(text, 1000).or(() -> until(text, headers.apply("date"))));
    }

    private static Optional<Duration> times(String count, int millis) {
        try {
            double value = Double.parseDouble(count.strip()) * millis;
            return value >= 0 && value <= LONGEST.toMillis()
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(value)))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(String date, Optional<String> now) {
        if (now.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration between = Duration.between(parse(now.get()), parse(date));
            return between.isNegative() || between.compareTo(LONGEST) > 0
                    ? Optional.empty()
                    : Optional.of(between);
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime parse(String date) {
        return ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
