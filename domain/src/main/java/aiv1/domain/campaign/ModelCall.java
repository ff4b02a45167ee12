package aiv1.domain.campaign;

import aiv1.domain.ArtifactId;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// One answered question to a language model, for the proposal of `experiment`.
///
/// `attempt` (0-based) counts the questions for one experiment. `provider` and `model` say who
/// answered; `mode` what was asked for, such as "improve"; `template` is the version of the prompt
/// files. `prompt` and `reply` are artifacts. `costUsd` is absent where the model has no known
/// price. `refusal` is why no candidate came of it, absent when one did.
public record ModelCall(
        CampaignId campaign,
        ExperimentId experiment,
        int attempt,
        String provider,
        String model,
        String mode,
        String template,
        ArtifactId prompt,
        ArtifactId reply,
        StopReason stop,
        TokenUsage tokens,
        OptionalDouble costUsd,
        Duration latency,
        Optional<String> refusal,
        Instant askedAt) {}
