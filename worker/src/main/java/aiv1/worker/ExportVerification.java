package aiv1.worker;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.rd.Distortion;
import aiv1.media.ClipLibrary;
import aiv1.media.ClipReader;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.BuildResult;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a result that somebody hands over: every bitstream is decoded again in a fresh sandbox,
/// and its hash, the frames' hash and the numbers are compared with what the result says. The clip
/// is taken from the library by its hash.
public final class ExportVerification {
    private static final double TOLERANCE = 1e-9;

    private final Sandbox sandbox;
    private final ClipLibrary clips;

    public ExportVerification(Sandbox sandbox, ClipLibrary clips) {
        this.sandbox = sandbox;
        this.clips = clips;
    }

    /// One run that was checked: whether all is equal, and what is not.
    public record Check(String clip, int quality, boolean isEqual, String detail) {}

    /// Gives the bytes of a run's bitstream.
    @FunctionalInterface
    public interface Bitstreams {
        byte[] read(String clip, int quality);
    }

    /// Checks each measured run, in order; runs without numbers have nothing to check.
    public List<Check> verify(ExperimentResult result, Bitstreams bitstreams) {
        Candidate candidate = result.experiment().proposal().candidate();
        if (!Sandbox.needsBuild(candidate)) {
            return verify(result, bitstreams, Optional.empty());
        }
        StageLimit limit = result.experiment().limitClass().buildLimit();
        return switch (sandbox.build(candidate, limit)) {
            case BuildResult.Built built -> {
                try (BuildOutput output = built.output()) {
                    yield verify(result, bitstreams, Optional.of(output));
                }
            }
            case BuildResult.Stopped stopped -> unbuilt(result, stopped.outcome().failure());
        };
    }

    private static List<Check> unbuilt(ExperimentResult result, Failure failure) {
        return result.runs().stream()
                .filter(run -> run.outcome().numbers().isPresent())
                .map(run -> new Check(run.clip(), run.quality(), false, failure.summary()))
                .toList();
    }

    private List<Check> verify(
            ExperimentResult result, Bitstreams bitstreams, Optional<BuildOutput> build) {
        List<Check> checks = new ArrayList<>();
        for (RunResult run : result.runs()) {
            Optional<Measurement> numbers = run.outcome().numbers();
            if (numbers.isPresent()) {
                Optional<String> difference =
                        difference(
                                result,
                                run,
                                numbers.get(),
                                bitstreams.read(run.clip(), run.quality()),
                                build);
                checks.add(
                        new Check(
                                run.clip(),
                                run.quality(),
                                difference.isEmpty(),
                                difference.orElse("bitstream, rate, decoder, frames and numbers")));
            }
        }
        return checks;
    }

    private Optional<String> difference(
            ExperimentResult result,
            RunResult run,
            Measurement stated,
            byte[] bitstream,
            Optional<BuildOutput> build) {
        if (!ArtifactId.of(bitstream).equals(stated.bitstream())) {
            return Optional.of(
                    "bitstream: expected sha256 %s, got %s"
                            .formatted(
                                    stated.bitstream().sha256(),
                                    ArtifactId.of(bitstream).sha256()));
        }
        Clip named =
                result.experiment().clips().stream()
                        .filter(clip -> clip.name().equals(run.clip()))
                        .findFirst()
                        .orElseThrow();
        double bitrateKbps = named.bitrateKbps(bitstream.length);
        if (stated.streamBytes() != bitstream.length
                || Math.abs(stated.bitrateKbps() - bitrateKbps) > TOLERANCE * bitrateKbps) {
            return Optional.of(
                    "rate: expected %d bytes, %s kbit/s, got %d bytes, %s kbit/s"
                            .formatted(
                                    stated.streamBytes(),
                                    stated.bitrateKbps(),
                                    bitstream.length,
                                    bitrateKbps));
        }
        long decoderBytes = DecoderSize.compute(result.experiment().proposal().candidate());
        if (result.decoderBytes().isPresent()
                && result.decoderBytes().getAsLong() != decoderBytes) {
            return Optional.of(
                    "decoder: expected %d bytes, got %d"
                            .formatted(result.decoderBytes().getAsLong(), decoderBytes));
        }
        Optional<Clip> clip = clips.findExact(named);
        if (clip.isEmpty()) {
            return Optional.of(
                    "clip %s (sha256 %s): not in this library"
                            .formatted(named.name(), named.id().sha256()));
        }
        try (ClipReader source = clips.read(clip.get())) {
            ReconstructionMeter meter = new ReconstructionMeter(named.format(), source::next);
            CodecJob job = Redecoding.job(result, run, named, build);
            return switch (sandbox.decode(job, bitstream, meter)) {
                case DecodeResult.Stopped stopped ->
                        Optional.of(stopped.outcome().failure().summary());
                case DecodeResult.Decoded decoded -> compare(stated, meter, named);
            };
        } catch (IOException e) {
            throw new LabFaultException(named.name() + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> compare(
            Measurement stated, ReconstructionMeter meter, Clip clip) {
        String sha256 = meter.sha256();
        if (!sha256.equals(stated.reconstructionSha256())) {
            return Optional.of(
                    "frames: expected sha256 %s, got %s"
                            .formatted(stated.reconstructionSha256(), sha256));
        }
        Distortion got = Distortion.of(clip.format(), meter.distortions());
        Distortion expected = stated.distortion();
        return isEqual(got, expected)
                ? Optional.empty()
                : Optional.of("numbers: expected %s, got %s".formatted(expected, got));
    }

    private static boolean isEqual(Distortion a, Distortion b) {
        double[] first = numbers(a);
        double[] second = numbers(b);
        for (int i = 0; i < first.length; i++) {
            if (Math.abs(first[i] - second[i]) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static double[] numbers(Distortion of) {
        return new double[] {
            of.psnrY(), of.psnrU(), of.psnrV(), of.apsnrY(), of.apsnrU(), of.apsnrV(), of.ssimY()
        };
    }
}
