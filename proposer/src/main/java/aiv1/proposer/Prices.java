package aiv1.proposer;

import aiv1.domain.campaign.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What models cost: a table that is data, for prices change.
///
/// A model's price is that of the longest listed name that its own name begins with, after a
/// provider's prefix such as `anthropic.` or `openai/` is taken off; so `gpt-5-mini-2025-08-07` is
/// `gpt-5-mini`. What is not listed has no price.
public final class Prices {
    private static final String SCHEMA = "prices/1";
    private static final double TOKENS_PER_UNIT = 1e6;

    private final List<Price> prices;

    private Prices(List<Price> prices) {
        this.prices = prices;
    }

    /// Dollars for a million tokens.
    public record Price(
            String model, double input, double cacheRead, double cacheWrite, double output) {
        double of(TokenUsage tokens) {
            return (tokens.input() * input
                            + tokens.cacheRead() * cacheRead
                            + tokens.cacheWrite() * cacheWrite
                            + tokens.output() * output)
                    / TOKENS_PER_UNIT;
        }
    }

    /// The table that comes with the lab.
    public static Prices bundled() {
        try (InputStream in =
                Objects.requireNonNull(
                        Prices.class.getResourceAsStream("/aiv1/proposer/prices.json"))) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), "prices.json");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Reads a table in the form of the bundled one; `where` names it in messages.
    public static Prices read(String text, String where) {
        JsonNode document;
        try {
            document = JsonMapper.shared().readTree(text);
        } catch (JacksonException refused) {
            throw new IllegalArgumentException(
                    where + ": expected JSON, got: " + refused.getOriginalMessage(), refused);
        }
        if (!document.path("schema").asString("").equals(SCHEMA)) {
            throw new IllegalArgumentException(
                    "%s: expected schema %s, got %s"
                            .formatted(where, SCHEMA, document.path("schema")));
        }
        List<Price> prices = new ArrayList<>();
        for (JsonNode row : document.path("prices")) {
            String model = row.path("model").asString("");
            prices.add(
                    new Price(
                            model,
                            dollars(row, "input", model, where),
                            dollars(row, "cache_read", model, where),
                            dollars(row, "cache_write", model, where),
                            dollars(row, "output", model, where)));
        }
        return new Prices(List.copyOf(prices));
    }

    public Optional<Price> find(String model) {
        String name = model.replaceFirst("^.*/", "").replaceFirst("^(\\w+\\.)*(?=claude)", "");
        Optional<Price> best = Optional.empty();
        for (Price price : prices) {
            boolean isLonger =
                    best.isEmpty() || price.model().length() > best.get().model().length();
            if (name.startsWith(price.model()) && isLonger) {
                best = Optional.of(price);
            }
        }
        return best;
    }

    public OptionalDouble cost(String model, TokenUsage tokens) {
        Optional<Price> price = find(model);
        return price.isPresent()
                ? OptionalDouble.of(price.get().of(tokens))
                : OptionalDouble.empty();
    }

    private static double dollars(JsonNode row, String field, String model, String where) {
        JsonNode value = row.path(field);
        if (!value.isNumber() || value.doubleValue() < 0) {
            throw new IllegalArgumentException(
                    "%s: %s.%s: expected a number >= 0, got %s"
                            .formatted(where, model, field, value));
        }
        return value.doubleValue();
    }
}
