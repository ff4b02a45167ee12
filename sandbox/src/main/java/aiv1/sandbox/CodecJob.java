package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.StageLimit;
import java.util.Optional;
import java.util.function.IntConsumer;

/// One call of a candidate: on what, at which quality level, within which limits.
///
/// `hashSeed` seeds Python's string hashing in the fresh process; `frameProgress` hears how many
/// frames have crossed so far; `build` is what the candidate's build left, for one that needs it;
/// `isChecked` runs the program that stops at undefined behaviour, of a part in C.
public record CodecJob(
        Candidate candidate,
        VideoFormat format,
        int frameCount,
        int quality,
        StageLimit limit,
        long hashSeed,
        IntConsumer frameProgress,
        Optional<BuildOutput> build,
        boolean isChecked) {
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
                Optional.empty(),
                false);
    }

    /// A job of a candidate as it is ranked.
    public CodecJob(
            Candidate candidate,
            VideoFormat format,
            int frameCount,
            int quality,
            StageLimit limit,
            long hashSeed,
            IntConsumer frameProgress,
            Optional<BuildOutput> build) {
        this(candidate, format, frameCount, quality, limit, hashSeed, frameProgress, build, false);
    }

    /// The same job for the checked program, within other limits.
    public CodecJob checked(StageLimit wider) {
        return new CodecJob(
                candidate,
                format,
                frameCount,
                quality,
                wider,
                hashSeed,
                frameProgress,
                build,
                true);
    }
}
