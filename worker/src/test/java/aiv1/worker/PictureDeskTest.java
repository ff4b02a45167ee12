package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.media.AnchorCache;
import aiv1.media.AnchorCatalogue;
import aiv1.media.ClipLibrary;
import aiv1.media.ClipReader;
import aiv1.media.Ffmpeg;
import aiv1.media.FrameFile;
import aiv1.media.PngPicture;
import aiv1.sandbox.Sandbox;
import aiv1.sandbox.SandboxConfig;
import aiv1.worker.picture.Picture;
import aiv1.worker.picture.PictureDesk;
import aiv1.worker.picture.Subject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pictures of results that were really measured: what is shown is what was measured, or nothing.
@Timeout(300)
class PictureDeskTest {
    private static final int FRAMES = 4;
    private static final long PLENTY = 1L << 30;

    @TempDir private static Path folder;
    private static final Artifacts ARTIFACTS = new Artifacts();
    private static Sandbox sandbox;
    private static Ffmpeg ffmpeg;
    private static ClipLibrary clips;
    private static Clip clip;
    private static ExperimentResult numpy;
    private static ExperimentResult built;

    @BeforeAll
    static void measure() throws Exception {
        ffmpeg = Ffmpeg.open(Ffmpeg.defaultProgram(System.getenv()));
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        sandbox = Sandbox.open(new SandboxConfig(SandboxConfig.defaults().python(), 1, work));
        clips = ClipLibrary.open(folder.resolve("clips"), ffmpeg);
        clip = clips.excerpt(clips.find("rapids").orElseThrow(), FRAMES);
        LocalEvaluator evaluator =
                new LocalEvaluator(
                        sandbox,
                        clips,
                        AnchorCatalogue.bundled(),
                        new AnchorCache(folder.resolve("anchors"), ffmpeg, clips),
                        ARTIFACTS,
                        new Provenance("build", "1", "B", "ffmpeg", "python", "numpy", "here"),
                        InstantSource.system(),
                        2);
        numpy = evaluator.evaluate(experiment("numpy", PackedCodec.numpy()), Progress.NONE);
        built = evaluator.evaluate(experiment("c", PackedCodec.c()), Progress.NONE);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void a_reconstruction_is_the_one_that_was_measured() throws Exception {
        try (PictureDesk desk = desk("same", () -> sandbox, PLENTY)) {
            Picture.Video video = video(desk, made(numpy, 2));
            assertThat(video.isLossless()).isTrue();
            Path frames = only("same", ".y4m");
            assertThat(sha256(frames)).isEqualTo(numbers(numpy, 2).reconstructionSha256());
            for (int frame = 0; frame < FRAMES; frame++) {
                assertThat(still(desk, made(numpy, 2), frame).png())
                        .isEqualTo(
                                PngPicture.of(
                                        clip.format(),
                                        FrameFile.read(frames, clip.format(), frame)));
            }
            assertThat(desk.still(made(numpy, 2), FRAMES))
                    .isInstanceOfSatisfying(
                            Picture.Refused.class,
                            refused ->
                                    assertThat(refused.words())
                                            .contains("expected frame 0 to 3, got 4"));
        }
    }

    @Test
    void a_codec_that_must_be_built_is_built_again() throws Exception {
        try (PictureDesk desk = desk("built", () -> sandbox, PLENTY)) {
            video(desk, made(built, 0));
            video(desk, made(built, 4));
            assertThat(names("built", ".y4m")).hasSize(2);
        }
        try (Stream<Path> left = Files.walk(folder.resolve("work"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("build-"));
        }
    }

    @Test
    void a_clip_is_shown_from_the_library() throws Exception {
        try (PictureDesk desk = desk("source", () -> sandbox, PLENTY);
                ClipReader reader = clips.read(clip)) {
            Subject source = new Subject.Source(clip);
            assertThat(video(desk, source).isLossless()).isTrue();
            byte[] frame = new byte[clip.format().frameBytes()];
            reader.next(frame);
            assertThat(still(desk, source, 0).png()).isEqualTo(PngPicture.of(clip.format(), frame));
        }
    }

    @Test
    void frames_other_than_those_that_were_measured_are_never_shown() throws Exception {
        ExperimentResult lying = withHash(numpy, Sha256.of("other frames"));
        try (PictureDesk desk = desk("lying", () -> sandbox, PLENTY)) {
            Picture.Refused refused = refused(() -> desk.video(made(lying, 0)));
            assertThat(refused.reason()).isEqualTo(Picture.Reason.UNTRUE);
            assertThat(refused.words())
                    .contains("NOT what was measured", "frames: expected sha256", "rapids");
            assertThat(names("lying", "")).isEmpty();
        }
    }

    @Test
    void a_bitstream_that_is_gone_is_told() {
        ArtifactId id = numbers(numpy, 1).bitstream();
        byte[] bytes = ARTIFACTS.kept.remove(id);
        try (PictureDesk desk = desk("gone", () -> sandbox, PLENTY)) {
            Picture.Refused refused = refused(() -> desk.still(made(numpy, 1), 0));
            assertThat(refused.reason()).isEqualTo(Picture.Reason.GONE);
            assertThat(refused.words())
                    .contains(
                            "bitstream of rapids at quality 1",
                            id.sha256(),
                            "run the experiment again");
        } finally {
            ARTIFACTS.kept.put(id, bytes);
        }
    }

    @Test
    void a_clip_that_is_gone_or_damaged_is_told() throws Exception {
        Clip stranger =
                new Clip(
                        new ClipId(Sha256.of("no clip")),
                        "harbour",
                        clip.format(),
                        FRAMES,
                        new ClipOrigin("file", "licence", "recipe"));
        try (PictureDesk desk = desk("clips-gone", () -> sandbox, PLENTY)) {
            Picture.Refused refused = refused(() -> desk.video(new Subject.Source(stranger)));
            assertThat(refused.reason()).isEqualTo(Picture.Reason.GONE);
            assertThat(refused.words()).contains("harbour", "aiv1 clip import");

            Clip short3 = clips.excerpt(clips.find("rapids").orElseThrow(), 3);
            try (RandomAccessFile file = new RandomAccessFile(clips.file(short3).toFile(), "rw")) {
                file.seek(5000);
                file.write(~file.read());
            }
            Picture.Refused damaged = refused(() -> desk.still(new Subject.Source(short3), 0));
            assertThat(damaged.reason()).isEqualTo(Picture.Reason.GONE);
            assertThat(damaged.words()).contains("expected sha256 " + short3.id().sha256());
        }
    }

    @Test
    void a_machine_without_a_sandbox_says_so() {
        Supplier<Sandbox> none =
                () -> {
                    throw new LabFaultException("sandbox: expected bubblewrap, got none");
                };
        try (PictureDesk desk = desk("none", none, PLENTY)) {
            Picture.Refused refused = refused(() -> desk.video(made(numpy, 3)));
            assertThat(refused.reason()).isEqualTo(Picture.Reason.UNAVAILABLE);
            assertThat(refused.words()).isEqualTo("sandbox: expected bubblewrap, got none");
        }
    }

    @Test
    void without_ffmpeg_there_is_no_video_but_single_frames() {
        Supplier<Ffmpeg> none =
                () -> {
                    throw new LabFaultException("ffmpeg: expected a program, got nothing");
                };
        try (PictureDesk desk = desk("frames-only", () -> sandbox, none, PLENTY)) {
            Picture.Refused refused = refused(() -> desk.video(made(numpy, 3)));
            assertThat(refused.reason()).isEqualTo(Picture.Reason.UNAVAILABLE);
            assertThat(refused.words()).contains("ffmpeg: expected a program");
            assertThat(still(desk, made(numpy, 3), 1).png()).isNotEmpty();
        }
    }

    @Test
    void the_folder_stays_within_its_bound() throws Exception {
        long one = FrameFile.bytes(clip.format(), FRAMES);
        try (PictureDesk desk = desk("bound", () -> sandbox, 2 * one + one / 2)) {
            for (int quality = 0; quality < 5; quality++) {
                still(desk, made(numpy, quality), 0);
                assertThat(bytes("bound")).isLessThanOrEqualTo(2 * one + one / 2);
            }
            assertThat(names("bound", ".y4m")).hasSize(2);
            still(desk, made(numpy, 0), 0);
        }
        try (PictureDesk tiny = desk("tiny", () -> sandbox, one - 1)) {
            assertThat(refused(() -> tiny.still(made(numpy, 0), 0)).words())
                    .contains("raise the setting page-pictures");
        }
    }

    private static PictureDesk desk(String name, Supplier<Sandbox> with, long bytesMax) {
        return desk(name, with, () -> ffmpeg, bytesMax);
    }

    private static PictureDesk desk(
            String name, Supplier<Sandbox> with, Supplier<Ffmpeg> video, long bytesMax) {
        return new PictureDesk(
                new PictureDesk.Parts(
                        with,
                        video,
                        () -> clips,
                        ARTIFACTS,
                        folder.resolve("pictures-" + name),
                        bytesMax,
                        InstantSource.system()));
    }

    private static Subject made(ExperimentResult result, int quality) {
        return new Subject.Reconstruction(result, result.runs().get(quality));
    }

    private static Measurement numbers(ExperimentResult result, int quality) {
        return result.runs().get(quality).outcome().numbers().orElseThrow();
    }

    private static Picture.Video video(PictureDesk desk, Subject subject) {
        return (Picture.Video) settled(() -> desk.video(subject));
    }

    private static Picture.Still still(PictureDesk desk, Subject subject, int frame) {
        return (Picture.Still) settled(() -> desk.still(subject, frame));
    }

    private static Picture.Refused refused(Supplier<Picture> asked) {
        return (Picture.Refused) settled(asked);
    }

    /// What it comes to; the time limit of the test ends a wait without end.
    private static Picture settled(Supplier<Picture> asked) {
        Picture picture = asked.get();
        while (picture instanceof Picture.Coming) {
            Thread.onSpinWait();
            picture = asked.get();
        }
        return picture;
    }

    private static Path only(String desk, String ending) throws IOException {
        List<String> names = names(desk, ending);
        assertThat(names).hasSize(1);
        return folder.resolve("pictures-" + desk).resolve(names.getFirst());
    }

    private static List<String> names(String desk, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pictures-" + desk))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    private static long bytes(String desk) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pictures-" + desk))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /// Of the samples alone, as results state it.
    private static String sha256(Path y4m) throws IOException {
        VideoFormat format = clip.format();
        MessageDigest digest = Sha256.digest();
        for (int i = 0; i < FRAMES; i++) {
            digest.update(FrameFile.read(y4m, format, i));
        }
        return Sha256.hex(digest);
    }

    private static ExperimentResult withHash(ExperimentResult of, String sha256) {
        List<RunResult> runs =
                of.runs().stream()
                        .map(
                                run -> {
                                    Measurement was = run.outcome().numbers().orElseThrow();
                                    return new RunResult(
                                            run.clip(),
                                            run.quality(),
                                            new RunOutcome.Measured(
                                                    new Measurement(
                                                            was.streamBytes(),
                                                            was.bitrateKbps(),
                                                            was.distortion(),
                                                            was.encode(),
                                                            was.decode(),
                                                            was.bitstream(),
                                                            sha256,
                                                            was.frames(),
                                                            was.labels())));
                                })
                        .toList();
        return new ExperimentResult(
                of.experiment(),
                of.verdict(),
                runs,
                of.bdRates(),
                of.decoderBytes(),
                of.provenance(),
                of.startedAt(),
                of.finishedAt());
    }

    private static Experiment experiment(String name, Candidate candidate) {
        return new Experiment(
                new ExperimentId(name),
                Optional.empty(),
                new Proposal(candidate, "", List.of(), "test"),
                List.of(clip),
                List.of(),
                LimitClass.LIGHT);
    }

    private static final class Artifacts implements ArtifactStore {
        private final Map<ArtifactId, byte[]> kept = new ConcurrentHashMap<>();

        @Override
        public ArtifactId put(byte[] bytes) {
            ArtifactId id = ArtifactId.of(bytes);
            kept.put(id, bytes.clone());
            return id;
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            return Optional.ofNullable(kept.get(id));
        }
    }
}
