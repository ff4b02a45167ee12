package aiv1.dashboard.report;

import aiv1.dashboard.AnchorCurves;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a campaign found, as one HTML file: it loads nothing, runs no script, and can be read from
/// disk years later.
///
/// `ranked` are the measured results that have a place, best first; `results` all of them, oldest
/// first.
public record CampaignReport(
        Campaign campaign,
        List<ExperimentResult> results,
        List<ExperimentResult> ranked,
        AnchorCurves anchors,
        ArtifactStore artifacts) {
    private static final int RANK_COUNT_MAX = 20;

    public CampaignReport {
        results = List.copyOf(results);
        ranked = List.copyOf(ranked);
    }

    /// The file's text; `madeAt` is told in it.
    public String html(Instant madeAt) {
        Markup out = new Markup();
        out.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        out.raw(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.element("title", "AiV1 " + campaign.id());
        out.raw("<style>\n").raw(style()).raw("</style></head><body><main>\n");
        out.element("h1", campaign.id().value());
        out.element("p class=\"q\"", campaign.goal());
        verdict(out);
        if (!ranked.isEmpty()) {
            new BestPart(ranked.getFirst(), anchors, artifacts).write(out);
            ranking(out);
        }
        failures(out);
        if (!ranked.isEmpty()) {
            code(out, ranked.getFirst().experiment().proposal().candidate());
        }
        provenance(out, madeAt);
        return out.raw("</main></body></html>\n").toString();
    }

    private void verdict(Markup out) {
        long measured = results.stream().filter(ExperimentResult::isMeasured).count();
        out.raw("<p class=\"v\">");
        if (ranked.isEmpty()) {
            out.text("No experiment was measured and ranked.");
        } else {
            ExperimentResult best = ranked.getFirst();
            out.text("Best: ").element("b", best.experiment().id().value());
            out.text(
                    "BD-rate %s %% against %s, stream and decoder (%s %% stream alone), PSNR-YUV, mean over %d clips. Lower is better."
                            .formatted(
                                    signed(mean(best, RateKind.TOTAL)),
                                    campaign.rankingAnchor(),
                                    signed(mean(best, RateKind.STREAM)),
                                    campaign.clips().size()));
        }
        out.text(
                " %d experiments, %d measured, %d not."
                        .formatted(results.size(), measured, results.size() - measured));
        out.raw("</p>\n");
    }

    private void ranking(Markup out) {
        out.element("h2", "Ranking");
        out.raw("<table>");
        out.row(
                "th",
                "rank",
                "experiment",
                "BD-rate total %",
                "BD-rate stream %",
                "decoder B",
                "what it is");
        for (int at = 0; at < Math.min(RANK_COUNT_MAX, ranked.size()); at++) {
            ExperimentResult one = ranked.get(at);
            out.row(
                    "td",
                    Integer.toString(at + 1),
                    one.experiment().id().value(),
                    signed(mean(one, RateKind.TOTAL)),
                    signed(mean(one, RateKind.STREAM)),
                    one.decoderBytes().isPresent()
                            ? Long.toString(one.decoderBytes().getAsLong())
                            : "\u2014 (not taken)",
                    one.experiment().proposal().rationale().lines().findFirst().orElse(""));
        }
        out.raw("</table>\n");
        if (ranked.size() > RANK_COUNT_MAX) {
            out.element(
                    "p class=\"q\"",
                    "The first %d of %d.".formatted(RANK_COUNT_MAX, ranked.size()));
        }
    }

    private void failures(Markup out) {
        Map<String, Long> counts =
                results.stream()
                        .flatMap(result -> result.stopper().stream())
                        .collect(
                                Collectors.groupingBy(
                                        RunOutcome::label, TreeMap::new, Collectors.counting()));
        out.element("h2", "What was not measured");
        if (counts.isEmpty()) {
            out.element("p class=\"q\"", "Everything was measured.");
            return;
        }
        out.raw("<table>").row("th", "outcome", "experiments");
        counts.forEach(
                (outcome, count) -> out.row("td", outcome.replace('_', ' '), count.toString()));
        out.raw("</table>\n");
    }

    private static void code(Markup out, Candidate candidate) {
        out.element("h2", "Code of the best");
        for (Part part : Part.values()) {
            candidate
                    .source(part)
                    .ifPresent(
                            text -> {
                                out.raw("<details><summary>").text(part.fileName());
                                out.raw("</summary><pre>").text(text).raw("</pre></details>\n");
                            });
        }
    }

    private void provenance(Markup out, Instant madeAt) {
        out.element("h2", "Provenance");
        out.raw("<table>");
        out.row("td", "campaign began", campaign.startedAt().toString());
        out.row("td", "seed", "seed " + campaign.seed());
        out.row("td", "proposer", campaign.proposer());
        out.row("td", "anchors", String.join(", ", campaign.anchors()));
        for (Clip clip : campaign.clips()) {
            out.row(
                    "td",
                    "clip " + clip.name(),
                    "%d x %d, %d frames, %s, SHA-256 %s"
                            .formatted(
                                    clip.format().width(),
                                    clip.format().height(),
                                    clip.frameCount(),
                                    clip.origin().licence(),
                                    clip.id().sha256()));
        }
        if (!ranked.isEmpty()) {
            Provenance made = ranked.getFirst().provenance();
            out.row("td", "build", made.build());
            out.row("td", "metrics", made.metrics());
            out.row("td", "sandbox tier", made.sandboxTier());
            out.row("td", "ffmpeg", made.ffmpeg());
            out.row("td", "python, numpy", made.python() + ", " + made.numpy());
            out.row("td", "worker", made.worker());
        }
        out.row("td", "this file made", madeAt.toString());
        out.raw("</table>\n");
    }

    private OptionalDouble mean(ExperimentResult result, RateKind rate) {
        return result.meanBdRatePercent(campaign.rankingAnchor(), rate);
    }

    static String signed(OptionalDouble percent) {
        return percent.isPresent()
                ? String.format(Locale.ROOT, "%+.1f", percent.getAsDouble()).replace('-', '\u2212')
                : "\u2014 (not measured)";
    }

    private static String style() {
        try (InputStream in =
                Objects.requireNonNull(
                        CampaignReport.class.getResourceAsStream("report.css"), "report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
