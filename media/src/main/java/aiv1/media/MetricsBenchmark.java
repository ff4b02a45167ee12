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
/// ffmpeg reads the same raw frames from disk; what reading costs it is measured with a null filter
/// of two inputs and taken off, ours reads from memory.
public final class MetricsBenchmark {
    private static final VideoFormat FORMAT = new VideoFormat(1920, 1080, new FrameRate(25, 1));
    private static final int FRAME_COUNT = 50;
    private static final int ROUND_COUNT = 9;
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
        double reading = filterSeconds(ffmpeg, source, other, "[0:v]null[a];[1:v]null[b]", true);
        double psnr = filterSeconds(ffmpeg, source, other, "psnr", false) - reading;
        double structural = filterSeconds(ffmpeg, source, other, "ssim", false) - reading;
        double plain = seconds(sources, others, (a, b) -> squared(new PlainSquaredError(), a, b));
        List<String> lines = new ArrayList<>();
        lines.add(
                "1920x1080 4:2:0, %d frames, one thread, median of %d"
                        .formatted(FRAME_COUNT, ROUND_COUNT));
        lines.add(line("ffmpeg psnr filter", psnr, psnr));
        lines.add(line("PSNR Y+U+V, plain", plain, psnr));
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            SquaredError vector = SquaredError.best();
            lines.add(
                    line(
                            "PSNR Y+U+V, Vector API",
                            seconds(sources, others, (a, b) -> squared(vector, a, b)),
                            psnr));
        }
        lines.add(line("ffmpeg ssim filter", structural, structural));
        // The lab's own form first: a virtual machine that has seen one form only is the usual one.
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            BlockSsim vectorSsim = new BlockSsim(FORMAT.width(), FORMAT.height());
            lines.add(
                    line(
                            "SSIM 8x8 (luma), Vector",
                            seconds(sources, others, vectorSsim::mean),
                            structural));
        }
        BlockSsim plainSsim = new BlockSsim(FORMAT.width(), FORMAT.height(), new PlainBlockSums());
        lines.add(
                line(
                        "SSIM 8x8 (luma), plain",
                        seconds(sources, others, plainSsim::mean),
                        structural));
        lines.add("ffmpeg's ssim filter measures chroma too: a third more samples.");
        return String.join("\n", lines);
    }

    private static double squared(SquaredError error, byte[] a, byte[] b) {
        return error.sum(a, b, 0, FORMAT.frameBytes());
    }

    private static String line(String name, double seconds, double peerSeconds) {
        return String.format(
                Locale.ROOT,
                "  %-24s %8.0f frames/s  %5.2f x ffmpeg",
                name,
                FRAME_COUNT / seconds,
                peerSeconds / seconds);
    }

    private static double seconds(
            List<byte[]> a, List<byte[]> b, ToDoubleBiFunction<byte[], byte[]> metric) {
        double[] rounds = new double[ROUND_COUNT];
        double kept = 0;
        for (int round = 0; round < ROUND_COUNT; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < FRAME_COUNT; i++) {
                kept += metric.applyAsDouble(a.get(i), b.get(i));
            }
            rounds[round] = (System.nanoTime() - start) / 1e9;
        }
        if (kept == 0) {
            throw new LabFaultException("bench: expected frames that differ");
        }
        return median(rounds);
    }

    private static double filterSeconds(
            Ffmpeg ffmpeg, Path source, Path other, String filter, boolean isBare)
            throws IOException {
        double[] rounds = new double[ROUND_COUNT];
        for (int round = 0; round < ROUND_COUNT; round++) {
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
                        List.of(
                                "-threads",
                                "1",
                                "-f",
                                "rawvideo",
                                "-video_size",
                                FORMAT.toString()));
                arguments.addAll(List.of("-pix_fmt", "yuv420p", "-i", file.toString()));
            }
            arguments.addAll(List.of("-filter_complex", filter));
            if (isBare) {
                arguments.addAll(List.of("-map", "[a]", "-map", "[b]"));
            }
            arguments.addAll(List.of("-f", "null", "-"));
            try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
                process.output().readAllBytes();
                rounds[round] = process.finish().cpuSeconds();
            }
        }
        return median(rounds);
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
