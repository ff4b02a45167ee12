package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs a received request again, after "Create a signed AWS API request" in the AWS reference,
/// and compares: so a header that was changed after signing is found.
final class Signature {
    private static final Pattern AUTHORIZATION =
            Pattern.compile(
                    "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, "
                            + "SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

    private Signature() {}

    static void requireValid(
            StubServer.Request request, String keyId, String secret, String region, String service)
            throws GeneralSecurityException {
        Matcher parts = AUTHORIZATION.matcher(request.header("authorization"));
        assertThat(parts.matches()).as(request.header("authorization")).isTrue();
        assertThat(parts.group(1)).isEqualTo(keyId);
        assertThat(parts.group(3)).isEqualTo(region);
        assertThat(parts.group(4)).isEqualTo(service);
        List<String> signed = Arrays.asList(parts.group(5).split(";", -1));
        assertThat(signed).contains("host", "x-amz-date");
        StringBuilder canonical = new StringBuilder();
        canonical.append(request.method()).append('\n');
        // The path is encoded once more than it was sent.
        canonical.append(request.path().replace("%", "%25")).append("\n\n");
        for (String name : signed) {
            canonical.append(name).append(':').append(request.header(name)).append('\n');
        }
        canonical.append('\n').append(parts.group(5)).append('\n').append(hash(request.body()));
        String scope =
                String.join("/", parts.group(2), parts.group(3), parts.group(4), "aws4_request");
        String toSign =
                String.join(
                        "\n",
                        "AWS4-HMAC-SHA256",
                        request.header("x-amz-date"),
                        scope,
                        hash(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = mac(key, part);
        }
        assertThat(parts.group(6)).isEqualTo(HexFormat.of().formatHex(mac(key, toSign)));
    }

    private static String hash(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
