package aiv1.domain.experiment;

/// One clip at one quality level: which, and how it ended. `quality` is 0..4, higher is better.
public record RunResult(String clip, int quality, RunOutcome outcome) {}
