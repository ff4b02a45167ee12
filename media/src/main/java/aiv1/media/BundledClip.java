package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// One row of `clips.json`: a clip that ships with the lab, compressed, with the ffmpeg arguments
/// that make its frames and the id these must have.
record BundledClip(
        String name,
        String file,
        String fileSha256,
        String source,
        String licence,
        String notice,
        List<String> recipe,
        String clipSha256,
        int width,
        int height,
        long rateNumerator,
        long rateDenominator,
        int frames) {
    private static final String DIRECTORY = "clips/";
    private static final String SCHEMA = "bundled-clips/1";

    BundledClip {
        recipe = List.copyOf(recipe);
    }

    private record Resource(String schema, List<BundledClip> clips) {}

    static List<BundledClip> all() {
        try (InputStream in = open("clips.json")) {
            Resource resource = Json.MAPPER.readValue(in, Resource.class);
            if (!resource.schema().equals(SCHEMA)) {
                throw new LabFaultException(
                        "clips.json: expected schema %s, got %s"
                                .formatted(SCHEMA, resource.schema()));
            }
            return List.copyOf(resource.clips());
        } catch (IOException failure) {
            throw new LabFaultException("cannot read the list of bundled clips", failure);
        }
    }

    Clip clip() {
        return new Clip(
                new ClipId(clipSha256),
                name,
                new VideoFormat(width, height, new FrameRate(rateNumerator, rateDenominator)),
                frames,
                new ClipOrigin(
                        source,
                        "%s (%s)".formatted(licence, notice),
                        "ffmpeg " + String.join(" ", recipe)));
    }

    /// The compressed file as it ships.
    InputStream openFile() throws IOException {
        return open(file);
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = BundledClip.class.getResourceAsStream(DIRECTORY + name);
        if (in == null) {
            throw new IOException("the build lacks the resource " + DIRECTORY + name);
        }
        return in;
    }
}
