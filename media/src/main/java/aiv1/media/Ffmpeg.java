package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The ffmpeg program: a trusted tool of its own that decodes, scales and encodes for the lab.
///
/// The only place of this room that starts processes. Thread-safe. Every process is limited in
/// time, has its standard error kept, and is ended with the lab.
public final class Ffmpeg {
    public static final String PROGRAM_VARIABLE = "AIV1_FFMPEG";
    private static final String VERSION_DIRECTORY = "ffmpeg-n9.0.2";
    private static final Duration QUESTION_DURATION_MAX = Duration.ofSeconds(60);
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final int IDENTITY_DIGITS = 12;
    private static final Pattern VERSION = Pattern.compile("^ffmpeg version (\\S+)");
    private static final Pattern ENCODER = Pattern.compile("(?m)^ V\\S{5} (\\S+)");

    private final Path program;
    private final String version;
    private final Supplier<String> identity = StableValues.once(this::computeIdentity);
    private final Supplier<Set<String>> encoders = StableValues.once(this::readEncoders);
    private final Supplier<Map<String, String>> encoderVersions =
            StableValues.once(() -> EncoderVersions.read(this));

    private Ffmpeg(Path program) {
        this.program = program;
        this.version = readVersion();
    }

    /// Opens `program` and asks for its version; a [LabFaultException] says what is wrong with it
    /// and what to do.
    public static Ffmpeg open(Path program) {
        if (!Files.isRegularFile(program)) {
            throw new LabFaultException(
                    "ffmpeg: expected a program at %s, got nothing; %s"
                            .formatted(program, remedy()));
        }
        if (!Files.isExecutable(program)) {
            throw new LabFaultException(
                    "ffmpeg: %s is not executable; %s".formatted(program, remedy()));
        }
        return new Ffmpeg(program.toAbsolutePath());
    }

    /// Where ffmpeg is looked for: `AIV1_FFMPEG`, else where `aiv1 setup` puts it.
    public static Path defaultProgram(Map<String, String> environment) {
        String named = environment.getOrDefault(PROGRAM_VARIABLE, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path root =
                cache.isBlank()
                        ? Path.of(environment.getOrDefault("HOME", "."), ".cache")
                        : Path.of(cache);
        return root.resolve("aiv1").resolve(VERSION_DIRECTORY).resolve("ffmpeg");
    }

    public Path program() {
        return program;
    }

    /// The version and the first digits of the program's SHA-256: equal only for one build.
    public String identity() {
        return identity.get();
    }

    /// The versions of the encoder libraries inside, by encoder name, as they report themselves;
    /// those that don't are left out.
    public Map<String, String> encoderVersions() {
        return encoderVersions.get();
    }

    public boolean hasEncoder(String name) {
        return encoders.get().contains(name);
    }

    /// Starts ffmpeg with `arguments`, its standard output to be read from the process. Whoever
    /// starts it closes it.
    FfmpegProcess start(Duration durationMax, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(
                List.of("-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+repeat+info"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "LD_LIBRARY_PATH"));
        try {
            return new FfmpegProcess(builder.start(), durationMax);
        } catch (IOException failure) {
            throw new LabFaultException(
                    "ffmpeg: %s does not start (%s); %s"
                            .formatted(program, failure.getMessage(), remedy()),
                    failure);
        }
    }

    private String readVersion() {
        String answer = ask("-version");
        Matcher matcher = VERSION.matcher(answer);
        if (!matcher.find()) {
            throw new LabFaultException(
                    "ffmpeg: %s: expected an answer 'ffmpeg version ...', got '%s'; %s"
                            .formatted(program, Printable.of(answer), remedy()));
        }
        return matcher.group(1);
    }

    private Set<String> readEncoders() {
        return ENCODER.matcher(ask("-encoders"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String ask(String question) {
        try (FfmpegProcess process = start(QUESTION_DURATION_MAX, List.of(question))) {
            byte[] answer = process.output().readNBytes(ANSWER_BYTES_MAX);
            FfmpegLog log = process.finish();
            if (log.exitCode() != 0) {
                throw new LabFaultException(
                        "ffmpeg: %s %s: expected exit code 0, got %d; %s"
                                .formatted(program, question, log.exitCode(), remedy()));
            }
            return new String(answer, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new LabFaultException(
                    "ffmpeg: %s %s: no answer (%s); %s"
                            .formatted(program, question, failure.getMessage(), remedy()),
                    failure);
        }
    }

    private String computeIdentity() {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(program), digest)) {
            byte[] buffer = new byte[1 << 20];
            while (in.read(buffer) >= 0) {
                // Reading feeds the digest.
            }
        } catch (IOException failure) {
            throw new LabFaultException("ffmpeg: cannot read " + program, failure);
        }
        return version + " " + Sha256.hex(digest).substring(0, IDENTITY_DIGITS);
    }

    private static String remedy() {
        return "run 'aiv1 setup', or name another with " + PROGRAM_VARIABLE;
    }
}
