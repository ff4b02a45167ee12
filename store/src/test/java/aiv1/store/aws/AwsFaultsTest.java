package aiv1.store.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.store.FileArtifactStore;
import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.Place;
import aiv1.store.dynamo.DynamoLedger;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class AwsFaultsTest {
    private static final int ATTEMPT_COUNT_MAX = 6;

    @TempDir private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | ProvisionedThroughputExceededException | throttled
                    503 | SlowDown                               | throttled
                    400 | ResourceNotFoundException              | aiv1 store create
                    404 | NoSuchBucket                           | aiv1 store create
                    400 | AccessDeniedException                  | leave for s3:PutObject
                    403 | Other                                  | leave for s3:PutObject
                    400 | ExpiredTokenException                  | sign in again
                    403 | SignatureDoesNotMatch                  | credentials that are taken
                    301 | PermanentRedirect                      | the region that the bucket is in
                    501 | NotImplemented                         | a server that knows s3:PutObject
                    500 | InternalError                          | try again later
                    """)
    void each_refusal_says_what_to_do(int status, String code, String advice) {
        AwsServiceException refused =
                S3Exception.builder()
                        .statusCode(status)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage("User lab is not ready")
                                        .build())
                        .build();
        assertThatThrownBy(() -> calls().call("s3:PutObject", () -> raise(refused)))
                .isInstanceOf(LabFaultException.class)
                .hasMessageStartingWith("s3://labs: expected ")
                .hasMessageContaining(advice)
                .hasMessageContaining(code)
                .hasMessageContaining("User lab is not ready");
    }

    @Test
    void absent_credentials_are_told_as_such() {
        assertThatThrownBy(
                        () ->
                                calls().call(
                                                "s3:PutObject",
                                                () ->
                                                        raise(
                                                                SdkClientException.create(
                                                                        "Unable to load credentials"
                                                                                + " from any"))))
                .hasMessageContaining("where AWS's tools look for them")
                .hasMessageContaining("Unable to load credentials");
    }

    @Test
    void an_interrupt_stops_no_call_and_is_kept() {
        AtomicInteger count = new AtomicInteger();
        String answer =
                calls().call(
                                "s3:PutObject",
                                () -> {
                                    if (count.incrementAndGet() == 1) {
                                        Thread.currentThread().interrupt();
                                        throw AbortedException.create("interrupted");
                                    }
                                    return "done";
                                });
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(answer).isEqualTo("done");
    }

    /// The SDK gives up when a connection breaks while the body is announced.
    @Test
    void a_connection_that_breaks_before_the_body_is_tried_again() {
        AtomicInteger count = new AtomicInteger();
        String answer =
                calls().call(
                                "s3:PutObject",
                                () -> {
                                    if (count.incrementAndGet() < 3) {
                                        throw broken();
                                    }
                                    return "done";
                                });
        assertThat(answer).isEqualTo("done");
        assertThatThrownBy(() -> calls().call("s3:PutObject", () -> raise(broken())))
                .isInstanceOfSatisfying(
                        StoreException.class, fault -> assertThat(fault.isPassing()).isTrue())
                .hasMessageContaining("s3://labs: expected an answer")
                .hasMessageContaining("Unexpected end of file");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, true",
        "503, SlowDown, true",
        "500, InternalError, true",
        "403, AccessDenied, false",
        "400, ResourceNotFoundException, false"
    })
    void what_may_pass_is_told_from_what_will_not(int status, String code, boolean isPassing) {
        AwsServiceException refused =
                S3Exception.builder()
                        .statusCode(status)
                        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                        .build();
        assertThatThrownBy(() -> calls().call("s3:PutObject", () -> raise(refused)))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        fault -> assertThat(fault.isPassing()).isEqualTo(isPassing));
    }

    @Test
    void a_line_that_broke_may_come_back_and_a_name_that_is_wrong_does_not() {
        for (IOException broken :
                List.of(
                        new ConnectException("Connection refused"),
                        new IOException("Error writing request body to server"))) {
            assertThat(isPassing(broken)).as(broken.getMessage()).isTrue();
        }
        for (IOException wrong :
                List.of(new UnknownHostException("nowhere"), new SSLException("untrusted"))) {
            assertThat(isPassing(wrong)).as(wrong.getMessage()).isFalse();
        }
    }

    private static boolean isPassing(IOException cause) {
        return AwsFaults.explain(
                        "s3://labs", "s3:PutObject", SdkClientException.create("unable", cause))
                .isPassing();
    }

    @Test
    void a_server_that_fails_is_asked_a_bounded_number_of_times() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body =
                            "{\"__type\":\"x#InternalServerError\",\"message\":\"down\"}"
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(500, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        DynamoDb address =
                new DynamoDb(
                        "ledger",
                        new Place(
                                Optional.of("eu-west-1"),
                                Optional.of(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + server.getAddress().getPort()))));
        try {
            assertThatThrownBy(() -> DynamoLedger.open(address, FileArtifactStore.open(home)))
                    .isInstanceOf(LabFaultException.class)
                    .hasMessageContaining("HTTP 500 InternalServerError: down")
                    .hasMessageContaining("try again later");
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(ATTEMPT_COUNT_MAX);
    }

    private static UncheckedIOException broken() {
        return new UncheckedIOException(new SocketException("Unexpected end of file from server"));
    }

    private static AwsCalls calls() {
        return new AwsCalls("s3://labs");
    }

    private static String raise(RuntimeException thrown) {
        throw thrown;
    }
}
