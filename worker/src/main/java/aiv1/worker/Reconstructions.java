package aiv1.worker;

import aiv1.domain.Sha256;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.BuildResult;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.FrameSink;
import aiv1.sandbox.Sandbox;
import aiv1.worker.ExportVerification.Bitstreams;
import java.util.Optional;

/// The reconstructions of a result, decoded again from its bitstreams: planar 4:2:0, 8 bit, Y, U, V
/// of each frame, frames in order. A result holds only their hashes.
public final class Reconstructions {
    /// Largest reconstruction, in bytes: they are held in memory one at a time.
    public static final long BYTES_MAX = 256L << 20;

    private final Sandbox sandbox;

    public Reconstructions(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /// Hears of each measured run, in order.
    public interface Listener {
        /// The very bytes that were measured: they hash to what the result says.
        void decoded(RunResult run, byte[] reconstruction);

        /// `reason` is for people.
        void failed(RunResult run, String reason);
    }

    /// Decodes each measured run in a fresh sandbox.
    public void decode(ExperimentResult result, Bitstreams bitstreams, Listener listener) {
        Candidate candidate = result.experiment().proposal().candidate();
        if (!Sandbox.needsBuild(candidate)) {
            decode(result, bitstreams, Optional.empty(), listener);
            return;
        }
        switch (sandbox.build(candidate, result.experiment().limitClass().buildLimit())) {
            case BuildResult.Built built -> {
                try (BuildOutput output = built.output()) {
                    decode(result, bitstreams, Optional.of(output), listener);
                }
            }
            case BuildResult.Stopped stopped ->
                    result.runs().stream()
                            .filter(run -> run.outcome().numbers().isPresent())
                            .forEach(
                                    run ->
                                            listener.failed(
                                                    run, stopped.outcome().failure().summary()));
        }
    }

    private void decode(
            ExperimentResult result,
            Bitstreams bitstreams,
            Optional<BuildOutput> build,
            Listener listener) {
        for (RunResult run : result.runs()) {
            Optional<Measurement> numbers = run.outcome().numbers();
            if (numbers.isPresent()) {
                decode(result, run, numbers.get(), bitstreams, build, listener);
            }
        }
    }

    private void decode(
            ExperimentResult result,
            RunResult run,
            Measurement stated,
            Bitstreams bitstreams,
            Optional<BuildOutput> build,
            Listener listener) {
        Clip clip =
                result.experiment().clips().stream()
                        .filter(known -> known.name().equals(run.clip()))
                        .findFirst()
                        .orElseThrow();
        long size = (long) clip.format().frameBytes() * clip.frameCount();
        if (size > BYTES_MAX) {
            listener.failed(
                    run, "expected at most %d bytes of frames, got %d".formatted(BYTES_MAX, size));
            return;
        }
        Frames frames = new Frames((int) size);
        CodecJob job =
                new CodecJob(
                        result.experiment().proposal().candidate(),
                        clip.format(),
                        clip.frameCount(),
                        run.quality(),
                        result.experiment().limitClass().decodeLimit(clip),
                        0,
                        frame -> {},
                        build);
        switch (sandbox.decode(job, bitstreams.read(run.clip(), run.quality()), frames)) {
            case DecodeResult.Stopped stopped ->
                    listener.failed(run, stopped.outcome().failure().summary());
            case DecodeResult.Decoded decoded -> {
                String sha256 = Sha256.of(frames.bytes);
                if (sha256.equals(stated.reconstructionSha256())) {
                    listener.decoded(run, frames.bytes);
                } else {
                    listener.failed(
                            run,
                            "frames: expected sha256 %s, got %s"
                                    .formatted(stated.reconstructionSha256(), sha256));
                }
            }
        }
    }

    /// All frames, one behind the other; as many as the clip has, which the sandbox sees to.
    private static final class Frames implements FrameSink {
        private final byte[] bytes;
        private int length;

        Frames(int size) {
            bytes = new byte[size];
        }

        @Override
        public void accept(int index, byte[] frame) {
            System.arraycopy(frame, 0, bytes, length, frame.length);
            length += frame.length;
        }
    }
}
