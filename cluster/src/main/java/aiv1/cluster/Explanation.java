package aiv1.cluster;

import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import io.helidon.common.buffers.DataReader;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/// What a failed request means, told from its exception or from the status of its answer.
final class Explanation {
    private static final int SHOWN_LENGTH_MAX = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;
    private static final int UNAVAILABLE = 503;
    private static final int DISK_FULL = 507;

    private Explanation() {}

    /// Of an answer that is neither 2xx nor 404; `hasToken` when the question had one.
    static WorkerTroubleException ofStatus(int status, String body, Place place, boolean hasToken) {
        String said = said(body);
        return switch (status) {
            case UNAUTHORIZED ->
                    trouble(
                            place,
                            Trouble.TOKEN_REFUSED,
                            hasToken
                                    ? "it refused the token"
                                    : "it wants a token, and none was given");
            case TOO_MANY, UNAVAILABLE -> trouble(place, Trouble.BUSY, "it takes no more: " + said);
            case DISK_FULL -> trouble(place, Trouble.DISK_FULL, "its disk is full: " + said);
            case CONFLICT -> trouble(place, Trouble.REFUSES, "it refuses: " + said);
            case FAULT -> trouble(place, Trouble.WRONG_NUMBERS, "it cannot measure: " + said);
            default ->
                    trouble(place, Trouble.GARBAGE, "it answered %d: %s".formatted(status, said));
        };
    }

    /// What a document of RFC 9457 says, or the text itself.
    private static String said(String text) {
        try {
            String detail = Json.parse(text, "answer").path("detail").asString("");
            return shown(detail.isEmpty() ? text : detail);
        } catch (JsonFormatException plain) {
            return shown(text);
        }
    }

    /// The start of it, on one line.
    static String shown(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.isEmpty()
                ? "nothing"
                : line.substring(0, Math.min(SHOWN_LENGTH_MAX, line.length()));
    }

    /// By the innermost cause that tells something.
    static WorkerTroubleException of(Exception failure, Place place, Timing timing) {
        Throwable told = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            told = cause;
            switch (cause) {
                case SocketTimeoutException late -> {
                    return trouble(
                            place,
                            Trouble.TIMED_OUT,
                            "timed out: no connection within %d ms"
                                    .formatted(timing.connectTimeMax().toMillis()));
                }
                case NoRouteToHostException lost -> {
                    return trouble(place, Trouble.NO_ROUTE, "no route to " + place.address());
                }
                case ConnectException refused -> {
                    String said = String.valueOf(refused.getMessage());
                    return said.contains("unreachable")
                            ? trouble(place, Trouble.NO_ROUTE, "no route: " + said)
                            : trouble(place, Trouble.REFUSED, "connection refused");
                }
                case SocketException broken when isReset(broken) -> {
                    return trouble(
                            place,
                            Trouble.CUT,
                            "the connection broke: the other side ended it without an answer");
                }
                case SSLException unsafe -> {
                    return trouble(place, Trouble.NO_TLS, "no TLS: " + unsafe.getMessage());
                }
                case DataReader.InsufficientDataAvailableException early -> {
                    return trouble(
                            place,
                            Trouble.CUT,
                            "the connection broke: it ended before the answer did");
                }
                default -> {}
            }
        }
        if (told instanceof IllegalStateException) {
            return trouble(
                    place,
                    Trouble.NOT_A_WORKER,
                    "this is no AiV1 worker, what it says is no HTTP: "
                            + shown(String.valueOf(told.getMessage())));
        }
        return trouble(
                place,
                Trouble.CUT,
                "the connection broke: %s: %s"
                        .formatted(told.getClass().getSimpleName(), told.getMessage()));
    }

    private static boolean isReset(SocketException broken) {
        String said = String.valueOf(broken.getMessage());
        return said.contains("reset") || said.contains("Broken pipe");
    }

    private static WorkerTroubleException trouble(Place place, Trouble trouble, String what) {
        return new WorkerTroubleException(place.toString(), trouble, what);
    }
}
