package aiv1.worker;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.experiment.Usage;
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

/// One run in two steps: encode in a sandbox; decode the bitstream in a fresh one and compare frame
/// by frame. Between the two the bitstream is an artifact, so that an experiment may do the second
/// step when none of its encoders is alive any more.
final class RunEvaluation {
    private final Sandbox sandbox;
    private final ClipLibrary clips;
    private final ArtifactStore artifacts;
    private final Experiment experiment;
    private final RunPlan plan;
    private final List<String> screenLabels;
    private final Optional<BuildOutput> build;
    private final Progress progress;
    private Optional<Encoded> encoded = Optional.empty();

    RunEvaluation(
            Sandbox sandbox,
            ClipLibrary clips,
            ArtifactStore artifacts,
            Experiment experiment,
            RunPlan plan,
            List<String> screenLabels,
            Optional<BuildOutput> build,
            Progress progress) {
        this.sandbox = sandbox;
        this.clips = clips;
        this.artifacts = artifacts;
        this.experiment = experiment;
        this.plan = plan;
        this.screenLabels = screenLabels;
        this.build = build;
        this.progress = progress;
    }

    /// What the first step left for the second.
    private record Encoded(ArtifactId bitstream, Usage usage, List<String> labels) {}

    ExperimentId experiment() {
        return experiment.id();
    }

    RunPlan plan() {
        return plan;
    }

    /// The first step: what stands against the run, or nothing, when there is a bitstream to
    /// decode.
    Optional<RunOutcome> encode() {
        StageLimit limit = experiment.limitClass().encodeLimit(plan.clip());
        try (ClipReader source = clips.read(plan.clip())) {
            return switch (sandbox.encode(job(Stage.ENCODE, limit, 0), source::next)) {
                case EncodeResult.Stopped stopped ->
                        Optional.of(
                                isChecked(stopped.outcome())
                                        ? checkedEncode(limit).orElse(stopped.outcome())
                                        : stopped.outcome());
                case EncodeResult.Encoded result -> {
                    encoded =
                            Optional.of(
                                    new Encoded(
                                            artifacts.put(result.bitstream()),
                                            result.usage(),
                                            result.labels()));
                    yield plan.isVerified() ? checkedEncode(limit) : Optional.empty();
                }
            };
        } catch (IOException e) {
            throw new LabFaultException(plan.clip().name() + ": " + e.getMessage(), e);
        }
    }

    /// The second step, for a run that is encoded. A verified one gets the decodes that prove that
    /// the bitstream is decoded, and decoded the same each time.
    RunOutcome decode() {
        Encoded first = encoded.orElseThrow();
        byte[] bitstream =
                artifacts
                        .find(first.bitstream())
                        .orElseThrow(
                                () ->
                                        new LabFaultException(
                                                "%s: expected the bitstream %s, got none"
                                                        .formatted(
                                                                plan.clip().name(),
                                                                first.bitstream().sha256())));
        StageLimit limit = experiment.limitClass().decodeLimit(plan.clip());
        try (ClipReader source = clips.read(plan.clip())) {
            ReconstructionMeter meter = new ReconstructionMeter(plan.clip().format(), source::next);
            return switch (sandbox.decode(job(Stage.DECODE, limit, 0), bitstream, meter)) {
                case DecodeResult.Stopped stopped ->
                        isChecked(stopped.outcome())
                                ? checkedDecode(limit, bitstream).orElse(stopped.outcome())
                                : stopped.outcome();
                case DecodeResult.Decoded decoded -> {
                    Measurement measurement = measurement(first, bitstream, decoded, meter);
                    Optional<RunOutcome> objection =
                            plan.isVerified()
                                    ? checkedDecode(limit, bitstream)
                                            .or(() -> verify(bitstream, measurement, limit))
                                    : Optional.empty();
                    yield objection
                            .or(() -> Plausibility.objection(measurement))
                            .orElseGet(() -> new RunOutcome.Measured(measurement));
                }
            };
        } catch (IOException e) {
            throw new LabFaultException(plan.clip().name() + ": " + e.getMessage(), e);
        }
    }

    /// A signal is a fault in C whose line the checked program may tell.
    private boolean isChecked(RunOutcome.NotMeasured outcome) {
        return outcome instanceof RunOutcome.Crashed
                && (plan.isVerified() || outcome.failure().category() == FailureCategory.SIGNAL);
    }

    private Optional<RunOutcome> checkedEncode(StageLimit limit) throws IOException {
        try (ClipReader source = clips.read(plan.clip())) {
            return new CheckedRun(sandbox).encode(job(Stage.ENCODE, limit, 0), source::next);
        }
    }

    private Optional<RunOutcome> checkedDecode(StageLimit limit, byte[] bitstream) {
        return new CheckedRun(sandbox).decode(job(Stage.DECODE, limit, 0), bitstream);
    }

    private Optional<RunOutcome> verify(
            byte[] bitstream, Measurement measurement, StageLimit limit) {
        return new DecodeVerification(sandbox, bitstream, measurement)
                .objection(job(Stage.VERIFY, limit, 1));
    }

    private Measurement measurement(
            Encoded first,
            byte[] bitstream,
            DecodeResult.Decoded decoded,
            ReconstructionMeter meter) {
        Clip clip = plan.clip();
        List<String> labels = new ArrayList<>(screenLabels);
        labels.addAll(first.labels());
        labels.addAll(decoded.labels());
        return new Measurement(
                bitstream.length,
                clip.bitrateKbps(bitstream.length),
                Distortion.of(clip.format(), meter.distortions()),
                first.usage(),
                decoded.usage(),
                first.bitstream(),
                meter.sha256(),
                artifacts.put(FramesTable.write(clip.format(), meter.distortions())),
                labels);
    }

    private CodecJob job(Stage stage, StageLimit limit, long hashSeed) {
        Clip clip = plan.clip();
        IntConsumer frameProgress =
                frame ->
                        progress.report(
                                new Progress.Event.Phase(
                                        experiment.id(),
                                        clip.name(),
                                        plan.quality(),
                                        stage,
                                        frame,
                                        clip.frameCount()));
        frameProgress.accept(0);
        return new CodecJob(
                experiment.proposal().candidate(),
                clip.format(),
                clip.frameCount(),
                plan.quality(),
                limit,
                hashSeed,
                frameProgress,
                build);
    }
}
