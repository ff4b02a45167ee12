package aiv1.sandbox;

import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Stage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What checked C, a program or the functions of a part in Python, says of itself when it stops:
/// `decoder.c:12:5: runtime error: ...`, or `memory fault: ...` with the lines that led to it.
///
/// It is a candidate's own log and taken for its text only: whoever writes such a line by hand
/// fails by it.
final class UndefinedBehaviour {
    private static final Pattern REPORT =
            Pattern.compile(
                    "^(?:/build/)?(encoder\\.c|decoder\\.c|common\\.h|(?:encoder|decoder|common)\\.py):(\\d{1,8}):\\d{1,8}:"
                            + " runtime error: (.{1,1000})",
                    Pattern.MULTILINE);

    /// The first line of the candidate's own among those that lead to the fault.
    private static final Pattern FAULT =
            Pattern.compile(
                    "^memory fault: (.{1,200})\n(?:.{0,400}\n){0,12}?"
                            + "(?:/build/)?(encoder\\.c|decoder\\.c|common\\.h):(\\d{1,8})\\b",
                    Pattern.MULTILINE);

    private UndefinedBehaviour() {}

    static Optional<Failure> find(Stage stage, String log) {
        Matcher report = REPORT.matcher(log);
        if (report.find()) {
            return Optional.of(failure(stage, report.group(3), report.group(1), report.group(2)));
        }
        Matcher fault = FAULT.matcher(log);
        return fault.find()
                ? Optional.of(failure(stage, fault.group(1), fault.group(2), fault.group(3)))
                : Optional.empty();
    }

    private static Failure failure(Stage stage, String message, String file, String line) {
        return Failure.of(stage, FailureCategory.UNDEFINED_BEHAVIOUR, message)
                .withPlace(Verdict.partOfFile(file), Optional.empty(), Integer.parseInt(line));
    }
}
