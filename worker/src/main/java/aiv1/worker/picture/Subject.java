package aiv1.worker.picture;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunResult;
import aiv1.worker.Redecoding;

/// What somebody wants to look at: a clip, or what a codec made of it.
public sealed interface Subject {
    Clip clip();

    /// Names the frames by their content, for files: equal only for equal frames.
    String name();

    /// The clip itself.
    record Source(Clip clip) implements Subject {
        @Override
        public String name() {
            return "clip-" + clip.id().sha256();
        }
    }

    /// The frames that a measured run's bitstream decodes to.
    record Reconstruction(ExperimentResult result, RunResult run) implements Subject {
        public Reconstruction {
            if (run.outcome().numbers().isEmpty()) {
                throw new IllegalArgumentException(
                        "%s at quality %d: expected a measured run, got %s"
                                .formatted(run.clip(), run.quality(), run.outcome().label()));
            }
        }

        @Override
        public Clip clip() {
            return Redecoding.clip(result, run);
        }

        @Override
        public String name() {
            VideoFormat format = clip().format();
            return "frames-%s-%s-%s"
                    .formatted(
                            run.outcome().numbers().orElseThrow().reconstructionSha256(),
                            format,
                            format.frameRate().toString().replace('/', '_'));
        }
    }
}
