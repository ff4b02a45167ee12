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
import java.util.function.Supplier;

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
    private Optional<Measurement> measured = Optional.empty();

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
                        Optional.of(explained(stopped.outcome(), this::encodeChecked));
                case EncodeResult.Encoded result -> {
                    encoded =
                            Optional.of(
                                    new Encoded(
                                            artifacts.put(result.bitstream()),
                                            result.usage(),
                                            result.labels()));
                    yield Optional.empty();
                }
            };
        } catch (IOException e) {
            throw new LabFaultException(plan.clip().name() + ": " + e.getMessage(), e);
        }
    }

    /// The second step, for a run that is encoded. What is plausible of a verified one is judged
    /// after its other objections.
    RunOutcome decode() {
        byte[] bitstream = bitstream();
        StageLimit limit = experiment.limitClass().decodeLimit(plan.clip());
        try (ClipReader source = clips.read(plan.clip())) {
            ReconstructionMeter meter = new ReconstructionMeter(plan.clip().format(), source::next);
            return switch (sandbox.decode(job(Stage.DECODE, limit, 0), bitstream, meter)) {
                case DecodeResult.Stopped stopped ->
                        explained(stopped.outcome(), this::decodeChecked);
                case DecodeResult.Decoded decoded -> {
                    Measurement measurement = measurement(bitstream, decoded, meter);
                    measured = Optional.of(measurement);
                    yield plan.isVerified()
                            ? new RunOutcome.Measured(measurement)
                            : Plausibility.objection(measurement)
                                    .orElseGet(() -> new RunOutcome.Measured(measurement));
                }
            };
        } catch (IOException e) {
            throw new LabFaultException(plan.clip().name() + ": " + e.getMessage(), e);
        }
    }

    /// What may stand against a run that was measured: each looks by itself, and the first one that
    /// finds something counts. Three prove that the bitstream is decoded, and decoded the same each
    /// time.
    List<Supplier<Optional<RunOutcome>>> objections() {
        byte[] bitstream = bitstream();
        Measurement measurement = measured.orElseThrow();
        StageLimit limit = experiment.limitClass().decodeLimit(plan.clip());
        DecodeVerification verification =
                new DecodeVerification(
                        sandbox, job(Stage.VERIFY, limit, 1), bitstream, measurement);
        return List.of(
                this::decodeChecked,
                verification::repeated,
                verification::inverted,
                verification::halved,
                () -> Plausibility.objection(measurement));
    }

    /// Encodes once more with the checked program or functions, if there are any; gives what stands
    /// against the run.
    Optional<Supplier<Optional<RunOutcome>>> checkedEncode() {
        boolean isChecked =
                CheckedRun.isPossible(build, experiment.proposal().candidate().encoderPart());
        return isChecked ? Optional.of(this::encodeChecked) : Optional.empty();
    }

    private Optional<RunOutcome> encodeChecked() {
        StageLimit limit = experiment.limitClass().encodeLimit(plan.clip());
        try (ClipReader source = clips.read(plan.clip())) {
            return new CheckedRun(sandbox).encode(job(Stage.ENCODE, limit, 0), source::next);
        } catch (IOException e) {
            throw new LabFaultException(plan.clip().name() + ": " + e.getMessage(), e);
        }
    }

    private Optional<RunOutcome> decodeChecked() {
        StageLimit limit = experiment.limitClass().decodeLimit(plan.clip());
        return new CheckedRun(sandbox).decode(job(Stage.DECODE, limit, 0), bitstream());
    }

    /// A signal is a fault in C whose line the checked program may tell.
    private RunOutcome explained(
            RunOutcome.NotMeasured outcome, Supplier<Optional<RunOutcome>> checked) {
        boolean mayTell =
                outcome instanceof RunOutcome.Crashed
                        && (plan.isVerified()
                                || outcome.failure().category() == FailureCategory.SIGNAL);
        return mayTell ? checked.get().orElse(outcome) : outcome;
    }

    private byte[] bitstream() {
        ArtifactId id = encoded.orElseThrow().bitstream();
        return artifacts
                .find(id)
                .orElseThrow(
                        () ->
                                new LabFaultException(
                                        "%s: expected the bitstream %s, got none"
                                                .formatted(plan.clip().name(), id.sha256())));
    }

    private Measurement measurement(
            byte[] bitstream, DecodeResult.Decoded decoded, ReconstructionMeter meter) {
        Clip clip = plan.clip();
        Encoded first = encoded.orElseThrow();
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
