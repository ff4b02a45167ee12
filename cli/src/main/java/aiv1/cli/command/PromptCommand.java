package aiv1.cli.command;

import aiv1.campaign.Turn;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Proposers;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.proposer.ModelProposer;
import aiv1.proposer.Question;
import aiv1.proposer.prompt.Mode;
import aiv1.proposer.prompt.Prompt;
import aiv1.proposer.prompt.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prompt",
        description = "What language models are asked.",
        subcommands = PromptCommand.Show.class)
final class PromptCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new ConfigurationException(List.of("prompt: expected 'show MODE'"));
    }

    @Command(
            name = "show",
            description =
                    "Prints what a model would be sent now; the tokens of each section go to standard error.",
            footer = {"", "Example:", "  aiv1 prompt show improve --campaign c-20260101-120000"})
    static final class Show implements Callable<Integer> {
        private static final String NEXT = "next";

        @Mixin private GlobalOptions global = new GlobalOptions();
        @Mixin private ClipOptions clips = new ClipOptions();

        @Parameters(
                arity = "0..1",
                paramLabel = "MODE",
                defaultValue = NEXT,
                description =
                        "nothing, improve, cross, repair, explore, or next: what chance has in store (default).")
        private String mode = NEXT;

        @Option(
                names = "--campaign",
                paramLabel = "ID",
                description = "As the next proposal of this campaign (default: the newest).")
        private @Nullable String campaign;

        @Override
        public Integer call() {
            Optional<Mode> asked = Mode.find(mode);
            if (asked.isEmpty() && !mode.equals(NEXT)) {
                throw problem(
                        "mode: expected one of %s, next, got '%s'"
                                .formatted(
                                        Arrays.stream(Mode.values())
                                                .map(Mode::label)
                                                .collect(Collectors.joining(", ")),
                                        mode));
            }
            try (Lab lab = new Lab(global.configuration(clips.flags()))) {
                Optional<Campaign> known = campaign(lab);
                List<ExperimentResult> history =
                        known.map(found -> lab.ledger().results(found.id())).orElse(List.of());
                Campaign from = known.orElseGet(() -> none(lab));
                Turn turn = next(from, history, lab.flags()::contains);
                Question question =
                        asked.map(given -> Question.of(given, turn.brief(), turn.parents()))
                                .orElseGet(
                                        () ->
                                                Question.choose(
                                                        turn.brief(),
                                                        turn.parents(),
                                                        Proposers.repairs(lab)));
                int needed = question.mode().parentCount();
                if (question.shown().size() < needed) {
                    throw problem(
                            "prompt show %s: expected a campaign with %d %s, got %d"
                                    .formatted(
                                            question.mode().label(),
                                            needed,
                                            question.mode() == Mode.REPAIR
                                                    ? "failed codec"
                                                    : "measured codecs",
                                            question.shown().size()));
                }
                print(
                        Proposers.prompts(lab)
                                .write(
                                        question.mode(),
                                        turn.brief(),
                                        question.shown(),
                                        Retry.none(ModelProposer.Limits.USUAL.replyCountMax())));
                return ExitCode.DONE;
            }
        }

        /// A finished campaign is asked about as if it had one more experiment.
        private static Turn next(
                Campaign campaign,
                List<ExperimentResult> history,
                Predicate<ExperimentId> isFlagged) {
            return Turn.next(
                    campaign.withExperimentCountMax(
                            Math.max(campaign.experimentCountMax(), history.size() + 1)),
                    history,
                    isFlagged);
        }

        private Optional<Campaign> campaign(Lab lab) {
            List<Campaign> all = lab.ledger().campaigns();
            if (campaign == null) {
                return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
            }
            return Optional.of(lab.campaign(campaign, "--campaign"));
        }

        private static Campaign none(Lab lab) {
            return new Campaign(
                    new CampaignId("c-none"),
                    CampaignChoice.GOAL,
                    lab.configuration().whole(Keys.SEED),
                    lab.configuration().positive(Keys.EXPERIMENTS),
                    "inventor",
                    lab.chosen().clips(),
                    lab.chosen().anchors(),
                    lab.chosen().limitClass(),
                    1,
                    Duration.ZERO,
                    Instant.EPOCH);
        }

        private void print(Prompt prompt) {
            System.out.println(prompt.text());
            TextTable table = new TextTable().left("section").right("tokens (estimated)");
            table.row("system", Integer.toString(Prompt.estimate(prompt.system())));
            for (Prompt.Section section : prompt.sections()) {
                table.row(section.name(), Integer.toString(section.estimatedTokens()));
            }
            table.row("all", Integer.toString(prompt.estimatedTokens()));
            if (!global.isQuiet()) {
                System.err.println(table);
                System.err.println("prompt files: version " + prompt.template());
            }
        }

        private static ConfigurationException problem(String text) {
            return new ConfigurationException(List.of(text));
        }
    }
}
