package aiv1.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/// A duration as a decimal number of seconds, exact to the nanosecond.
final class Seconds {
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final int DIGITS_MAX = 40;

    private Seconds() {}

    static BigDecimal of(Duration duration) {
        BigDecimal exact =
                BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9))
                        .stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /// The duration, or nothing when the number is finer than a nanosecond or too large.
    static Optional<Duration> find(BigDecimal seconds) {
        BigDecimal plain = seconds.stripTrailingZeros();
        if (plain.scale() > 9 || plain.precision() - plain.scale() > DIGITS_MAX) {
            return Optional.empty();
        }
        BigInteger[] split =
                plain.movePointRight(9).toBigIntegerExact().divideAndRemainder(NANOS_PER_SECOND);
        if (split[0].bitLength() > 62) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofSeconds(split[0].longValueExact(), split[1].longValueExact()));
    }
}
