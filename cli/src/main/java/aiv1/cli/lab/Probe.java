package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.worker.http.ProbeServer;
import aiv1.worker.http.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a process tells how it is, if the settings name a place.
public final class Probe implements AutoCloseable {
    private static final int PORT_MAX = 65_535;
    private static final Pattern PLACE =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+\\]):(\\d{1,5})");

    private final Optional<ProbeServer> server;

    private Probe(Optional<ProbeServer> server) {
        this.server = server;
    }

    /// Throws [ConfigurationException] for what is no `HOST:PORT`, or cannot be listened at.
    public static Probe open(Configuration configuration, Supplier<ProbeServer.Vitals> vitals) {
        return new Probe(configuration.optional(Keys.PROBE).map(place -> open(place, vitals)));
    }

    /// The port that was taken; absent when nobody asked for a probe.
    public OptionalInt port() {
        return server.stream().mapToInt(ProbeServer::port).findFirst();
    }

    @Override
    public void close() {
        server.ifPresent(ProbeServer::close);
    }

    private static ProbeServer open(String place, Supplier<ProbeServer.Vitals> vitals) {
        Matcher parts = PLACE.matcher(place);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > PORT_MAX) {
            throw new ConfigurationException(
                    List.of("probe: expected HOST:PORT, got '%s'".formatted(place)));
        }
        try {
            return new ProbeServer(
                    parts.group(1).replaceAll("[\\[\\]]", ""),
                    Integer.parseInt(parts.group(2)),
                    vitals);
        } catch (WorkerException taken) {
            throw new ConfigurationException(List.of(String.valueOf(taken.getMessage())));
        }
    }
}
