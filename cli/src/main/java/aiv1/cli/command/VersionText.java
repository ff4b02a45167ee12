package aiv1.cli.command;

import aiv1.cli.lab.Build;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"aiv1 " + Build.id()};
    }
}
