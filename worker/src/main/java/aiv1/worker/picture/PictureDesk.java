package aiv1.worker.picture;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.media.BrowserVideo;
import aiv1.media.ClipLibrary;
import aiv1.media.Ffmpeg;
import aiv1.media.FrameFile;
import aiv1.media.PngPicture;
import aiv1.sandbox.Sandbox;
import aiv1.worker.Redecoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Where pictures are asked for. Thread-safe; nobody waits here: what is not there yet is coming.
///
/// Reconstructions are not stored, so they are decoded again from the stored bitstream, and kept
/// under the hash that the result states, only if they have it. A clip's own frames are read where
/// the library has them.
public final class PictureDesk implements AutoCloseable {
    private final Parts parts;
    private final PictureFolder folder;
    private final PictureJobs jobs;
    private final Map<String, Path> sources = new ConcurrentHashMap<>();
    private Optional<Redecoding> redecoding = Optional.empty();

    /// What pictures are made with; each supplier is asked only when it is needed, and throws
    /// [LabFaultException] when the machine has none. At most `bytesMax` bytes stay in `folder`.
    public record Parts(
            Supplier<Sandbox> sandbox,
            Supplier<Ffmpeg> ffmpeg,
            Supplier<ClipLibrary> clips,
            ArtifactStore artifacts,
            Path folder,
            long bytesMax,
            InstantSource clock) {}

    public PictureDesk(Parts parts) {
        this.parts = parts;
        this.folder = new PictureFolder(parts.folder(), parts.bytesMax(), parts.clock());
        this.jobs = new PictureJobs(parts.clock());
    }

    public Picture video(Subject subject) {
        return findVideo(subject)
                .orElseGet(() -> jobs.ask("video " + subject.name(), () -> makeVideo(subject)));
    }

    /// One frame, counted from 0.
    public Picture still(Subject subject, int frame) {
        Clip clip = subject.clip();
        if (frame < 0 || frame >= clip.frameCount()) {
            return new Picture.Refused(
                    Picture.Reason.UNKNOWN,
                    "%s: expected frame 0 to %d, got %d"
                            .formatted(clip.name(), clip.frameCount() - 1, frame));
        }
        return findFrames(subject)
                .flatMap(file -> still(subject, frame, file))
                .orElseGet(() -> jobs.ask("frames " + subject.name(), () -> makeFrames(subject)));
    }

    @Override
    public void close() {
        jobs.close();
        redecoding.ifPresent(Redecoding::close);
    }

    private Optional<Picture> findVideo(Subject subject) {
        return folder.find(videoName(subject))
                .map(
                        file ->
                                new Picture.Video(
                                        file,
                                        isLossless(subject.clip()),
                                        videoName(subject) + "-" + file.toFile().length()));
    }

    /// A file that another program removed meanwhile is none.
    private static Optional<Picture> still(Subject subject, int frame, Path file) {
        Clip clip = subject.clip();
        try {
            byte[] samples = FrameFile.read(file, clip.format(), frame);
            return Optional.of(
                    new Picture.Still(
                            PngPicture.of(clip.format(), samples), subject.name() + "-" + frame));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Optional<Path> findFrames(Subject subject) {
        Optional<Path> found =
                switch (subject) {
                    case Subject.Source source -> Optional.ofNullable(sources.get(source.name()));
                    case Subject.Reconstruction made -> folder.find(framesName(made));
                };
        Clip clip = subject.clip();
        long bytes = FrameFile.bytes(clip.format(), clip.frameCount());
        return found.filter(file -> file.toFile().length() == bytes);
    }

    private void makeVideo(Subject subject) {
        if (findVideo(subject).isPresent()) {
            return;
        }
        Clip clip = subject.clip();
        BrowserVideo video = new BrowserVideo(parts.ffmpeg().get());
        Path frames = makeFrames(subject);
        folder.make(
                videoName(subject),
                0,
                mp4 -> video.write(frames, clip.format(), clip.frameCount(), mp4));
    }

    private Path makeFrames(Subject subject) {
        return findFrames(subject)
                .orElseGet(
                        () ->
                                switch (subject) {
                                    case Subject.Source source -> readSource(source);
                                    case Subject.Reconstruction made -> decode(made);
                                });
    }

    /// The library's own file, once its hash was found to be the clip's.
    private Path readSource(Subject.Source source) {
        Clip clip = source.clip();
        ClipLibrary library = parts.clips().get();
        Path file =
                library.findExact(clip)
                        .map(library::file)
                        .orElseThrow(
                                () ->
                                        gone(
                                                "clip %s (sha256 %s): expected it in this home's library, got none: import it again with 'aiv1 clip import'"
                                                        .formatted(
                                                                clip.name(), clip.id().sha256())));
        String got = sha256(file);
        if (!got.equals(clip.id().sha256())) {
            throw gone(
                    "clip %s: %s: expected sha256 %s, got %s: delete the file and get the clip again"
                            .formatted(clip.name(), file, clip.id().sha256(), got));
        }
        sources.put(source.name(), file);
        return file;
    }

    private Path decode(Subject.Reconstruction made) {
        Clip clip = made.clip();
        byte[] bitstream = bitstream(made);
        Redecoding decoder = redecoding();
        folder.make(
                framesName(made),
                FrameFile.bytes(clip.format(), clip.frameCount()),
                temporary -> {
                    try (FrameFile frames = FrameFile.create(temporary, clip.format())) {
                        decoder.decode(
                                        made.result(),
                                        made.run(),
                                        bitstream,
                                        (index, frame) -> frames.write(frame))
                                .ifPresent(
                                        objection -> {
                                            throw untrue(made, objection);
                                        });
                    }
                });
        return findFrames(made)
                .orElseThrow(() -> new LabFaultException("pictures: removed as soon as made"));
    }

    private byte[] bitstream(Subject.Reconstruction made) {
        ArtifactId id = made.run().outcome().numbers().orElseThrow().bitstream();
        String where =
                "bitstream of %s at quality %d".formatted(made.run().clip(), made.run().quality());
        String remedy = ": run the experiment again, or bring the artifact back from a copy";
        try {
            return parts.artifacts()
                    .find(id)
                    .orElseThrow(
                            () ->
                                    gone(
                                            "%s: expected artifact %s in the store, got none%s"
                                                    .formatted(where, id.sha256(), remedy)));
        } catch (LabFaultException damaged) {
            throw gone("%s: %s%s".formatted(where, damaged.getMessage(), remedy));
        }
    }

    private Redecoding redecoding() {
        if (redecoding.isEmpty()) {
            redecoding = Optional.of(new Redecoding(parts.sandbox().get()));
        }
        return redecoding.get();
    }

    private static String framesName(Subject subject) {
        return subject.name() + ".y4m";
    }

    private static String videoName(Subject subject) {
        return subject.name() + (isLossless(subject.clip()) ? ".lossless.mp4" : ".proxy.mp4");
    }

    private static boolean isLossless(Clip clip) {
        return BrowserVideo.isLossless(clip.format(), clip.frameCount());
    }

    private static PictureException gone(String words) {
        return new PictureException(Picture.Reason.GONE, words);
    }

    private static PictureException untrue(Subject.Reconstruction made, String objection) {
        return new PictureException(
                Picture.Reason.UNTRUE,
                "NOT what was measured: %s at quality %d: %s. Nothing is shown, and the result is not to be believed until 'aiv1 verify' of its export says otherwise"
                        .formatted(made.run().clip(), made.run().quality(), objection));
    }

    private static String sha256(Path file) {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException failure) {
            throw new LabFaultException(file + ": cannot be read: " + failure, failure);
        }
        return Sha256.hex(digest);
    }
}
