package aiv1.cli.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// This very program as a command line, for processes of its own.
final class OwnProgram {
    /// Set in the processes of a local cluster, to its mark.
    private static final String MARK_PROPERTY = "aiv1.cluster";

    private OwnProgram() {}

    /// With the same Java, options and class path; `mark` stands in it so that it can be found.
    static List<String> command(String mark, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Daiv1."))
                .filter(
                        option ->
                                !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
                .forEach(line::add);
        line.add("-D%s=%s".formatted(MARK_PROPERTY, mark));
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add("aiv1.cli.Main");
        line.addAll(arguments);
        return line;
    }
}
