package aiv1.dashboard;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a campaign of this process may spend on language models: US dollars and tokens, each absent
/// where nobody set a limit.
public record ModelBudget(OptionalDouble usd, OptionalLong tokens) {
    public static final ModelBudget NONE =
            new ModelBudget(OptionalDouble.empty(), OptionalLong.empty());
}
