package aiv1.domain.experiment;

/// Hears how an experiment goes on. Called from several threads; it returns quickly and never
/// throws.
@FunctionalInterface
public interface Progress {
    Progress NONE = event -> {};

    void report(Event event);

    /// Something that happened within an experiment.
    sealed interface Event {
        /// A run reached frame `frame` of `frameCount` in `stage`.
        record Phase(
                ExperimentId experiment,
                String clip,
                int quality,
                Stage stage,
                int frame,
                int frameCount)
                implements Event {}

        /// A run ended.
        record RunEnded(ExperimentId experiment, RunResult run) implements Event {}

        /// An anchor is being encoded: point `point` of `pointCount`, 1-based.
        record Anchor(String anchor, String clip, int point, int pointCount) implements Event {}
    }
}
