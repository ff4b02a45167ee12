package aiv1.store.aws;

import aiv1.store.StoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// What AWS's refusals mean to whoever runs the lab, and what to do. What AWS says of it is passed
/// on: it names who asked and what is missing, and never a secret.
///
/// After "Common errors" in the references of DynamoDB and S3.
final class AwsFaults {
    private static final int GOT_LENGTH_MAX = 200;

    private AwsFaults() {}

    static StoreException explain(String where, String action, SdkException fault) {
        StoreException explained = explained(where, action, fault);
        return isPassing(fault) ? explained.passing() : explained;
    }

    /// Who is away, or has too much to do, may be back.
    private static boolean isPassing(SdkException fault) {
        if (fault instanceof AwsServiceException told) {
            return told.isThrottlingException() || told.statusCode() >= 500;
        }
        Throwable root = root(fault);
        return fault instanceof ApiCallTimeoutException
                || fault instanceof ApiCallAttemptTimeoutException
                || (root instanceof IOException
                        && !(root instanceof UnknownHostException)
                        && !(root instanceof SSLException));
    }

    private static StoreException explained(String where, String action, SdkException fault) {
        if (fault instanceof AwsServiceException told) {
            return told(where, action, told);
        }
        Throwable root = root(fault);
        String got =
                root instanceof SdkException
                        ? cut(String.valueOf(root.getMessage()))
                        : cut(root.toString());
        return new StoreException(where, expected(fault), got, fault);
    }

    private static StoreException told(String where, String action, AwsServiceException fault) {
        String code =
                Optional.ofNullable(fault.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode)
                        .orElse("");
        String said =
                Optional.ofNullable(fault.awsErrorDetails())
                        .map(AwsErrorDetails::errorMessage)
                        .orElse("");
        String got = "HTTP %d %s: %s".formatted(fault.statusCode(), code, said).strip();
        return new StoreException(where, expected(action, fault, code), got, fault);
    }

    private static String expected(String action, AwsServiceException fault, String code) {
        if (fault.isThrottlingException() || code.equals("SlowDown")) {
            return "room for more requests (throttled, also after waiting: raise the limits of the"
                    + " table or the account, or run fewer experiments side by side)";
        }
        return switch (code) {
            case "ResourceNotFoundException" ->
                    "a table of this name in this region ('aiv1 store create URL' makes it)";
            case "NoSuchBucket" -> "a bucket of this name ('aiv1 store create URL' makes it)";
            case "AccessDeniedException", "AccessDenied", "AllAccessDisabled" ->
                    "leave for " + action + " (add it to the role's policy)";
            case "ExpiredTokenException", "ExpiredToken" ->
                    "AWS credentials that are still valid (sign in again)";
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "InvalidAccessKeyId",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException" ->
                    "AWS credentials that are taken (and a clock that is right)";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint" ->
                    "the region that the bucket is in (?region=... in the URL)";
            case "NotImplemented", "UnknownOperationException" -> "a server that knows " + action;
            default ->
                    fault.statusCode() == 403
                            ? "leave for " + action + " (add it to the role's policy)"
                            : fault.statusCode() >= 500
                                    ? "a server that answers " + action + " (try again later)"
                                    : action + " to be done";
        };
    }

    private static String expected(SdkException fault) {
        if (fault instanceof ApiCallTimeoutException
                || fault instanceof ApiCallAttemptTimeoutException) {
            return "an answer in time (is the network slow, or the endpoint a wrong one?)";
        }
        Throwable root = root(fault);
        if (root instanceof UnknownHostException) {
            return "a host that is known (check the endpoint and the region)";
        }
        if (root instanceof ConnectException || root instanceof SocketTimeoutException) {
            return "an answer (check the endpoint, the region and the network)";
        }
        if (root instanceof SSLException) {
            return "a server whose certificate is trusted";
        }
        String message = String.valueOf(fault.getMessage());
        if (message.contains("credentials")) {
            return "AWS credentials where AWS's tools look for them (environment, ~/.aws, the"
                    + " machine's role)";
        }
        if (message.contains("region")) {
            return "a region (?region=... in the URL, or AWS_REGION)";
        }
        return "an answer";
    }

    /// The SDK lists each place where it looked for credentials, at length.
    private static String cut(String message) {
        return message.length() <= GOT_LENGTH_MAX
                ? message
                : message.substring(0, GOT_LENGTH_MAX) + "...";
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
