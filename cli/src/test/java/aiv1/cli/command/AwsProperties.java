package aiv1.cli.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What AWS's SDK looks at before the environment and `~/.aws`, set while this is open.
final class AwsProperties implements AutoCloseable {
    static final String KEY_ID = "AKIAEXAMPLEEXAMPLE00";
    static final String SECRET_KEY = "not-to-be-shown-either-0123456789";

    private final Map<String, Optional<String>> before = new HashMap<>();

    AwsProperties(String... more) {
        set("aws.region", "eu-central-1");
        set("aws.accessKeyId", KEY_ID);
        set("aws.secretAccessKey", SECRET_KEY);
        for (int i = 0; i < more.length; i += 2) {
            set(more[i], more[i + 1]);
        }
    }

    private void set(String name, String value) {
        before.put(name, Optional.ofNullable(System.setProperty(name, value)));
    }

    @Override
    public void close() {
        before.forEach(
                (name, value) ->
                        value.ifPresentOrElse(
                                old -> System.setProperty(name, old),
                                () -> System.clearProperty(name)));
    }
}
