package aiv1.media;

import aiv1.domain.clip.VideoFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// How a file becomes a clip: its name in the library, at most how many frames, scaled to what
/// size, under which licence ("unknown" if that is so).
///
/// `raw` is given for a headerless file of planar 8-bit 4:2:0 samples only, and says how they are
/// laid out.
public record ImportRecipe(
        String name,
        OptionalInt frames,
        Optional<Size> scale,
        String licence,
        Optional<VideoFormat> raw) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ImportRecipe {
        if (!NAME.matcher(name).matches()) {
            throw new MediaException(
                    "clip name: expected 1 to 64 letters, digits, '.', '_' or '-', got '"
                            + Printable.of(name)
                            + "'");
        }
        if (frames.isPresent() && frames.getAsInt() <= 0) {
            throw new MediaException("frames: expected > 0, got " + frames.getAsInt());
        }
        if (licence.isBlank()) {
            throw new MediaException("licence: expected a name or 'unknown', got blank");
        }
    }

    /// For a file that says itself how it is laid out.
    public ImportRecipe(String name, OptionalInt frames, Optional<Size> scale, String licence) {
        this(name, frames, scale, licence, Optional.empty());
    }
}
