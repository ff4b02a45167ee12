package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.dashboard.AnchorCurves;
import aiv1.dashboard.Controls;
import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.ModelBudget;
import aiv1.dashboard.WorkerWatch;
import aiv1.dashboard.board.Board;
import aiv1.dashboard.http.DashboardServer;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.clip.Clip;
import aiv1.media.Anchor;
import aiv1.media.AnchorCurve;
import aiv1.media.AnchorPoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The web page over a lab.
public final class Page implements AutoCloseable {
    private static final int PORT_MAX = 65_535;

    private final LedgerView view;
    private final Board board;
    private final DashboardServer server;
    private final String host;
    private final PagePictures pictures;

    private Page(
            LedgerView view,
            PagePictures pictures,
            Board board,
            DashboardServer server,
            String host) {
        this.view = view;
        this.pictures = pictures;
        this.board = board;
        this.server = server;
        this.host = host;
    }

    /// Serves the page of the lab's home at the address that the settings name.
    public static Page open(Lab lab, Controls controls, WorkerWatch workers) {
        Configuration configuration = lab.configuration();
        long port = configuration.whole(Keys.PAGE_PORT);
        if (port < 0 || port > PORT_MAX) {
            throw new ConfigurationException(
                    List.of("page-port: expected 0 to %d, got %d".formatted(PORT_MAX, port)));
        }
        String host = configuration.text(Keys.PAGE_HOST);
        DashboardServer.Address address =
                new DashboardServer.Address(
                        host,
                        (int) port,
                        isLoopback(host),
                        configuration.optional(Keys.PAGE_TOKEN));
        LedgerView view = lab.view();
        PagePictures pictures = new PagePictures(lab);
        DashboardParts parts =
                new DashboardParts(
                        view,
                        lab.ledger(),
                        lab.artifacts(),
                        curves(lab),
                        controls,
                        pictures,
                        workers,
                        LiveFile.watch(lab.home()),
                        new ModelBudget(
                                configuration.amount(Keys.BUDGET_USD),
                                configuration.count(Keys.BUDGET_TOKENS)),
                        lab.home().toString(),
                        Build.id(),
                        Instant.now());
        Board board =
                new Board(
                        view, lab.ledger()::findCampaign, lab.artifacts(), InstantSource.system());
        Thread.ofVirtual().name("page-ffmpeg").start(() -> askVersion(lab));
        try {
            return new Page(
                    view, pictures, board, new DashboardServer(address, parts, board), host);
        } catch (RuntimeException refused) {
            pictures.close();
            view.close();
            throw refused;
        }
    }

    public String url() {
        return "http://%s:%d/"
                .formatted(host.contains(":") ? "[" + host + "]" : host, server.port());
    }

    public Board board() {
        return board;
    }

    @Override
    public void close() {
        server.close();
        pictures.close();
        view.close();
    }

    /// The first curve of an anchor needs ffmpeg's version, which takes it a second to say.
    private static void askVersion(Lab lab) {
        try {
            lab.ffmpeg().identity();
        } catch (RuntimeException missing) {
            // Whoever asks for what needs it is told so then.
            return;
        }
    }

    /// The reference codecs' curves that this home has measured.
    public static AnchorCurves curves(Lab lab) {
        return (name, clip) ->
                lab.catalogue()
                        .find(name)
                        .flatMap(anchor -> curve(lab, anchor, clip))
                        .map(
                                curve ->
                                        curve.points().stream()
                                                .map(point -> point(clip, point))
                                                .toList());
    }

    private static synchronized Optional<AnchorCurve> curve(Lab lab, Anchor anchor, Clip clip) {
        return lab.anchors().findCached(anchor, clip);
    }

    private static AnchorCurves.Point point(Clip clip, AnchorPoint point) {
        return new AnchorCurves.Point(
                point.setting(),
                clip.bitrateKbps((double) point.streamBytes()),
                point.distortion().psnrYuv(),
                point.distortion().psnrY(),
                point.distortion().ssimY());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new ConfigurationException(
                    List.of(
                            "page-host: expected a name or address of this machine, got '%s'"
                                    .formatted(host)));
        }
    }
}
