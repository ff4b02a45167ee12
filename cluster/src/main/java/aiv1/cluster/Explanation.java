package aiv1.cluster;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
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
                case SSLException unsafe -> {
                    return trouble(place, Trouble.NO_TLS, "no TLS: " + unsafe.getMessage());
                }
                default -> {}
            }
        }
        return trouble(
                place,
                Trouble.CUT,
                "the connection broke: %s: %s"
                        .formatted(told.getClass().getSimpleName(), told.getMessage()));
    }

    private static WorkerTroubleException trouble(Place place, Trouble trouble, String what) {
        return new WorkerTroubleException(place.toString(), trouble, what);
    }
}
