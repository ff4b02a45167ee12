package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/// How fast the metrics are beside ffmpeg's filters: frames per second on one raw 1080p pair, one
/// thread, in the same run.
///
/// Both repeat the same few frames from memory. ffmpeg's figure is the CPU time of many repetitions
/// less that of few, over the frames between: start-up and reading cancel, and its clock's steps of
/// 10 ms are small beside what is left.
public final class MetricsBenchmark {
    private static final VideoFormat FORMAT = new VideoFormat(1920, 1080, new FrameRate(25, 1));
    private static final int FRAME_COUNT = 10;
    private static final int ROUND_COUNT = 5;

    /// Repetitions of the frames in a short and in a long run of ffmpeg, and in a round of ours.
    private static final int FEW = 50;

    private static final int MANY = 250;
    private static final Duration DURATION_MAX = Duration.ofMinutes(10);

    private MetricsBenchmark() {}

    /// A table of medians with the ratio to ffmpeg.
    public static String run(Ffmpeg ffmpeg) {
        try {
            Path folder = Files.createTempDirectory("aiv1-bench-");
            Path source = folder.resolve("source.yuv");
            Path other = folder.resolve("other.yuv");
            try {
                make(ffmpeg, source, "noise=alls=6:allf=t:all_seed=1");
                make(ffmpeg, other, "noise=alls=12:allf=t:all_seed=2");
                return report(ffmpeg, source, other);
            } finally {
                Files.deleteIfExists(source);
                Files.deleteIfExists(other);
                Files.deleteIfExists(folder);
            }
        } catch (IOException failure) {
            throw new LabFaultException("bench: " + failure.getMessage(), failure);
        }
    }

    private static String report(Ffmpeg ffmpeg, Path source, Path other) throws IOException {
        List<byte[]> sources = frames(source);
        List<byte[]> others = frames(other);
        BlockSsim ssim = new BlockSsim(FORMAT.width(), FORMAT.height());
        BlockSsim plainSsim = new BlockSsim(FORMAT.width(), FORMAT.height(), new PlainBlockSums());
        SquaredError best = SquaredError.best();
        boolean isVector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        List<String> lines = new ArrayList<>();
        lines.add("1920x1080 4:2:0, one thread, median of %d rounds".formatted(ROUND_COUNT));
        double peer = filterSeconds(ffmpeg, source, other, "", "psnr");
        lines.add(line("ffmpeg psnr filter, Y+U+V", peer, peer));
        // The lab's own form first: a virtual machine that has seen one form only is the usual one.
        double own = seconds(sources, others, (a, b) -> squared(best, a, b));
        double structural = seconds(sources, others, ssim::mean);
        if (isVector) {
            lines.add(line("PSNR Y+U+V, Vector API", own, peer));
            own = seconds(sources, others, (a, b) -> squared(new PlainSquaredError(), a, b));
        }
        lines.add(line("PSNR Y+U+V, plain", own, peer));
        peer = filterSeconds(ffmpeg, source, other, "format=gray,", "ssim");
        lines.add(line("ffmpeg ssim filter, Y", peer, peer));
        if (isVector) {
            lines.add(line("SSIM 8x8 Y, Vector API", structural, peer));
            structural = seconds(sources, others, plainSsim::mean);
        }
        lines.add(line("SSIM 8x8 Y, plain", structural, peer));
        return String.join("\n", lines);
    }

    private static double squared(SquaredError error, byte[] a, byte[] b) {
        return error.sum(a, b, 0, FORMAT.frameBytes());
    }

    /// `seconds` and `peerSeconds` are those of one frame.
    private static String line(String name, double seconds, double peerSeconds) {
        return String.format(
                Locale.ROOT,
                "  %-26s %8.0f frames/s  %5.2f x ffmpeg",
                name,
                1 / seconds,
                peerSeconds / seconds);
    }

    private static double seconds(
            List<byte[]> a, List<byte[]> b, ToDoubleBiFunction<byte[], byte[]> metric) {
        double[] rounds = new double[ROUND_COUNT];
        double kept = 0;
        for (int round = 0; round < ROUND_COUNT; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < FRAME_COUNT * FEW; i++) {
                kept += metric.applyAsDouble(a.get(i % FRAME_COUNT), b.get(i % FRAME_COUNT));
            }
            rounds[round] = (System.nanoTime() - start) / 1e9 / (FRAME_COUNT * FEW);
        }
        if (kept == 0) {
            throw new LabFaultException("bench: expected frames that differ");
        }
        return median(rounds);
    }

    private static double filterSeconds(
            Ffmpeg ffmpeg, Path source, Path other, String before, String filter)
            throws IOException {
        double[] rounds = new double[ROUND_COUNT];
        for (int round = 0; round < ROUND_COUNT; round++) {
            double few = cpuSeconds(ffmpeg, source, other, before, filter, FEW);
            double many = cpuSeconds(ffmpeg, source, other, before, filter, MANY);
            rounds[round] = (many - few) / (FRAME_COUNT * (MANY - FEW));
        }
        return median(rounds);
    }

    private static double cpuSeconds(
            Ffmpeg ffmpeg, Path source, Path other, String before, String filter, int times)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-benchmark",
                                "-filter_threads",
                                "1",
                                "-filter_complex_threads",
                                "1"));
        for (Path file : List.of(source, other)) {
            arguments.addAll(
                    List.of("-threads", "1", "-f", "rawvideo", "-video_size", FORMAT.toString()));
            arguments.addAll(List.of("-pix_fmt", "yuv420p", "-i", file.toString()));
        }
        String repeat = before + "loop=loop=%d:size=%d".formatted(times - 1, FRAME_COUNT);
        arguments.addAll(
                List.of(
                        "-filter_complex",
                        "[0:v]%s[a];[1:v]%s[b];[a][b]%s".formatted(repeat, repeat, filter)));
        arguments.addAll(List.of("-f", "null", "-"));
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
            process.output().readAllBytes();
            return process.finish().cpuSeconds();
        }
    }

    private static void make(Ffmpeg ffmpeg, Path file, String noise) throws IOException {
        List<String> arguments =
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=" + FORMAT + ":rate=25," + noise,
                        "-frames:v",
                        Integer.toString(FRAME_COUNT),
                        "-pix_fmt",
                        "yuv420p",
                        "-f",
                        "rawvideo",
                        "-y",
                        file.toString());
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
            process.output().readAllBytes();
            process.finish()
                    .complaint()
                    .ifPresent(
                            complaint -> {
                                throw new LabFaultException("bench: " + complaint);
                            });
        }
    }

    private static List<byte[]> frames(Path file) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (int i = 0; i < FRAME_COUNT; i++) {
                frames.add(in.readNBytes(FORMAT.frameBytes()));
            }
        }
        return frames;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
