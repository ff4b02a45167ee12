package aiv1.cluster;

import io.helidon.common.buffers.DataReader;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/// What a failed request means, told from its exception.
final class Explanation {
    private Explanation() {}

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
                            + WorkerHttp.shown(String.valueOf(told.getMessage())));
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
