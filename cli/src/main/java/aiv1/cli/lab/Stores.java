package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.LedgerView;
import aiv1.store.CachedArtifactStore;
import aiv1.store.FileArtifactStore;
import aiv1.store.SqliteLedger;
import aiv1.store.SqliteView;
import aiv1.store.address.StoreAddress;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.Folder;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.address.StoreAddress.Sqlite;
import aiv1.store.address.StoreUrl;
import aiv1.store.dynamo.DynamoLedger;
import aiv1.store.dynamo.DynamoView;
import aiv1.store.s3.S3ArtifactStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where a lab's ledger and artifacts are, and who opens what is there.
///
/// `copies` is the folder for copies of artifacts that are far away.
public record Stores(
        StoreAddress.OfLedger ledger, StoreAddress.OfArtifacts artifacts, Path copies) {
    /// What the settings name, else in the home. Throws [ConfigurationException] with every
    /// problem.
    static Stores of(Configuration configuration) {
        Path home = configuration.path(Keys.HOME);
        Stores usual = in(home);
        List<String> problems = new ArrayList<>();
        Stores stores =
                new Stores(
                        parse(configuration, Keys.STORE, StoreUrl::ledger, problems)
                                .orElse(usual.ledger),
                        parse(configuration, Keys.ARTIFACTS, StoreUrl::artifacts, problems)
                                .orElse(usual.artifacts),
                        usual.copies);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return stores;
    }

    /// A lab as `store copy` names it: `LEDGER-URL,ARTIFACTS-URL`, or the folder of a home. Throws
    /// [ConfigurationException].
    public static Stores parse(String text, Path copies) {
        try {
            int comma = text.indexOf(',');
            if (comma < 0 && !text.matches("[a-z0-9]+:.*")) {
                return in(Path.of(text).toAbsolutePath().normalize());
            }
            if (comma < 0) {
                throw new IllegalArgumentException(
                        "expected the folder of a home, or LEDGER-URL,ARTIFACTS-URL, got one URL");
            }
            return new Stores(
                    StoreUrl.ledger(text.substring(0, comma)),
                    StoreUrl.artifacts(text.substring(comma + 1)),
                    copies);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of("lab: " + wrong.getMessage()));
        }
    }

    /// In the folder of a home.
    public static Stores in(Path home) {
        return new Stores(
                new Sqlite(home.resolve("ledger.db")),
                new Folder(home.resolve("artifacts")),
                home.resolve("artifact-copies"));
    }

    public ArtifactStore openArtifacts() {
        return switch (artifacts) {
            case Folder files -> FileArtifactStore.open(files.folder());
            case S3 bucket ->
                    new CachedArtifactStore(openUncopied(), FileArtifactStore.open(copies));
        };
    }

    /// The artifacts themselves, where they are.
    public ArtifactStore openUncopied() {
        return switch (artifacts) {
            case Folder files -> FileArtifactStore.open(files.folder());
            case S3 bucket -> S3ArtifactStore.open(bucket);
        };
    }

    public Ledger openLedger(ArtifactStore beside) {
        return switch (ledger) {
            case Sqlite file -> SqliteLedger.open(file.file(), beside);
            case DynamoDb table -> DynamoLedger.open(table, beside);
        };
    }

    /// The ledger for whoever only looks, by a connection of its own.
    public LedgerView openView(ArtifactStore beside) {
        return switch (ledger) {
            case Sqlite file -> SqliteView.open(file.file());
            case DynamoDb table -> DynamoView.open(table, beside);
        };
    }

    private static <A> Optional<A> parse(
            Configuration configuration,
            Key key,
            Function<String, A> parser,
            List<String> problems) {
        try {
            return configuration.optional(key).map(parser);
        } catch (IllegalArgumentException wrong) {
            problems.add(
                    "%s (%s): %s"
                            .formatted(
                                    key.name(),
                                    configuration.shown(key).source(),
                                    wrong.getMessage()));
            return Optional.empty();
        }
    }
}
