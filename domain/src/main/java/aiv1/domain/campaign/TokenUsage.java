package aiv1.domain.campaign;

/// What a model read and wrote, in tokens of its own: `input` was charged in full, `cacheRead` came
/// from the provider's prompt cache, `cacheWrite` was put into it, `output` was written.
public record TokenUsage(long input, long cacheRead, long cacheWrite, long output) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    public TokenUsage {
        if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException(
                    "tokens: expected none below 0, got input %d, cache read %d, cache write %d, output %d"
                            .formatted(input, cacheRead, cacheWrite, output));
        }
    }

    public long total() {
        return input + cacheRead + cacheWrite + output;
    }
}
