package aiv1.dashboard;

import aiv1.domain.ArtifactId;
import aiv1.domain.Sha256;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.LimitClass;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageMoment;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.Distortion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// A campaign, candidates and results for the page to show, each a little different from the next.
public final class PageResults {
    public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    public static final String CLIP = "flower";

    /// Text as a hostile candidate or model may write it. None of it may ever become markup.
    public static final String HOSTILE =
            "<img src=x onerror=\"window.hit=1\"><script>window.hit=2</script>"
                    + "<svg onload=window.hit=3></svg> \"onmouseover=\"window.hit=4"
                    + " javascript:window.hit=5 {{7*7}} ${7*7} </textarea></title>&lt;b&gt;";

    private static final String ANCHOR = "x264-medium";
    private static final String DECODER = "def decode(bitstream):\n    return [bitstream]\n";

    private PageResults() {}

    public static Campaign campaign(CampaignId id) {
        return new Campaign(
                id,
                "the lowest BD-rate",
                7,
                100,
                "inventor",
                List.of(clip()),
                List.of(ANCHOR),
                LimitClass.LIGHT,
                1,
                Duration.ZERO,
                START);
    }

    /// A campaign whose every name is hostile.
    public static Campaign hostileCampaign(CampaignId id) {
        Clip clip = clip();
        return new Campaign(
                id,
                HOSTILE,
                7,
                100,
                HOSTILE,
                List.of(
                        new Clip(
                                clip.id(),
                                HOSTILE,
                                clip.format(),
                                clip.frameCount(),
                                new ClipOrigin(HOSTILE, HOSTILE, HOSTILE))),
                List.of(HOSTILE),
                LimitClass.LIGHT,
                1,
                Duration.ZERO,
                START.plusSeconds(1));
    }

    /// Proposal number `index`, a child of the one before.
    public static Proposal proposal(int index) {
        return proposal(
                "def encode(clip, quality):\n    return bytes(%d)\n".formatted(index % 20),
                "Changed: step %d instead of %d.".formatted(index % 20, index % 20 + 1),
                index % 20 == 0 ? List.of() : List.of(candidate((index - 1) % 20)));
    }

    public static Proposal hostile() {
        return proposal("# " + HOSTILE + "\n", HOSTILE, List.of());
    }

    private static Proposal proposal(String encoder, String rationale, List<CandidateId> parents) {
        return new Proposal(
                new Candidate(
                        Map.of(Part.ENCODER, encoder, Part.DECODER, DECODER), Contract.NATIVE),
                rationale,
                parents,
                "inventor");
    }

    private static CandidateId candidate(int index) {
        return proposal(index).candidate().id();
    }

    /// Result number `index`; every seventh is of a candidate that crashed with a hostile message.
    public static ExperimentResult result(CampaignId campaign, int index, Proposal proposal) {
        return result(index, campaign.experimentId(index), Optional.of(campaign), proposal);
    }

    /// The same under another id, of that campaign or none.
    static ExperimentResult result(
            int index, ExperimentId id, Optional<CampaignId> owner, Proposal proposal) {
        boolean isCrashed = index % 7 == 6;
        List<RunResult> runs = new ArrayList<>();
        for (int quality = 0; quality < Experiment.QUALITY_COUNT; quality++) {
            boolean isBad = isCrashed && quality == 2;
            runs.add(new RunResult(CLIP, quality, isBad ? crashed() : measured(index, quality)));
        }
        List<BdEntry> rates =
                isCrashed
                        ? List.of()
                        : List.of(rate(RateKind.STREAM, index), rate(RateKind.TOTAL, index));
        return new ExperimentResult(
                new Experiment(
                        id, owner, proposal, List.of(clip()), List.of(ANCHOR), LimitClass.LIGHT),
                Optional.empty(),
                runs,
                rates,
                OptionalLong.of(5000 + index),
                Optional.empty(),
                new Provenance("build", "metrics/1", "B", "ffmpeg", "3.11.2", "1.24.2", "here"),
                START.plusSeconds(30L * index),
                List.of(
                        new StageMoment(Stage.ENCODE, 2, START.plusSeconds(30L * index + 1)),
                        new StageMoment(Stage.DECODE, 2, START.plusSeconds(30L * index + 9))),
                START.plusSeconds(30L * index + 20));
    }

    private static BdEntry rate(RateKind kind, int index) {
        double percent = 40 + index * 7919 % 400 / 10.0;
        return new BdEntry(
                CLIP, ANCHOR, BdEntry.PSNR_YUV, kind, new BdRate.Percent(percent, percent, 0.9));
    }

    private static RunOutcome crashed() {
        return new RunOutcome.Crashed(
                Failure.of(Stage.DECODE, FailureCategory.EXCEPTION, "bad: " + HOSTILE));
    }

    private static RunOutcome measured(int index, int quality) {
        double db = 30 + 3 * quality + index % 50 / 100.0;
        return new RunOutcome.Measured(
                new Measurement(
                        10_000L << quality,
                        80.0 * (1 << quality),
                        new Distortion(db, 36.0, 36.4, db - 0.1, 35.9, 36.3, 0.91),
                        new Usage(Duration.ofSeconds(4), Duration.ofSeconds(4), 90 << 20),
                        new Usage(Duration.ofMillis(1000), Duration.ofMillis(1100), 80 << 20),
                        new ArtifactId(Sha256.of("bitstream")),
                        Sha256.of("reconstruction"),
                        ArtifactId.of(frames()),
                        List.of()));
    }

    /// The table of each run's frames. An answered question; every second one came to nothing,
    /// every third one's price is unknown.
    public static ModelCall call(CampaignId campaign, int index) {
        return new ModelCall(
                campaign,
                campaign.experimentId(index),
                0,
                "openai",
                "a-model",
                "improve",
                "template",
                new ArtifactId("aa".repeat(32)),
                new ArtifactId("bb".repeat(32)),
                StopReason.END,
                new TokenUsage(1000, 200, 30, 4),
                index % 3 == 2 ? OptionalDouble.empty() : OptionalDouble.of(0.25),
                Duration.ofMillis(1500),
                index % 2 == 1 ? Optional.of("no decoder") : Optional.empty(),
                START);
    }

    public static byte[] frames() {
        return "frame,sse_y,sse_u,sse_v,psnr_y_db,psnr_u_db,psnr_v_db,ssim_y\n0,100,50,50,34.100000,36.000000,36.400000,0.910000000\n1,120,50,50,33.900000,36.000000,36.400000,0.900000000\n"
                .getBytes(StandardCharsets.UTF_8);
    }

    public static List<AnchorCurves.Point> anchor(String name) {
        double scale = name.length() / 11.0;
        return IntStream.range(0, 5)
                .mapToObj(
                        at ->
                                new AnchorCurves.Point(
                                        37 - 5 * at,
                                        scale * 60 * (1 << at),
                                        31 + 3 * at,
                                        30 + 3 * at,
                                        0.9 + at * 0.02))
                .toList();
    }

    private static Clip clip() {
        return new Clip(
                new ClipId(Sha256.of(CLIP)),
                CLIP,
                new VideoFormat(96, 64, new FrameRate(30, 1)),
                30,
                new ClipOrigin("https://example.org/flower", "CC BY 4.0", "as it is"));
    }
}
