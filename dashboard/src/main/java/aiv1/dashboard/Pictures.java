package aiv1.dashboard;

import aiv1.domain.experiment.ExperimentId;
import java.nio.file.Path;
import java.util.Optional;

/// The seam to what clips and codecs look like. Thread-safe; it answers at once, and what is not
/// there yet is [Answer.Coming].
public interface Pictures {
    Answer video(Wanted wanted);

    /// One frame, counted from 0.
    Answer still(Wanted wanted, int frame);

    /// What somebody wants to look at.
    sealed interface Wanted {
        /// A clip by its name; an experiment, when there is one, says which clip of that name.
        record Source(String clip, Optional<ExperimentId> experiment) implements Wanted {}

        /// What an experiment's codec made of a clip, at quality 0..4.
        record Reconstruction(ExperimentId experiment, String clip, int quality)
                implements Wanted {}
    }

    /// What comes of it.
    sealed interface Answer {
        /// An MP4 file, which may be gone a moment later; `tag` names its bytes.
        record Video(Path file, boolean isLossless, String tag) implements Answer {}

        /// A PNG; `tag` names its bytes.
        record Still(byte[] png, String tag) implements Answer {}

        /// Being made, after `ahead` others: ask again in a second.
        record Coming(int ahead) implements Answer {}

        /// Not to be had: `words` say why, and what can be done.
        record Refused(Reason reason, String words) implements Answer {}
    }

    /// Why there is nothing to see.
    enum Reason {
        /// There never was such a thing.
        UNKNOWN,
        /// What it is made of is not there any more.
        GONE,
        /// What comes out is not what was measured.
        UNTRUE,
        /// Something that makes it is missing on this machine.
        UNAVAILABLE,
        /// Too many others wait.
        BUSY
    }

    /// Of a page without any.
    Pictures NONE =
            new Pictures() {
                @Override
                public Answer video(Wanted wanted) {
                    return none();
                }

                @Override
                public Answer still(Wanted wanted, int frame) {
                    return none();
                }

                private Answer none() {
                    return new Answer.Refused(
                            Reason.UNAVAILABLE, "pictures: this page was opened without any");
                }
            };
}
