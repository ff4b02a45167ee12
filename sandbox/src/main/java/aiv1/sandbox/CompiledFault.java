package aiv1.sandbox;

import aiv1.domain.experiment.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Python's faulthandler writes when compiled code dies of a signal: the line that called it.
///
/// Like any log of a candidate's it is taken for its text only.
final class CompiledFault {
    private static final Pattern TRACE =
            Pattern.compile(
                    "^Fatal Python error: .{1,200}\n(?:.{0,400}\n){0,40}?"
                            + "  File \"((?:encoder|decoder|common)\\.py)\", line (\\d{1,8}) in (.{1,200})$",
                    Pattern.MULTILINE);

    private CompiledFault() {}

    /// The failure with the candidate's innermost line, where the log tells it.
    static Failure placed(Failure failure, String log) {
        Matcher trace = TRACE.matcher(log);
        return trace.find()
                ? failure.withPlace(
                        Verdict.partOfFile(trace.group(1)),
                        Optional.of(trace.group(3)),
                        Integer.parseInt(trace.group(2)))
                : failure;
    }
}
