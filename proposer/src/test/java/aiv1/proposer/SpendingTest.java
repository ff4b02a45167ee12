package aiv1.proposer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.domain.experiment.CampaignId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpendingTest {
    private static final Prices PRICES =
            Prices.read(
                    """
                    {"schema": "prices/1", "prices": [
                      {"model": "gpt-5", "input": 1, "cache_read": 0.1, "cache_write": 2, "output": 10},
                      {"model": "gpt-5-mini", "input": 0.5, "cache_read": 0, "cache_write": 0, "output": 1}]}
                    """,
                    "test");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void the_longest_listed_name_gives_the_price() {
        assertThat(PRICES.find("openai/gpt-5-mini-2025-08-07").orElseThrow().model())
                .isEqualTo("gpt-5-mini");
        assertThat(PRICES.find("gpt-5-2025").orElseThrow().model()).isEqualTo("gpt-5");
        assertThat(PRICES.find("llama")).isEmpty();
        assertThat(
                        Prices.bundled()
                                .find("us.anthropic.claude-sonnet-4-5-20250929-v1:0")
                                .orElseThrow()
                                .output())
                .isEqualTo(15);
    }

    @Test
    void cost_adds_up_all_kinds_of_tokens() {
        assertThat(PRICES.cost("gpt-5", new TokenUsage(1_000_000, 2_000_000, 500_000, 100_000)))
                .hasValue(1 + 0.2 + 1 + 1);
        assertThat(PRICES.cost("llama", new TokenUsage(1, 1, 1, 1))).isEmpty();
    }

    @Test
    void a_price_table_that_is_wrong_says_where() {
        assertThatThrownBy(() -> Prices.read("{", "p.json")).hasMessageContaining("p.json");
        assertThatThrownBy(() -> Prices.read("{}", "p.json"))
                .hasMessageContaining("expected schema prices/1");
        assertThatThrownBy(
                        () ->
                                Prices.read(
                                        "{\"schema\": \"prices/1\", \"prices\": [{\"model\": \"m\", \"input\": -1}]}",
                                        "p.json"))
                .hasMessageContaining("p.json: m.input: expected a number >= 0, got -1");
    }

    /// The question in flight counts with its most expensive outcome, so the cap is never passed.
    @Test
    void money_stops_at_the_cap() {
        Spending spending = spending(OptionalDouble.of(0.05), OptionalLong.empty());
        spending.require("gpt-5", 1000, 4000);
        spending.add(call(0.0));
        assertThatThrownBy(() -> spending.require("gpt-5", 1000, 5000))
                .isInstanceOfSatisfying(
                        NoProposalException.class,
                        none ->
                                assertThat(none.kind())
                                        .isEqualTo(NoProposalException.Kind.BUDGET_USED))
                .hasMessageContaining("budget of $0.05 is used");
        spending.add(call(0.02));
        assertThatThrownBy(() -> spending.require("gpt-5", 1000, 4000))
                .hasMessageContaining("$0.0200 spent");
    }

    @Test
    void a_budget_in_dollars_needs_a_price() {
        Spending spending = spending(OptionalDouble.of(1), OptionalLong.empty());
        assertThatThrownBy(() -> spending.require("llama", 1, 1))
                .hasMessageContaining("model llama has no known price");
    }

    @Test
    void tokens_stop_at_the_cap_and_earlier_sittings_count() {
        Spending spending =
                new Spending(
                        new Spending.Caps(
                                OptionalDouble.empty(), OptionalLong.of(1000), OptionalInt.empty()),
                        PRICES,
                        List.of(call(0), call(0)),
                        () -> now);
        assertThat(spending.tokens()).isEqualTo(200);
        spending.require("any", 300, 500);
        assertThatThrownBy(() -> spending.require("any", 300, 501))
                .hasMessageContaining("budget of 1000 tokens is used: 200 spent");
    }

    @Test
    void no_more_requests_than_allowed_fall_into_one_minute() {
        Spending spending =
                new Spending(
                        new Spending.Caps(
                                OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.of(2)),
                        PRICES,
                        List.of(),
                        () -> now);
        assertThat(spending.takeTurn()).isEmpty();
        now = now.plusSeconds(20);
        assertThat(spending.takeTurn()).isEmpty();
        assertThat(spending.takeTurn()).hasValue(Duration.ofSeconds(40));
        now = now.plusSeconds(40);
        assertThat(spending.takeTurn()).hasValue(Duration.ofSeconds(20));
        now = now.plusSeconds(200);
        assertThat(spending.takeTurn()).isEmpty();
    }

    private Spending spending(OptionalDouble usd, OptionalLong tokens) {
        return new Spending(
                new Spending.Caps(usd, tokens, OptionalInt.empty()), PRICES, List.of(), () -> now);
    }

    private static ModelCall call(double usd) {
        CampaignId campaign = new CampaignId("spring");
        return new ModelCall(
                campaign,
                campaign.experimentId(0),
                0,
                "openai",
                "gpt-5",
                "improve",
                "t",
                ArtifactId.of(new byte[0]),
                ArtifactId.of(new byte[0]),
                StopReason.END,
                new TokenUsage(60, 20, 10, 10),
                OptionalDouble.of(usd),
                Duration.ZERO,
                Optional.empty(),
                Instant.EPOCH);
    }
}
