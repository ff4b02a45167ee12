package aiv1.worker;

import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.experiment.Usage;
import aiv1.media.ClipLibrary;
import aiv1.media.ClipReader;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.BuildResult;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.EncodeResult;
import aiv1.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a build costs and what it buys: one codec in C, in numba and in Python that nothing
/// compiles, measured one after another in the sandbox.
///
/// A rate is of the frames behind the first: the CPU time for one frame is taken from that for all,
/// so that starts cancel. The three must give the same bytes, or there is nothing to compare.
public final class BuildBenchmark {
    private static final String CLIP = "cars";
    private static final int FRAME_COUNT = 60;

    /// Python takes many seconds for a frame.
    private static final int PYTHON_FRAME_COUNT = 2;

    private static final int QUALITY = 2;
    private static final int ROUND_COUNT = 3;
    private static final StageLimit LIMIT =
            new StageLimit(Duration.ofMinutes(10), Duration.ofMinutes(30), 2L << 30, 64L << 20);

    private final Sandbox sandbox;
    private final ClipLibrary clips;
    private final List<String> report = new ArrayList<>();

    private BuildBenchmark(Sandbox sandbox, ClipLibrary clips) {
        this.sandbox = sandbox;
        this.clips = clips;
    }

    /// A table; `numba` and `c` are one codec written twice.
    public static String run(Sandbox sandbox, ClipLibrary clips, Candidate numba, Candidate c) {
        return new BuildBenchmark(sandbox, clips).run(numba, c);
    }

    /// The same source, without a build and without numba: what it compiles, Python interprets.
    static Candidate interpreted(Candidate numba) {
        Map<Part, String> sources = new EnumMap<>(numba.sources());
        sources.replaceAll(
                (part, source) ->
                        source.replace(
                                        "from numba import njit\n",
                                        "def njit(function):\n    return function\n")
                                .replace("def warm_up(", "def without_warm_up("));
        return new Candidate(sources, numba.contract());
    }

    private String run(Candidate numba, Candidate c) {
        Candidate python = interpreted(numba);
        BuildResult.Built compiled = build(c);
        try (BuildOutput program = compiled.output()) {
            BuildResult.Built warmed = build(numba);
            try (BuildOutput cache = warmed.output()) {
                report.add("build");
                reportBuild("C", compiled);
                reportBuild("numba", warmed);
                Speed fast = speed(c, Optional.of(program), FRAME_COUNT);
                Speed frozen = speed(numba, Optional.of(cache), FRAME_COUNT);
                Speed slow = speed(python, Optional.empty(), PYTHON_FRAME_COUNT);
                requireSame(fast.first(), frozen.first(), slow.first());
                reportStarts(
                        fast.start(),
                        frozen.start(),
                        decode(numba, Optional.empty(), frozen.first(), 1),
                        slow.start());
                reportSpeeds(fast, frozen, slow);
            }
        }
        return String.join("\n", report);
    }

    /// `first` is the bitstream of one frame, `start` the CPU seconds until it is decoded.
    private record Speed(byte[] first, double start, double encode, double decode) {}

    private Speed speed(Candidate candidate, Optional<BuildOutput> build, int frameCount) {
        int rounds = build.isPresent() ? ROUND_COUNT : 1;
        EncodeResult.Encoded one = encode(candidate, build, 1);
        EncodeResult.Encoded all = encode(candidate, build, frameCount);
        double[] encodes = new double[rounds];
        double[] starts = new double[rounds];
        double[] decodes = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            // The first round's encodes are done: they gave the bitstreams.
            encodes[round] =
                    round == 0
                            ? seconds(all.usage()) - seconds(one.usage())
                            : seconds(encode(candidate, build, frameCount).usage())
                                    - seconds(encode(candidate, build, 1).usage());
            starts[round] = decode(candidate, build, one.bitstream(), 1);
            decodes[round] = decode(candidate, build, all.bitstream(), frameCount) - starts[round];
        }
        return new Speed(
                one.bitstream(),
                median(starts),
                (frameCount - 1) / median(encodes),
                (frameCount - 1) / median(decodes));
    }

    private BuildResult.Built build(Candidate candidate) {
        return switch (sandbox.build(candidate, LIMIT)) {
            case BuildResult.Built built -> built;
            case BuildResult.Stopped stopped -> throw failed(stopped.outcome());
        };
    }

    private EncodeResult.Encoded encode(
            Candidate candidate, Optional<BuildOutput> build, int frameCount) {
        Clip clip = clip(frameCount);
        try (ClipReader reader = clips.read(clip)) {
            return switch (sandbox.encode(job(candidate, clip, build), reader::next)) {
                case EncodeResult.Encoded encoded -> encoded;
                case EncodeResult.Stopped stopped -> throw failed(stopped.outcome());
            };
        } catch (IOException e) {
            throw new UncheckedIOException("bench: reading " + clip.name(), e);
        }
    }

    /// CPU seconds.
    private double decode(
            Candidate candidate, Optional<BuildOutput> build, byte[] bitstream, int frameCount) {
        CodecJob job = job(candidate, clip(frameCount), build);
        return switch (sandbox.decode(job, bitstream, (index, frame) -> {})) {
            case DecodeResult.Decoded decoded -> seconds(decoded.usage());
            case DecodeResult.Stopped stopped -> throw failed(stopped.outcome());
        };
    }

    private Clip clip(int frameCount) {
        return clips.excerpt(clips.find(CLIP).orElseThrow(), frameCount);
    }

    private static CodecJob job(Candidate candidate, Clip clip, Optional<BuildOutput> build) {
        return new CodecJob(
                candidate, clip.format(), clip.frameCount(), QUALITY, LIMIT, 0, frame -> {}, build);
    }

    private static void requireSame(byte[] c, byte[] numba, byte[] python) {
        if (!Arrays.equals(c, numba) || !Arrays.equals(c, python)) {
            throw new LabFaultException(
                    "bench: expected one bitstream of the three codecs, got %d, %d and %d bytes that differ"
                            .formatted(c.length, numba.length, python.length));
        }
    }

    private void reportBuild(String name, BuildResult.Built built) {
        report.add(
                String.format(
                        Locale.ROOT,
                        "  %-16s %8.2f CPU s  %8.0f KiB",
                        name,
                        seconds(built.usage()),
                        built.output().archive().length / 1024.0));
    }

    private void reportStarts(double c, double frozen, double cold, double python) {
        report.add("CPU s until the first frame is decoded");
        report.add(start("C", c, frozen));
        report.add(start("numba, frozen", frozen, frozen));
        report.add(start("numba, cold", cold, frozen));
        report.add(start("Python", python, frozen));
    }

    private static String start(String name, double seconds, double frozen) {
        return String.format(
                Locale.ROOT, "  %-16s %8.2f  %8.2f x frozen", name, seconds, seconds / frozen);
    }

    private void reportSpeeds(Speed c, Speed numba, Speed python) {
        report.add(
                "frames per CPU s, encode and decode, %s %s at quality %d; %d frames, Python %d"
                        .formatted(
                                CLIP,
                                clip(1).format(),
                                QUALITY,
                                FRAME_COUNT - 1,
                                PYTHON_FRAME_COUNT - 1));
        report.add(speed("C", c, python));
        report.add(speed("numba", numba, python));
        report.add(speed("Python", python, python));
    }

    private static String speed(String name, Speed speed, Speed python) {
        return String.format(
                Locale.ROOT,
                "  %-16s %8.2f  %8.0f x Python  %8.2f  %8.0f x Python",
                name,
                speed.encode(),
                speed.encode() / python.encode(),
                speed.decode(),
                speed.decode() / python.decode());
    }

    private static double seconds(Usage usage) {
        return usage.cpu().toNanos() / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static LabFaultException failed(NotMeasured outcome) {
        return new LabFaultException(
                "bench: expected a codec that works, got " + outcome.failure().summary());
    }
}
