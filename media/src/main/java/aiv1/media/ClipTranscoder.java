package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Turns files into canonical clips: ffmpeg decodes (and scales), the lab reads each frame and
/// writes it into a draft. Nothing is published unless ffmpeg had nothing to complain of.
final class ClipTranscoder {
    static final String SCALE_FLAGS = "flags=area+accurate_rnd+full_chroma_int+bitexact";
    private static final Duration DURATION_MAX = Duration.ofHours(12);
    private static final int MAGIC_BYTES = Y4mHeader.MAGIC.length();

    private final Ffmpeg ffmpeg;
    private final ClipFiles files;

    ClipTranscoder(Ffmpeg ffmpeg, ClipFiles files) {
        this.ffmpeg = ffmpeg;
        this.files = files;
    }

    /// How a draft ends: with its frames in order, before ffmpeg's verdict.
    private interface Publication {
        ClipId publish(ClipDraft draft, VideoFormat frames, FfmpegLog log);
    }

    /// Frames made of `file`, published under their own id, and the arguments that made them.
    record Transcoded(ClipId id, VideoFormat format, int frameCount, String recipe) {}

    /// Makes the frames of a bundled clip, refusing others than its own.
    void materialise(BundledClip bundled) {
        Path copy = copyOut(bundled);
        try {
            ClipId id = new ClipId(bundled.clipSha256());
            transcode(
                    bundled.file(),
                    List.of(),
                    copy,
                    bundled.recipe(),
                    (draft, frames, log) -> {
                        draft.publishAs(id, bundled.name());
                        return id;
                    });
        } catch (MediaException refusal) {
            throw new LabFaultException(
                    "bundled clip %s: %s".formatted(bundled.name(), refusal.getMessage()), refusal);
        } finally {
            delete(copy);
        }
    }

    /// Makes a clip of a person's file.
    Transcoded importFile(Path file, ImportRecipe recipe) {
        requireReadable(file);
        if (recipe.raw().isEmpty() && recipe.scale().isEmpty() && isY4m(file)) {
            return importY4m(file, recipe);
        }
        List<String> input = new ArrayList<>();
        recipe.raw()
                .ifPresent(
                        format -> {
                            requireWholeFrames(file, format);
                            input.addAll(List.of("-f", "rawvideo", "-pix_fmt", "yuv420p"));
                            input.addAll(List.of("-video_size", format.toString()));
                            input.addAll(List.of("-framerate", format.frameRate().toString()));
                        });
        if (isY4m(file)) {
            checkY4m(file);
        }
        List<String> output = new ArrayList<>();
        String size = recipe.scale().map(s -> s.width() + ":" + s.height() + ":").orElse("");
        output.addAll(List.of("-vf", "scale=" + size + SCALE_FLAGS + ",format=yuv420p"));
        output.addAll(List.of("-fps_mode", "passthrough"));
        recipe.frames().ifPresent(n -> output.addAll(List.of("-frames:v", Integer.toString(n))));
        boolean isScaled = recipe.scale().isPresent();
        return transcode(
                file.getFileName().toString(),
                input,
                file,
                output,
                (draft, frames, log) -> {
                    if (!isScaled) {
                        requireSize(file, frames, log);
                    }
                    return draft.publish();
                });
    }

    private Transcoded transcode(
            String where,
            List<String> input,
            Path file,
            List<String> output,
            Publication publication) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-xerror", "-err_detect", "explode", "-threads", "1"));
        arguments.addAll(List.of("-protocol_whitelist", "file"));
        arguments.addAll(input);
        arguments.addAll(List.of("-i", "file:" + file.toAbsolutePath(), "-map", "0:v:0"));
        arguments.addAll(output);
        arguments.addAll(List.of("-noautoscale", "-f", "yuv4mpegpipe", "-"));
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
            Y4mReader frames = readHeader(where, process);
            try (ClipDraft draft = files.draft(frames.format())) {
                FfmpegLog log = copy(where, process, frames, draft);
                requireFrames(where, draft);
                ClipId id = publication.publish(draft, frames.format(), log);
                List<String> words = new ArrayList<>(input);
                words.addAll(output);
                String recipe = "ffmpeg " + String.join(" ", words);
                return new Transcoded(id, frames.format(), draft.frameCount(), recipe);
            }
        } catch (IOException failure) {
            throw new LabFaultException(where + ": cannot read what ffmpeg writes", failure);
        }
    }

    /// An ffmpeg that wrote no header says why; one that goes on writing has written a header that
    /// is refused, and is not heard to its end.
    private static Y4mReader readHeader(String where, FfmpegProcess process) throws IOException {
        try {
            return new Y4mReader(where, process.output());
        } catch (MediaException refusal) {
            if (process.output().read() >= 0) {
                throw refusal;
            }
            throw process.finish()
                    .complaint()
                    .map(
                            complaint ->
                                    new MediaException(
                                            "%s: expected video, got: %s"
                                                    .formatted(where, complaint),
                                            refusal))
                    .orElse(refusal);
        }
    }

    /// Copies every frame, then hears ffmpeg's verdict, which explains a frame that was cut short.
    private static FfmpegLog copy(
            String where, FfmpegProcess process, Y4mReader frames, ClipDraft draft)
            throws IOException {
        byte[] frame = new byte[frames.format().frameBytes()];
        try {
            while (frames.next(frame)) {
                draft.write(frame);
            }
        } catch (MediaException refusal) {
            process.output().transferTo(java.io.OutputStream.nullOutputStream());
            throw process.finish()
                    .complaint()
                    .map(complaint -> refusal(where, draft, complaint))
                    .orElse(refusal);
        }
        FfmpegLog log = process.finish();
        log.complaint()
                .ifPresent(
                        complaint -> {
                            throw refusal(where, draft, complaint);
                        });
        return log;
    }

    /// ffmpeg makes an odd size even without a word.
    private static void requireSize(Path file, VideoFormat frames, FfmpegLog log) {
        String got = log.sourceSize().orElse(frames.toString());
        if (!got.equals(frames.toString())) {
            throw new MediaException(
                    "%s: expected an even width and height, got %s: scale it to %s"
                            .formatted(file.getFileName(), got, frames));
        }
    }

    private static MediaException refusal(String where, ClipDraft draft, String complaint) {
        return new MediaException(
                "%s: expected sound video, got after %d frames: %s"
                        .formatted(where, draft.frameCount(), complaint));
    }

    /// Canonical already: copied frame by frame, up to the frames asked for.
    private Transcoded importY4m(Path file, ImportRecipe recipe) {
        String where = file.getFileName().toString();
        int framesMax = recipe.frames().orElse(ClipDraft.FRAMES_MAX);
        try (Y4mReader frames = Y4mReader.open(file);
                ClipDraft draft = files.draft(frames.format())) {
            byte[] frame = frameBuffer(file, frames.format());
            while (draft.frameCount() < framesMax && frames.next(frame)) {
                draft.write(frame);
            }
            requireFrames(where, draft);
            ClipId id = draft.publish();
            return new Transcoded(
                    id,
                    frames.format(),
                    draft.frameCount(),
                    recipe.frames().isPresent()
                            ? "the first " + framesMax + " frames"
                            : "as it is");
        } catch (IOException failure) {
            throw new MediaException(where + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// ffmpeg takes a cut y4m without a word, so it is read to its end before.
    private static void checkY4m(Path file) {
        try (Y4mReader frames = Y4mReader.open(file)) {
            byte[] frame = frameBuffer(file, frames.format());
            while (frames.next(frame)) {
                // Reading is the check.
            }
        } catch (IOException failure) {
            throw new MediaException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    /// Taken only when the file has the bytes of a frame: a header alone can promise any size.
    private static byte[] frameBuffer(Path file, VideoFormat format) throws IOException {
        long bytes = Files.size(file);
        if (bytes < format.frameBytes()) {
            throw new MediaException(
                    "%s: frame 0: expected %d bytes, got a file of %d bytes"
                            .formatted(file.getFileName(), format.frameBytes(), bytes));
        }
        return new byte[format.frameBytes()];
    }

    private static boolean isY4m(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Y4mHeader.MAGIC.equals(
                    new String(in.readNBytes(MAGIC_BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new MediaException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void requireReadable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new MediaException(file + ": expected a file that can be read, got none");
        }
        try {
            if (Files.size(file) == 0) {
                throw new MediaException(file + ": expected video, got an empty file");
            }
        } catch (IOException failure) {
            throw new MediaException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void requireWholeFrames(Path file, VideoFormat format) {
        try {
            long bytes = Files.size(file);
            if (bytes % format.frameBytes() != 0) {
                throw new MediaException(
                        "%s: expected whole frames of %d bytes, got %d bytes, %d too many"
                                .formatted(
                                        file.getFileName(),
                                        format.frameBytes(),
                                        bytes,
                                        bytes % format.frameBytes()));
            }
        } catch (IOException failure) {
            throw new MediaException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void requireFrames(String where, ClipDraft draft) {
        if (draft.frameCount() == 0) {
            throw new MediaException(where + ": expected at least one frame, got none");
        }
    }

    /// The bundled file as a file of its own, since ffmpeg seeks in some containers.
    private static Path copyOut(BundledClip bundled) {
        try (InputStream in = bundled.openFile()) {
            Path copy = Files.createTempFile("aiv1-", "-" + bundled.file());
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException failure) {
            throw new LabFaultException(
                    "bundled clip " + bundled.name() + ": cannot be unpacked", failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw LibraryFault.cannot("delete", file, failure);
        }
    }
}
