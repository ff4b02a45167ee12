package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.StageLimit;
import java.util.Optional;
import java.util.function.IntConsumer;

/// One call of a candidate: on what, at which quality level, within which limits.
///
/// `hashSeed` seeds Python's string hashing in the fresh process; `frameProgress` hears how many
/// frames have crossed so far; `build` is what the candidate's build left, for one that needs it.
public record CodecJob(
        Candidate candidate,
        VideoFormat format,
        int frameCount,
        int quality,
        StageLimit limit,
        long hashSeed,
        IntConsumer frameProgress,
        Optional<BuildOutput> build) {
    /// A job of a candidate that needs no build.
    public CodecJob(
            Candidate candidate,
            VideoFormat format,
            int frameCount,
            int quality,
            StageLimit limit,
            long hashSeed,
            IntConsumer frameProgress) {
        this(
                candidate,
                format,
                frameCount,
                quality,
                limit,
                hashSeed,
                frameProgress,
                Optional.empty());
    }
}
