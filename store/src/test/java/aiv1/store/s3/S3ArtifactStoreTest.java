package aiv1.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.store.ArtifactStoreContract;
import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.S3;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class S3ArtifactStoreTest extends ArtifactStoreContract {
    private static final byte[] BYTES = {1, 2, 3};
    private static final int PART_BYTES_MIN = 5 << 20;

    private final S3 address = S3Server.newBucket();
    private final S3Bucket bucket = S3Bucket.of(address);

    @Override
    protected ArtifactStore open() {
        return S3ArtifactStore.open(address);
    }

    @Override
    protected void damage(ArtifactId id) {
        byte[] bytes = bytes(id);
        bytes[bytes.length / 2] ^= 1;
        bucket.client()
                .putObject(
                        put -> put.bucket(bucket.name()).key(bucket.key(id)),
                        RequestBody.fromBytes(bytes));
    }

    @Test
    void an_object_is_named_by_the_hash_of_its_bytes_below_the_prefix() {
        ArtifactId id = open().put(BYTES);
        assertThat(bucket.key(id))
                .isEqualTo("labs/one/" + id.sha256().substring(0, 2) + "/" + id.sha256());
        assertThat(bytes(id)).isEqualTo(BYTES);
    }

    // Requirements 18 and 29
    @Test
    void a_large_artifact_goes_up_in_parts_and_comes_back_equal() {
        byte[] bytes = new byte[2 * PART_BYTES_MIN + 12_345];
        new Random(18).nextBytes(bytes);
        try (S3ArtifactStore store = S3ArtifactStore.open(address, PART_BYTES_MIN)) {
            ArtifactId id = store.put(bytes);
            assertThat(id).isEqualTo(ArtifactId.of(bytes));
            assertThat(store.find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(bytes));
            assertThat(etag(id)).as("of three parts").contains("-3");
            store.put(bytes);
            damage(id);
            assertThatThrownBy(() -> store.find(id)).hasMessageContaining("damaged");
            store.put(bytes);
            assertThat(store.find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(bytes));
        }
        assertThat(
                        bucket.client()
                                .listMultipartUploads(list -> list.bucket(bucket.name()))
                                .uploads())
                .isEmpty();
    }

    @Test
    void what_is_there_is_not_written_again() {
        ArtifactStore store = open();
        ArtifactId id = ArtifactId.of(BYTES);
        bucket.client()
                .putObject(
                        put ->
                                put.bucket(bucket.name())
                                        .key(bucket.key(id))
                                        .metadata(Map.of("by", "another")),
                        RequestBody.fromBytes(BYTES));
        store.put(BYTES);
        assertThat(
                        bucket.client()
                                .headObject(head -> head.bucket(bucket.name()).key(bucket.key(id)))
                                .metadata())
                .containsEntry("by", "another");
    }

    // Requirement 18: whoever has the link downloads the very bytes, without credentials.
    @Test
    void a_link_downloads_the_bytes_and_nothing_else_does() throws IOException {
        try (S3ArtifactStore store = S3ArtifactStore.open(address)) {
            ArtifactId id = store.put(BYTES);
            URI link = store.link(id, Duration.ofMinutes(5), Optional.of("decoder.py"));
            assertThat(link.toString()).contains("X-Amz-Signature").doesNotContain("local-secret");
            HttpURLConnection download = (HttpURLConnection) link.toURL().openConnection();
            try (InputStream in = download.getInputStream()) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
            }
            assertThat(download.getHeaderField("Content-Disposition")).contains("decoder.py");
            URI bare = URI.create(link.toString().replaceAll("\\?.*", ""));
            HttpURLConnection refused = (HttpURLConnection) bare.toURL().openConnection();
            assertThat(refused.getResponseCode()).isEqualTo(403);
        }
    }

    @Test
    void a_bucket_that_is_not_there_is_told_with_what_to_do() {
        S3 absent = new S3("nobody-made-this", "", address.place());
        try (S3ArtifactStore store = S3ArtifactStore.open(absent)) {
            assertThatThrownBy(() -> store.put(BYTES))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("s3://nobody-made-this")
                    .hasMessageContaining("aiv1 store create");
        }
    }

    @Test
    void credentials_that_are_refused_are_told_without_the_secret() {
        String before = System.setProperty("aws.secretAccessKey", "another-secret");
        try (S3ArtifactStore store = S3ArtifactStore.open(address)) {
            assertThatThrownBy(() -> store.put(BYTES))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("AWS credentials that are taken")
                    .hasMessageNotContaining("another-secret");
        } finally {
            System.setProperty("aws.secretAccessKey", before);
        }
    }

    @Test
    void making_a_bucket_twice_changes_nothing() {
        assertThat(S3Setup.create(address)).startsWith("there already");
        assertThat(S3Setup.check(address)).contains("reads and writes are allowed");
    }

    private byte[] bytes(ArtifactId id) {
        return bucket.client()
                .getObjectAsBytes(get -> get.bucket(bucket.name()).key(bucket.key(id)))
                .asByteArray();
    }

    private String etag(ArtifactId id) {
        return bucket.client()
                .headObject(head -> head.bucket(bucket.name()).key(bucket.key(id)))
                .eTag();
    }
}
