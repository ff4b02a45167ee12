package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.Pictures;
import aiv1.dashboard.Pictures.Answer;
import aiv1.dashboard.Pictures.Wanted;
import aiv1.domain.experiment.ExperimentId;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/video/...` and `GET /api/frame/...`: 202 until it is made, then the thing itself.
final class PictureRoutes {
    private static final Pattern QUALITY = Pattern.compile("q([0-4])");
    private static final Pattern FRAME = Pattern.compile("([0-9]{1,7})\\.png");
    private static final String PROXY = "X-AiV1-Proxy";
    private static final String RETRY_SECONDS = "1";

    private final DashboardParts parts;

    PictureRoutes(DashboardParts parts) {
        this.parts = parts;
    }

    /// `GET /api/video/{id}/{clip}/q0.mp4`
    void video(ServerRequest request, ServerResponse response) {
        String quality = named(request, "file", ".mp4");
        send(request, response, parts.pictures().video(made(request, quality)));
    }

    /// `GET /api/video/source/{clip}.mp4`
    void sourceVideo(ServerRequest request, ServerResponse response) {
        String clip = named(request, "file", ".mp4");
        send(request, response, parts.pictures().video(source(request, clip)));
    }

    /// `GET /api/frame/{id}/{clip}/q0/7.png`
    void frame(ServerRequest request, ServerResponse response) {
        String quality = new Query(request).path("quality", Function.identity());
        send(request, response, parts.pictures().still(made(request, quality), number(request)));
    }

    /// `GET /api/frame/source/{clip}/7.png`
    void sourceFrame(ServerRequest request, ServerResponse response) {
        String clip = new Query(request).path("clip", Function.identity());
        send(request, response, parts.pictures().still(source(request, clip), number(request)));
    }

    private static Wanted made(ServerRequest request, String quality) {
        Query query = new Query(request);
        Matcher level = QUALITY.matcher(quality);
        if (!level.matches()) {
            throw Problem.badRequest("quality: expected q0 to q4, got '%s'".formatted(quality));
        }
        return new Wanted.Reconstruction(
                query.path("id", ExperimentId::new),
                query.path("clip", Function.identity()),
                Integer.parseInt(level.group(1)));
    }

    private static Wanted source(ServerRequest request, String clip) {
        return new Wanted.Source(clip, new Query(request).value("experiment", ExperimentId::new));
    }

    private static String named(ServerRequest request, String parameter, String ending) {
        String name = new Query(request).path(parameter, Function.identity());
        if (!name.endsWith(ending)) {
            throw Problem.badRequest(
                    "expected a name that ends with %s, got '%s'".formatted(ending, name));
        }
        return name.substring(0, name.length() - ending.length());
    }

    private static int number(ServerRequest request) {
        String name = new Query(request).path("file", Function.identity());
        Matcher frame = FRAME.matcher(name);
        if (!frame.matches()) {
            throw Problem.badRequest(
                    "frame: expected a name such as 7.png, got '%s'".formatted(name));
        }
        return Integer.parseInt(frame.group(1));
    }

    private static void send(ServerRequest request, ServerResponse response, Answer answer) {
        switch (answer) {
            case Answer.Video video -> send(request, response, video);
            case Answer.Still still ->
                    Answers.tagged(
                            request,
                            response,
                            "image/png",
                            "no-cache",
                            "\"" + still.tag() + "\"",
                            still.png());
            case Answer.Coming coming -> send(response, coming);
            case Answer.Refused refused -> {
                if (refused.reason() == Pictures.Reason.BUSY) {
                    response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_SECONDS));
                }
                throw new Problem(status(refused.reason()), refused.words());
            }
        }
    }

    private static void send(ServerRequest request, ServerResponse response, Answer.Video video) {
        response.header(HeaderValues.create(PROXY, video.isLossless() ? "lossless" : "proxy"));
        try {
            Answers.file(request, response, "video/mp4", "\"" + video.tag() + "\"", video.file());
        } catch (IOException gone) {
            // It went out of the cache since it was found; whoever asks again has it made anew.
            send(response, new Answer.Coming(0));
        }
    }

    private static void send(ServerResponse response, Answer.Coming coming) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ahead", coming.ahead());
        answer.put(
                "detail",
                switch (coming.ahead()) {
                    case 0 -> "it is being made";
                    case 1 -> "another one is made first";
                    default -> "%d others are made first".formatted(coming.ahead());
                });
        response.status(Status.ACCEPTED_202)
                .header(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_SECONDS));
        Answers.unkept(response, answer);
    }

    private static Status status(Pictures.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> Status.NOT_FOUND_404;
            case GONE -> Status.GONE_410;
            case UNTRUE -> Status.CONFLICT_409;
            case UNAVAILABLE, BUSY -> Status.SERVICE_UNAVAILABLE_503;
        };
    }
}
