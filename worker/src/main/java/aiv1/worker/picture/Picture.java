package aiv1.worker.picture;

import java.nio.file.Path;

/// What comes of the wish to see something.
public sealed interface Picture {
    /// An MP4 file that is there now and may be gone later; `tag` names its bytes.
    record Video(Path file, boolean isLossless, String tag) implements Picture {}

    /// A PNG.
    record Still(byte[] png, String tag) implements Picture {}

    /// It is being made, after `ahead` others (0: now). Ask again in a second.
    record Coming(int ahead) implements Picture {}

    /// It cannot be had; the words say why, and what can be done.
    record Refused(Reason reason, String words) implements Picture {}

    /// Why there is nothing to see.
    enum Reason {
        /// There never was such a thing.
        UNKNOWN,
        /// What it is made of is not in this home any more.
        GONE,
        /// What comes out is not what was measured.
        UNTRUE,
        /// Something that makes it is missing: a sandbox, ffmpeg, room on the disk.
        UNAVAILABLE,
        /// Too many others wait.
        BUSY
    }
}
