package aiv1.store.s3;

import aiv1.store.address.StoreAddress.S3;
import aiv1.store.address.StoreUrl;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.junit.S3ProxyJunitCore;

/// A server that speaks S3's protocol and checks signatures, in this process and in memory; one for
/// all tests.
///
/// Its credentials are in the system properties where AWS's tools look.
public final class S3Server {
    private static final AtomicInteger BUCKET_COUNT = new AtomicInteger();
    private static final URI ENDPOINT = start();

    private S3Server() {}

    /// The URL of a bucket that no other test has.
    public static String newUrl() {
        return url("bucket-" + BUCKET_COUNT.incrementAndGet() + "/labs/one");
    }

    public static String url(String bucketAndPrefix) {
        return "s3://%s?region=eu-central-1&endpoint=http://127.0.0.1:%d"
                .formatted(bucketAndPrefix, ENDPOINT.getPort());
    }

    /// A bucket that was made.
    static S3 newBucket() {
        S3 address = (S3) StoreUrl.parse(newUrl());
        S3Setup.create(address);
        return address;
    }

    private static URI start() {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        try {
            S3ProxyJunitCore server =
                    new S3ProxyJunitCore.Builder()
                            .withBlobStoreProvider("transient-nio2")
                            .withCredentials("local", "local-secret")
                            .ignoreUnknownHeaders()
                            .build();
            server.beforeEach();
            return server.getUri();
        } catch (Exception refused) {
            throw new IllegalStateException("s3proxy", refused);
        }
    }
}
