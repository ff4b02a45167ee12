package aiv1.worker;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.rd.Distortion;
import aiv1.media.ClipLibrary;
import aiv1.media.ClipReader;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.EncodeResult;
import aiv1.sandbox.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// One run: encode in a sandbox, decode the bitstream in a fresh one after the first is gone,
/// compare frame by frame.
final class RunEvaluation {
    private final Sandbox sandbox;
    private final ClipLibrary clips;
    private final ArtifactStore artifacts;
    private final Experiment experiment;
    private final Clip clip;
    private final int quality;
    private final List<String> screenLabels;
    private final Optional<BuildOutput> build;
    private final Progress progress;

    RunEvaluation(
            Sandbox sandbox,
            ClipLibrary clips,
            ArtifactStore artifacts,
            Experiment experiment,
            Clip clip,
            int quality,
            List<String> screenLabels,
            Optional<BuildOutput> build,
            Progress progress) {
        this.sandbox = sandbox;
        this.clips = clips;
        this.artifacts = artifacts;
        this.experiment = experiment;
        this.clip = clip;
        this.quality = quality;
        this.screenLabels = screenLabels;
        this.build = build;
        this.progress = progress;
    }

    /// `isVerified` adds the decodes that prove the bitstream is decoded, and decoded the same each
    /// time.
    RunOutcome evaluate(boolean isVerified) {
        StageLimit limit = experiment.limitClass().encodeLimit(clip);
        try (ClipReader source = clips.read(clip)) {
            return switch (sandbox.encode(job(Stage.ENCODE, limit, 0), source::next)) {
                case EncodeResult.Stopped stopped ->
                        isChecked(stopped.outcome(), isVerified)
                                ? checkedEncode(limit).orElse(stopped.outcome())
                                : stopped.outcome();
                case EncodeResult.Encoded encoded -> {
                    Optional<RunOutcome> undefined =
                            isVerified ? checkedEncode(limit) : Optional.empty();
                    yield undefined.isPresent() ? undefined.get() : decode(encoded, isVerified);
                }
            };
        } catch (IOException e) {
            throw new LabFaultException(clip.name() + ": " + e.getMessage(), e);
        }
    }

    /// A signal is a fault in C whose line the checked program may tell.
    private static boolean isChecked(RunOutcome.NotMeasured outcome, boolean isVerified) {
        return outcome instanceof RunOutcome.Crashed
                && (isVerified || outcome.failure().category() == FailureCategory.SIGNAL);
    }

    private Optional<RunOutcome> checkedEncode(StageLimit limit) throws IOException {
        try (ClipReader source = clips.read(clip)) {
            return new CheckedRun(sandbox).encode(job(Stage.ENCODE, limit, 0), source::next);
        }
    }

    private Optional<RunOutcome> checkedDecode(StageLimit limit, byte[] bitstream) {
        return new CheckedRun(sandbox).decode(job(Stage.DECODE, limit, 0), bitstream);
    }

    private RunOutcome decode(EncodeResult.Encoded encoded, boolean isVerified) throws IOException {
        StageLimit limit = experiment.limitClass().decodeLimit(clip);
        try (ClipReader source = clips.read(clip)) {
            ReconstructionMeter meter = new ReconstructionMeter(clip.format(), source::next);
            byte[] bitstream = encoded.bitstream();
            return switch (sandbox.decode(job(Stage.DECODE, limit, 0), bitstream, meter)) {
                case DecodeResult.Stopped stopped ->
                        isChecked(stopped.outcome(), isVerified)
                                ? checkedDecode(limit, bitstream).orElse(stopped.outcome())
                                : stopped.outcome();
                case DecodeResult.Decoded decoded -> {
                    Measurement measurement = measurement(encoded, decoded, meter);
                    Optional<RunOutcome> objection =
                            isVerified
                                    ? checkedDecode(limit, bitstream)
                                            .or(() -> verify(bitstream, measurement, limit))
                                    : Optional.empty();
                    yield objection
                            .or(() -> Plausibility.objection(measurement))
                            .orElseGet(() -> new RunOutcome.Measured(measurement));
                }
            };
        }
    }

    private Optional<RunOutcome> verify(
            byte[] bitstream, Measurement measurement, StageLimit limit) {
        return new DecodeVerification(sandbox, bitstream, measurement)
                .objection(job(Stage.VERIFY, limit, 1));
    }

    private Measurement measurement(
            EncodeResult.Encoded encoded, DecodeResult.Decoded decoded, ReconstructionMeter meter) {
        byte[] bitstream = encoded.bitstream();
        List<String> labels = new ArrayList<>(screenLabels);
        labels.addAll(encoded.labels());
        labels.addAll(decoded.labels());
        return new Measurement(
                bitstream.length,
                clip.bitrateKbps(bitstream.length),
                Distortion.of(clip.format(), meter.distortions()),
                encoded.usage(),
                decoded.usage(),
                artifacts.put(bitstream),
                meter.sha256(),
                artifacts.put(FramesTable.write(clip.format(), meter.distortions())),
                labels);
    }

    private CodecJob job(Stage stage, StageLimit limit, long hashSeed) {
        IntConsumer frameProgress =
                frame ->
                        progress.report(
                                new Progress.Event.Phase(
                                        experiment.id(),
                                        clip.name(),
                                        quality,
                                        stage,
                                        frame,
                                        clip.frameCount()));
        frameProgress.accept(0);
        return new CodecJob(
                experiment.proposal().candidate(),
                clip.format(),
                clip.frameCount(),
                quality,
                limit,
                hashSeed,
                frameProgress,
                build);
    }
}
