package aiv1.proposer.prompt;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.FailureSurvey;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.rd.RatePoint;
import aiv1.proposer.prompt.Prompt.Section;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes prompts: the contract and what the worker offers, which stay the same, then goal,
/// anchors, ideas, failures, parents and the task.
///
/// Everything in a prompt follows from brief, parents and the stored artifacts. Each section has a
/// budget of tokens. Only the campaign's own clips are mentioned.
public final class PromptWriter {
    private static final int IDEAS_TOKEN_COUNT_MAX = 2500;
    private static final int FAILURES_TOKEN_COUNT_MAX = 1500;
    private static final int PARENT_TOKEN_COUNT_MAX = 30_000;
    private static final int REJECTED_TOKEN_COUNT_MAX = 12_000;
    private static final int FAILURE_HISTORY = 50;

    private final WorkerFacts facts;
    private final AnchorCurves curves;
    private final ParentText parentText;

    public PromptWriter(WorkerFacts facts, AnchorCurves curves, ArtifactStore artifacts) {
        this.facts = facts;
        this.curves = curves;
        this.parentText = new ParentText(new RunTable(artifacts, curves));
    }

    /// `parents` best first, as many as the mode needs at least; `retry` is what went wrong with
    /// earlier replies to the same question, told last.
    public Prompt write(Mode mode, Brief brief, List<ExperimentResult> parents, Retry retry) {
        if (parents.size() < mode.parentCount()) {
            throw new IllegalArgumentException(
                    "prompt %s: expected at least %d parents, got %d"
                            .formatted(mode.label(), mode.parentCount(), parents.size()));
        }
        List<ExperimentResult> shown =
                parents.subList(0, Math.min(shownCount(mode), parents.size()));
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("goal", goal(brief)));
        sections.add(new Section("anchors", anchors(brief)));
        String ideas = Ideas.text(brief, shown);
        if (!ideas.isEmpty()) {
            sections.add(new Section("ideas tried", Cut.to(ideas, IDEAS_TOKEN_COUNT_MAX)));
        }
        String failures = failures(brief);
        if (!failures.isEmpty()) {
            sections.add(new Section("failures", Cut.to(failures, FAILURES_TOKEN_COUNT_MAX)));
        }
        for (int i = 0; i < shown.size(); i++) {
            sections.add(
                    new Section(
                            "codec " + (i + 1),
                            Cut.to(
                                    parentText.of(shown.get(i), shown.subList(0, i), brief),
                                    PARENT_TOKEN_COUNT_MAX)));
        }
        sections.add(new Section("task", TaskText.of(mode, brief, shown)));
        if (!retry.rejected().isEmpty()) {
            sections.add(new Section("earlier replies", rejected(retry)));
        }
        return new Prompt(mode, Templates.version(), system(brief), sections);
    }

    private static int shownCount(Mode mode) {
        return switch (mode) {
            case NOTHING -> 0;
            case IMPROVE, REPAIR, EXPLORE -> 1;
            case CROSS -> 2;
        };
    }

    /// All reasons, and the last reply itself, which the next one should mend.
    private static String rejected(Retry retry) {
        StringBuilder text =
                new StringBuilder("\n# Your earlier replies to this could not be used\n\n");
        for (Retry.Rejected rejected : retry.rejected()) {
            text.append("- ").append(rejected.reason()).append('\n');
        }
        String reply = Cut.to(retry.rejected().getLast().reply(), REJECTED_TOKEN_COUNT_MAX);
        String fence = ParentText.fence(reply);
        text.append("\nThe last of them, as it came:\n\n")
                .append(fence)
                .append('\n')
                .append(reply.stripTrailing())
                .append('\n')
                .append(fence)
                .append(
                        "\n\nNothing of it is kept: send your reply whole, in the form described above. %s\n"
                                .formatted(
                                        retry.repliesLeft() == 1
                                                ? "This is the last reply that is taken."
                                                : "%d more replies are taken."
                                                        .formatted(retry.repliesLeft())));
        return text.toString();
    }

    private String system(Brief brief) {
        Map<String, String> places = new HashMap<>();
        places.put("python", facts.python());
        places.put("numpy", facts.numpy());
        places.put(
                "scipy",
                facts.scipy().equals(WorkerFacts.ABSENT) ? "" : ", scipy " + facts.scipy());
        places.put("limit_class", brief.limitClass().label());
        places.put("limits", limits(brief));
        places.put("anchor", brief.anchors().getFirst());
        places.put(
                "numba",
                facts.hasNumba()
                        ? Templates.fill("numba.md", Map.of("version", facts.numba()))
                        : "");
        places.put("c", facts.hasC() ? Templates.fill("c.md", Map.of("version", facts.gcc())) : "");
        places.put("or_c", facts.hasC() ? " (or in C, see below)" : "");
        places.put("or_compile", facts.hasNumba() ? ", or compile them" : "");
        places.put(
                "no_more",
                facts.hasNumba() || facts.hasC() ? "" : ". No other package, no compiler");
        return Templates.fill("system.md", places);
    }

    private static String limits(Brief brief) {
        StringBuilder text = new StringBuilder();
        for (Clip clip : brief.clips()) {
            StageLimit encode = brief.limitClass().encodeLimit(clip);
            StageLimit decode = brief.limitClass().decodeLimit(clip);
            text.append(
                    "  - %s: encode at most %d s, decode at most %d s%n"
                            .formatted(
                                    clip.name(),
                                    encode.cpuTimeMax().toSeconds(),
                                    decode.cpuTimeMax().toSeconds()));
        }
        return text.toString().replace(System.lineSeparator(), "\n").stripTrailing();
    }

    private static String goal(Brief brief) {
        StringBuilder text = new StringBuilder("# The goal\n\n");
        text.append(brief.goal()).append(".\nThis is proposal ");
        text.append(brief.index() + 1).append(" of ").append(brief.experimentCountMax());
        text.append(". The clips:\n");
        for (Clip clip : brief.clips()) {
            text.append(
                    "- %s: %s, %d frames at %s frames/s\n"
                            .formatted(
                                    clip.name(),
                                    clip.format(),
                                    clip.frameCount(),
                                    clip.format().frameRate()));
        }
        return text.toString();
    }

    private String anchors(Brief brief) {
        StringBuilder text =
                new StringBuilder(
                        "\n# What the anchors reach\n\nkbit/s at PSNR-YUV in dB; `%s` is the one you are scored against.\n"
                                .formatted(brief.anchors().getFirst()));
        for (Clip clip : brief.clips()) {
            for (String anchor : brief.anchors()) {
                List<RatePoint> points = curves.of(anchor, clip).points();
                text.append("- %s, %s: ".formatted(clip.name(), anchor));
                text.append(
                        points.stream().map(PromptWriter::words).collect(Collectors.joining("; ")));
                text.append('\n');
            }
            text.append(range(clip, curves.of(brief.anchors().getFirst(), clip).points()));
        }
        return text.toString();
    }

    private static String words(RatePoint point) {
        return String.format(Locale.ROOT, "%.0f at %.2f", point.bitrateKbps(), point.quality());
    }

    private static String range(Clip clip, List<RatePoint> points) {
        DoubleSummaryStatistics range =
                points.stream().mapToDouble(RatePoint::quality).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "  Your five qualities should cover %.1f to %.1f dB on %s.%n",
                range.getMin(),
                range.getMax(),
                clip.name());
    }

    private static String failures(Brief brief) {
        List<ExperimentResult> history = brief.history();
        FailureSurvey survey =
                FailureSurvey.of(
                        history.subList(
                                Math.max(0, history.size() - FAILURE_HISTORY), history.size()));
        if (survey.classes().isEmpty()) {
            return "";
        }
        StringBuilder text =
                new StringBuilder(
                        "\n# Failures not to repeat\n\n%d of the last %d codecs failed.\n"
                                .formatted(survey.failedCount(), survey.experimentCount()));
        survey.shared().forEach(sentence -> text.append(sentence).append(".\n"));
        for (FailureSurvey.FailureClass group : survey.classes()) {
            text.append("- %d times: %s\n".formatted(group.count(), group.example().summary()));
            sourceLine(history, group)
                    .ifPresent(line -> text.append("  the line: `").append(line).append("`\n"));
        }
        return text.toString();
    }

    private static Optional<String> sourceLine(
            List<ExperimentResult> history, FailureSurvey.FailureClass group) {
        return history.stream()
                .filter(result -> result.experiment().id().equals(group.latest()))
                .findFirst()
                .flatMap(result -> ParentText.failingLine(result, group.example()));
    }
}
