package aiv1.store.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.Folder;
import aiv1.store.address.StoreAddress.Place;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.address.StoreAddress.Sqlite;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {
    @Test
    void files_are_named_by_their_paths() {
        assertThat(StoreUrl.parse("sqlite:/a/b.db")).isEqualTo(new Sqlite(Path.of("/a/b.db")));
        assertThat(StoreUrl.parse("sqlite:///a/b.db")).isEqualTo(new Sqlite(Path.of("/a/b.db")));
        assertThat(StoreUrl.parse("file:/a/../b")).isEqualTo(new Folder(Path.of("/b")));
    }

    @Test
    void a_table_may_name_region_and_endpoint() {
        assertThat(StoreUrl.ledger("dynamodb://labs_1.x"))
                .isEqualTo(new DynamoDb("labs_1.x", Place.USUAL));
        assertThat(
                        StoreUrl.parse(
                                "dynamodb://labs?region=eu-west-1&endpoint=http%3A%2F%2Flocalhost:8000"))
                .isEqualTo(
                        new DynamoDb(
                                "labs",
                                new Place(
                                        Optional.of("eu-west-1"),
                                        Optional.of(URI.create("http://localhost:8000")))));
    }

    @Test
    void a_bucket_may_have_a_prefix() {
        assertThat(StoreUrl.artifacts("s3://labs")).isEqualTo(new S3("labs", "", Place.USUAL));
        assertThat(StoreUrl.parse("s3://labs/a/b/")).isEqualTo(new S3("labs", "a/b/", Place.USUAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:/a/b.db",
                "file:/a",
                "dynamodb://labs?region=eu-west-1&endpoint=http://localhost:8000",
                "s3://labs/a/b?region=eu-west-1",
                "s3://labs?endpoint=https://example.org"
            })
    void an_address_gives_its_url_again(String url) {
        assertThat(StoreUrl.parse(url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    labs                              | something else
                    mysql://labs                      | mysql://...
                    sqlite:                           | nothing
                    dynamodb://la                     | 'la'
                    dynamodb://labs/x                 | a path
                    dynamodb://labs?key=SECRET        | region=... or endpoint=... behind the question mark, got 'key'
                    dynamodb://labs?region=a&region=b | it twice
                    dynamodb://labs?region=EU!        | 'EU!'
                    dynamodb://labs?endpoint=ftp://x  | endpoint=http://HOST
                    s3://Labs                         | 'Labs'
                    """)
    void what_is_wrong_is_told(String url, String message) {
        assertThatThrownBy(() -> StoreUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamodb://AKIA:SECRET@labs",
                "s3://AKIA:SECRET@labs/x",
                "dynamodb://labs?endpoint=http://AKIA:SECRET@host"
            })
    void credentials_in_a_url_are_refused_and_not_repeated(String url) {
        assertThatThrownBy(() -> StoreUrl.parse(url))
                .hasMessageContaining("no credentials in a URL")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void a_ledger_is_not_artifacts() {
        assertThatThrownBy(() -> StoreUrl.ledger("s3://labs"))
                .hasMessageContaining("dynamodb://TABLE");
        assertThatThrownBy(() -> StoreUrl.artifacts("sqlite:x"))
                .hasMessageContaining("s3://BUCKET");
    }
}
