package aiv1.sandbox;

import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Stage;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a checked program in C says of itself when it stops: `decoder.c:12:5: runtime error: ...`.
///
/// It is a candidate's own log and taken for its text only: whoever writes such a line by hand
/// fails by it.
final class UndefinedBehaviour {
    private static final Pattern REPORT =
            Pattern.compile(
                    "^(?:/build/)?(encoder\\.c|decoder\\.c|common\\.h):(\\d{1,8}):\\d{1,8}:"
                            + " runtime error: (.{1,1000})",
                    Pattern.MULTILINE);

    private UndefinedBehaviour() {}

    static Optional<Failure> find(Stage stage, String log) {
        Matcher report = REPORT.matcher(log);
        if (!report.find()) {
            return Optional.empty();
        }
        Optional<Part> part =
                Arrays.stream(Part.values())
                        .filter(known -> known.label().equals(report.group(1)))
                        .findFirst();
        return Optional.of(
                new Failure(
                        stage,
                        FailureCategory.UNDEFINED_BEHAVIOUR,
                        report.group(3),
                        Optional.empty(),
                        part,
                        Optional.empty(),
                        OptionalInt.of(Integer.parseInt(report.group(2))),
                        "",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
