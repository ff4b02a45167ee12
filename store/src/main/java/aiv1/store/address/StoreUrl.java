package aiv1.store.address;

import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.Folder;
import aiv1.store.address.StoreAddress.Place;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.address.StoreAddress.Sqlite;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the URLs of stores. What is refused is never repeated whole, for somebody may have put a
/// key into it.
public final class StoreUrl {
    public static final String LEDGER_FORMS = "sqlite:FILE or dynamodb://TABLE?region=REGION";
    public static final String ARTIFACT_FORMS = "file:FOLDER or s3://BUCKET/PREFIX?region=REGION";

    private static final Pattern URL =
            Pattern.compile("([a-z0-9]+)://([^/?#]*)(?:/([^?#]*))?(?:\\?([^#]*))?");
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.*'()/-]{0,500}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Set<String> PARAMETERS = Set.of("region", "endpoint");

    private StoreUrl() {}

    /// Throws [IllegalArgumentException] with what is wrong.
    public static StoreAddress.OfLedger ledger(String url) {
        if (parse(url) instanceof StoreAddress.OfLedger ledger) {
            return ledger;
        }
        throw wrong(LEDGER_FORMS, "an address of artifacts");
    }

    /// Throws [IllegalArgumentException] with what is wrong.
    public static StoreAddress.OfArtifacts artifacts(String url) {
        if (parse(url) instanceof StoreAddress.OfArtifacts artifacts) {
            return artifacts;
        }
        throw wrong(ARTIFACT_FORMS, "an address of a ledger");
    }

    /// Throws [IllegalArgumentException] with what is wrong.
    public static StoreAddress parse(String url) {
        if (url.startsWith("sqlite:")) {
            return new Sqlite(path(url.substring("sqlite:".length())));
        }
        if (url.startsWith("file:")) {
            return new Folder(path(url.substring("file:".length())));
        }
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw wrong(LEDGER_FORMS + ", " + ARTIFACT_FORMS, "something else");
        }
        String name = matcher.group(2);
        requireNoCredentials(name);
        String path = Optional.ofNullable(matcher.group(3)).orElse("");
        Place place = place(Optional.ofNullable(matcher.group(4)).orElse(""));
        return switch (matcher.group(1)) {
            case "dynamodb" -> {
                require(path.isEmpty(), "dynamodb://TABLE without a path", "a path");
                require(TABLE.matcher(name).matches(), "a table's name", name);
                yield new DynamoDb(name, place);
            }
            case "s3" -> {
                require(BUCKET.matcher(name).matches(), "a bucket's name", name);
                require(PREFIX.matcher(path).matches(), "a prefix of plain characters", path);
                yield new S3(name, prefix(path), place);
            }
            default ->
                    throw wrong(LEDGER_FORMS + ", " + ARTIFACT_FORMS, matcher.group(1) + "://...");
        };
    }

    private static Path path(String text) {
        try {
            String plain = text.startsWith("//") ? text.substring(2) : text;
            require(!plain.isBlank(), "a path behind the colon", "nothing");
            return Path.of(plain).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw wrong("a path behind the colon", String.valueOf(e.getReason()));
        }
    }

    private static String prefix(String path) {
        String bare = path.replaceAll("^/+|/+$", "");
        return bare.isEmpty() ? "" : bare + "/";
    }

    private static Place place(String query) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String name = pair.split("=", 2)[0];
            require(
                    PARAMETERS.contains(name) && pair.contains("="),
                    "region=... or endpoint=... behind the question mark",
                    name.matches("[A-Za-z0-9_-]{1,40}") ? name : "something else");
            require(!values.containsKey(name), name + " once", "it twice");
            values.put(
                    name,
                    URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
        }
        Optional<String> region = Optional.ofNullable(values.get("region"));
        region.ifPresent(
                given -> require(REGION.matcher(given).matches(), "a region's name", given));
        return new Place(
                region, Optional.ofNullable(values.get("endpoint")).map(StoreUrl::endpoint));
    }

    private static URI endpoint(String text) {
        try {
            URI server = new URI(text);
            requireNoCredentials(String.valueOf(server.getRawAuthority()));
            require(
                    String.valueOf(server.getScheme()).matches("https?")
                            && server.getHost() != null
                            && server.getRawQuery() == null,
                    "endpoint=http://HOST or https://HOST",
                    "something else");
            return server;
        } catch (URISyntaxException e) {
            throw wrong("endpoint=http://HOST or https://HOST", "something else");
        }
    }

    private static void requireNoCredentials(String authority) {
        require(
                !authority.contains("@"),
                "no credentials in a URL (they are found as AWS's tools find them)",
                "some");
    }

    private static void require(boolean isSound, String expected, String got) {
        if (!isSound) {
            throw wrong(expected, "'" + got + "'");
        }
    }

    private static IllegalArgumentException wrong(String expected, String got) {
        return new IllegalArgumentException("expected " + expected + ", got " + got);
    }
}
