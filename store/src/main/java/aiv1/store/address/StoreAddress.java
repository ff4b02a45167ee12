package aiv1.store.address;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Where a ledger or a store of artifacts is. Never holds credentials: those are found as AWS's
/// tools find them.
public sealed interface StoreAddress {
    /// The URL, which may be shown: `dynamodb://table?region=eu-central-1`.
    String url();

    /// Where a ledger is.
    sealed interface OfLedger extends StoreAddress {}

    /// Where artifacts are.
    sealed interface OfArtifacts extends StoreAddress {}

    /// `sqlite:FILE`
    record Sqlite(Path file) implements OfLedger {
        @Override
        public String url() {
            return "sqlite:" + file;
        }
    }

    /// `file:FOLDER`
    record Folder(Path folder) implements OfArtifacts {
        @Override
        public String url() {
            return "file:" + folder;
        }
    }

    /// `dynamodb://TABLE?region=R&endpoint=URL`; without a region, that of AWS's settings.
    record DynamoDb(String table, Place place) implements OfLedger {
        @Override
        public String url() {
            return "dynamodb://" + table + place.query();
        }
    }

    /// `s3://BUCKET/PREFIX?region=R&endpoint=URL`; the prefix is empty or ends in a slash.
    record S3(String bucket, String prefix, Place place) implements OfArtifacts {
        @Override
        public String url() {
            String path = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
            return "s3://" + bucket + path + place.query();
        }
    }

    /// Which region, and which server when it is not AWS's own.
    record Place(Optional<String> region, Optional<URI> endpoint) {
        public static final Place USUAL = new Place(Optional.empty(), Optional.empty());

        String query() {
            StringBuilder query = new StringBuilder();
            region.ifPresent(name -> query.append("?region=").append(name));
            endpoint.ifPresent(
                    server ->
                            query.append(query.isEmpty() ? '?' : '&')
                                    .append("endpoint=")
                                    .append(server));
            return query.toString();
        }
    }
}
