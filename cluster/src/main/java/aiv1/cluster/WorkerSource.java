package aiv1.cluster;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where workers are looked for, again and again: a URL whose host may have many addresses, each a
/// worker of its own, or a file that lists such URLs.
public sealed interface WorkerSource {
    /// Longest list of workers in a file.
    int LINE_COUNT_MAX = 1000;

    String FILE_PREFIX = "file:";

    /// A host's name, or an address itself, with scheme and port.
    record Url(URI base) implements WorkerSource {
        @Override
        public String toString() {
            return base.toString();
        }
    }

    /// A file with one URL a line; empty lines and those that begin with `#` say nothing.
    record Listed(Path file) implements WorkerSource {
        @Override
        public String toString() {
            return FILE_PREFIX + file;
        }
    }

    /// What was found: the workers' places, and what stands against the rest.
    record Found(List<Place> places, List<WorkerTroubleException> troubles) {
        public Found {
            places = List.copyOf(places);
            troubles = List.copyOf(troubles);
        }
    }

    /// `http://NAME:PORT`, `https://NAME:PORT` or `file:PATH`. Throws [IllegalArgumentException]
    /// with what was expected.
    static WorkerSource parse(String word) {
        if (word.startsWith(FILE_PREFIX)) {
            String path = word.substring(FILE_PREFIX.length());
            try {
                if (!path.isBlank()) {
                    return new Listed(Path.of(path).toAbsolutePath().normalize());
                }
            } catch (InvalidPathException malformed) {
                throw unexpected(word);
            }
            throw unexpected(word);
        }
        String plain = word.endsWith("/") ? word.substring(0, word.length() - 1) : word;
        try {
            URI base = URI.create(plain);
            if (base.getHost() != null
                    && base.getPath().isEmpty()
                    && base.getQuery() == null
                    && base.getFragment() == null
                    && base.getUserInfo() == null
                    && List.of("http", "https").contains(base.getScheme())) {
                return new Url(base);
            }
        } catch (IllegalArgumentException malformed) {
            throw unexpected(word);
        }
        throw unexpected(word);
    }

    /// Looks once.
    default Found look(Resolver resolver) {
        return switch (this) {
            case Url url -> resolved(url.base(), resolver);
            case Listed list -> listed(list.file(), resolver);
        };
    }

    private static Found resolved(URI base, Resolver resolver) {
        try {
            List<InetAddress> all = resolver.resolve(base.getHost());
            // A machine with addresses of both versions is one worker, not two.
            List<InetAddress> old = all.stream().filter(Inet4Address.class::isInstance).toList();
            return new Found(
                    (old.isEmpty() ? all : old)
                            .stream().distinct().map(address -> new Place(base, address)).toList(),
                    List.of());
        } catch (UnknownHostException unknown) {
            return none(base.toString(), Trouble.NO_SUCH_HOST, "no such host, " + base.getHost());
        }
    }

    private static Found listed(Path file, Resolver resolver) {
        String name = FILE_PREFIX + file;
        Set<Place> places = new LinkedHashSet<>();
        List<WorkerTroubleException> troubles = new ArrayList<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException binary) {
            return none(name, Trouble.BAD_LIST, "expected UTF-8 text, got other bytes");
        } catch (NoSuchFileException missing) {
            return none(name, Trouble.BAD_LIST, "cannot be read: there is no such file");
        } catch (IOException unreadable) {
            return none(name, Trouble.BAD_LIST, "cannot be read: " + unreadable.getMessage());
        }
        if (lines.size() > LINE_COUNT_MAX) {
            return none(
                    name,
                    Trouble.BAD_LIST,
                    "expected at most %d lines, got %d".formatted(LINE_COUNT_MAX, lines.size()));
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                if (!(parse(line) instanceof Url url)) {
                    throw unexpected(line);
                }
                Found found = resolved(url.base(), resolver);
                places.addAll(found.places());
                troubles.addAll(found.troubles());
            } catch (IllegalArgumentException wrong) {
                troubles.add(
                        new WorkerTroubleException(
                                name,
                                Trouble.BAD_LIST,
                                "line %d: %s".formatted(i + 1, wrong.getMessage())));
            }
        }
        if (places.isEmpty() && troubles.isEmpty()) {
            return none(name, Trouble.BAD_LIST, "expected at least one URL, got none");
        }
        return new Found(List.copyOf(places), troubles);
    }

    private static Found none(String where, Trouble trouble, String what) {
        return new Found(List.of(), List.of(new WorkerTroubleException(where, trouble, what)));
    }

    private static IllegalArgumentException unexpected(String word) {
        return new IllegalArgumentException(
                "expected http://NAME:PORT, https://NAME:PORT or file:PATH, got '%s'"
                        .formatted(word));
    }
}
