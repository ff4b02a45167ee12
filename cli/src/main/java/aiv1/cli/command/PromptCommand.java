package aiv1.cli.command;

import aiv1.campaign.Ranking;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Proposers;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.proposer.prompt.Mode;
import aiv1.proposer.prompt.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        @Mixin private GlobalOptions global = new GlobalOptions();
        @Mixin private ClipOptions clips = new ClipOptions();

        @Parameters(
                paramLabel = "MODE",
                description = "nothing, improve, cross, repair or explore.")
        private String mode = "";

        @Option(
                names = "--campaign",
                paramLabel = "ID",
                description = "As the next proposal of this campaign (default: the newest).")
        private @Nullable String campaign;

        @Override
        public Integer call() {
            Mode asked =
                    Mode.find(mode)
                            .orElseThrow(
                                    () ->
                                            problem(
                                                    "mode: expected one of %s, got '%s'"
                                                            .formatted(
                                                                    Arrays.stream(Mode.values())
                                                                            .map(Mode::label)
                                                                            .collect(
                                                                                    Collectors
                                                                                            .joining(
                                                                                                    ", ")),
                                                                    mode)));
            try (Lab lab = new Lab(global.configuration(clips.flags()))) {
                Optional<Campaign> known = campaign(lab);
                List<ExperimentResult> history =
                        known.map(found -> lab.ledger().results(found.id())).orElse(List.of());
                Campaign from = known.orElseGet(() -> none(lab));
                Brief brief =
                        new Brief(
                                from.id(),
                                from.goal(),
                                history.size(),
                                Math.max(from.experimentCountMax(), history.size() + 1),
                                Seeds.at(from.seed(), history.size()),
                                from.clips(),
                                from.anchors(),
                                from.limitClass(),
                                history.stream()
                                        .map(r -> r.experiment().proposal().candidate().id())
                                        .collect(Collectors.toSet()),
                                history);
                List<ExperimentResult> parents = parents(asked, from, history);
                if (parents.size() < asked.parentCount()) {
                    throw problem(
                            "prompt show %s: expected a campaign with %d %s, got %d"
                                    .formatted(
                                            asked.label(),
                                            asked.parentCount(),
                                            asked == Mode.REPAIR ? "failed codec" : "ranked codecs",
                                            parents.size()));
                }
                print(Proposers.prompts(lab).write(asked, brief, parents, List.of()));
                return ExitCode.DONE;
            }
        }

        private static List<ExperimentResult> parents(
                Mode mode, Campaign campaign, List<ExperimentResult> history) {
            return mode == Mode.REPAIR
                    ? history.reversed().stream()
                            .filter(result -> !result.isMeasured())
                            .limit(1)
                            .toList()
                    : new Ranking(campaign.rankingAnchor())
                            .rank(history).stream().limit(2).toList();
        }

        private Optional<Campaign> campaign(Lab lab) {
            List<Campaign> all = lab.ledger().campaigns();
            if (campaign == null) {
                return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
            }
            return Optional.of(
                    all.stream()
                            .filter(known -> known.id().value().equals(campaign))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            problem(
                                                    "--campaign: expected a campaign of this home, got '%s'"
                                                            .formatted(campaign))));
        }

        private static Campaign none(Lab lab) {
            return new Campaign(
                    new CampaignId("c-none"),
                    RunCommand.GOAL,
                    lab.configuration().whole(Keys.SEED),
                    lab.configuration().positive(Keys.EXPERIMENTS),
                    "inventor",
                    lab.chosenClips(),
                    lab.chosenAnchors(),
                    lab.limitClass(),
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
