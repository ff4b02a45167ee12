package aiv1.cli.command;

import aiv1.cli.lab.Evaluators;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.LadderPlace;
import aiv1.cli.terminal.LiveRuns;
import aiv1.cli.terminal.ResultText;
import aiv1.cli.terminal.Screen;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunOutcome;
import aiv1.media.Anchor;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = "Evaluates one codec of yours on real clips and stores the result.",
        footer = {
            "",
            "Example:",
            "  aiv1 evaluate my-codec/ --clip flower --frames 10",
            "",
            "Exit: 0 measured; 1 not measured, the output says why."
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Mixin private GlobalOptions global = new GlobalOptions();
    @Mixin private ClipOptions clips = new ClipOptions();

    @Parameters(
            paramLabel = "CANDIDATE",
            description =
                    "Folder with encoder.py, decoder.py and perhaps common.py; or a JSON file.")
    private Path candidate = Path.of("");

    @Option(
            names = "--contract",
            paramLabel = "NAME",
            description = "How it is called: native, c3, c5 or c6; else told from its functions.")
    private @Nullable String contract;

    @Override
    public Integer call() {
        Proposal proposal = CandidateFolder.read(candidate, Optional.ofNullable(contract));
        try (Lab lab = new Lab(global.configuration(clips.flags()));
                Interrupts interrupts = Interrupts.install()) {
            Experiment experiment =
                    new Experiment(
                            newId(),
                            Optional.empty(),
                            proposal,
                            lab.chosen().clips(),
                            lab.chosen().anchors(),
                            lab.chosen().limitClass());
            Screen screen = global.screen();
            LiveRuns live = new LiveRuns(screen, global.isQuiet());
            interrupts.onFirst(Thread.currentThread()::interrupt);
            ExperimentResult result =
                    lab.evaluator(Evaluators.IN_PROCESS).evaluate(experiment, live);
            live.end();
            if (result.stopper().orElse(null) instanceof RunOutcome.Cancelled) {
                System.err.println("aiv1: stopped; nothing was stored");
                return ExitCode.INTERRUPTED;
            }
            lab.ledger().append(result);
            print(lab, result);
            if (result.stopper().orElse(null) instanceof RunOutcome.LabFault) {
                return ExitCode.LAB_FAULT;
            }
            return result.isMeasured() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void print(Lab lab, ExperimentResult result) {
        List<String> ladder = lab.catalogue().anchors().stream().map(Anchor::name).toList();
        System.out.println(
                global.isJson()
                        ? Json.pretty(ExperimentJson.write(result))
                        : ResultText.of(result, LadderPlace.of(result, ladder)));
    }

    private static ExperimentId newId() {
        byte[] salt = new byte[4];
        new SecureRandom().nextBytes(salt);
        return new ExperimentId(
                "e-" + STAMP.format(Instant.now()) + "-" + HexFormat.of().formatHex(salt));
    }
}
