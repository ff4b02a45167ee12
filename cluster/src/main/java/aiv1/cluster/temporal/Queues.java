package aiv1.cluster.temporal;

import java.util.regex.Pattern;

/// The names of the queues at which work is looked for. What may carry out what follows from the
/// name alone: a worker of another build looks at other queues, so stale builds get no work.
final class Queues {
    /// Which workers there are, of whatever build: each looks for work here too, and there is none.
    static final String ROSTER = "aiv1.roster";

    private static final Pattern CAPABILITY = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    private Queues() {}

    /// Where campaigns of a build decide what becomes of their experiments.
    static String deciding(String build) {
        return "aiv1.campaigns." + build;
    }

    /// Where workers of a build that have `capability`, such as `cpu`, look for experiments.
    static String measuring(String build, String capability) {
        if (!CAPABILITY.matcher(capability).matches()) {
            throw new IllegalArgumentException(
                    "capability: expected lower-case letters, digits and dashes, got '%s'"
                            .formatted(capability));
        }
        return "aiv1.experiments.%s.%s".formatted(build, capability);
    }

    /// Where those that look at a measuring queue also look for what is to be screened.
    static String screening(String measuring) {
        return measuring + ".screening";
    }
}
