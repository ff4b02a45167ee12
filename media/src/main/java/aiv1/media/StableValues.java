package aiv1.media;

import java.util.Optional;
import java.util.function.Supplier;

/// Values that are computed on first use and then kept. A failed computation is tried again.
final class StableValues {
    private StableValues() {}

    static <T> Supplier<T> once(Supplier<T> computation) {
        return new Supplier<>() {
            private Optional<T> value = Optional.empty();

            @Override
            public synchronized T get() {
                if (value.isEmpty()) {
                    value = Optional.of(computation.get());
                }
                return value.get();
            }
        };
    }
}
