package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/// Says what the SDK's exceptions mean.
final class BedrockFailures {
    private BedrockFailures() {}

    static ModelException of(Throwable thrown, Failures failures) {
        boolean wire = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsServiceException told) {
                return told(told, failures);
            }
            wire |= cause instanceof IOException || cause instanceof Failures.Carrier;
        }
        return wire
                ? failures.of(thrown)
                : failures.of(
                        Kind.NOT_A_MODEL_SERVER, "expected a stream of events, got something else");
    }

    private static ModelException told(AwsServiceException told, Failures failures) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(told.awsErrorDetails());
        String body =
                details.map(AwsErrorDetails::rawResponse)
                        .map(bytes -> bytes.asUtf8String())
                        .filter(text -> !text.isBlank())
                        .or(() -> details.map(AwsErrorDetails::errorMessage))
                        .orElse("");
        // Bedrock tells of an unknown model in the way of a request that is not understood.
        if (body.contains("model identifier is invalid")) {
            return failures.of(404, body.startsWith("{") ? body : "{}", Optional.empty());
        }
        Optional<SdkHttpResponse> response = details.map(AwsErrorDetails::sdkHttpResponse);
        return failures.of(
                status(told),
                body,
                response.flatMap(head -> RetryAfter.in(head::firstMatchingHeader)));
    }

    /// A failure within a stream has a name in place of a status.
    private static int status(AwsServiceException told) {
        if (told.statusCode() >= 300) {
            return told.statusCode();
        }
        return switch (told) {
            case ValidationException _ -> 400;
            case ThrottlingException _ -> 429;
            case ServiceUnavailableException _ -> 503;
            case InternalServerException _ -> 500;
            default -> 500;
        };
    }
}
