package aiv1.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Global options may stand before the command as well as behind it: here they are moved behind.
final class LeadingOptions {
    private static final Set<String> WITH_VALUE =
            Set.of("--home", "--store", "--artifacts", "--config", "--color");
    private static final Set<String> OF_PROGRAM = Set.of("--help", "-h", "--version", "-V");

    private LeadingOptions() {}

    static String[] behindCommand(String[] arguments) {
        List<String> leading = new ArrayList<>();
        int i = 0;
        while (i < arguments.length
                && arguments[i].startsWith("-")
                && !OF_PROGRAM.contains(arguments[i])) {
            leading.add(arguments[i]);
            boolean hasValue = WITH_VALUE.contains(arguments[i]) && i + 1 < arguments.length;
            if (hasValue) {
                leading.add(arguments[++i]);
            }
            i++;
        }
        if (i == arguments.length) {
            return arguments;
        }
        List<String> ordered = new ArrayList<>(List.of(arguments).subList(i, arguments.length));
        ordered.addAll(leading);
        return ordered.toArray(String[]::new);
    }
}
