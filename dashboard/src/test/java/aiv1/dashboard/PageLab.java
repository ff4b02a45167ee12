package aiv1.dashboard;

import aiv1.dashboard.board.Board;
import aiv1.dashboard.http.DashboardServer;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.FileArtifactStore;
import aiv1.store.SqliteLedger;
import aiv1.store.SqliteView;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// A home with a ledger of its own, and the page that shows it, on a free loopback port.
public final class PageLab implements AutoCloseable {
    public static final CampaignId CAMPAIGN = new CampaignId("c-20260131-120000");

    private final SqliteLedger ledger;
    private final SqliteView view;
    private final FileArtifactStore artifacts;
    private final Board board;
    private final Pictures pictures;
    private final ScriptedControls controls = new ScriptedControls();
    private volatile List<WorkerWatch.Row> workers = List.of();
    private DashboardServer server;

    /// Records that many experiments, then opens the page, which has no pictures.
    public PageLab(Path home, int experimentCount) {
        this(home, experimentCount, Pictures.NONE);
    }

    public PageLab(Path home, int experimentCount, Pictures pictures) {
        this.pictures = pictures;
        artifacts = FileArtifactStore.open(home.resolve("artifacts"));
        Path file = home.resolve("ledger.db");
        ledger = SqliteLedger.open(file, artifacts);
        view = SqliteView.open(file);
        ledger.append(PageResults.campaign(CAMPAIGN));
        artifacts.put(PageResults.frames());
        IntStream.range(0, experimentCount).forEach(this::add);
        board = new Board(view, ledger::findCampaign, artifacts, InstantSource.system());
        server = serve(0, board);
    }

    private DashboardServer serve(int port, Board shown) {
        return new DashboardServer(
                new DashboardServer.Address("127.0.0.1", port, true, Optional.empty()),
                new DashboardParts(
                        view,
                        ledger,
                        artifacts,
                        (anchor, clip) -> Optional.of(PageResults.anchor(anchor)),
                        controls,
                        pictures,
                        () -> workers.isEmpty() ? Optional.empty() : Optional.of(workers),
                        LiveWatch.NONE,
                        new ModelBudget(OptionalDouble.of(5), OptionalLong.empty()),
                        "a home of a test",
                        "0.1.0+test",
                        PageResults.START),
                shown);
    }

    public ScriptedControls controls() {
        return controls;
    }

    /// From now on this process has these.
    public void workers(WorkerWatch.Row... rows) {
        workers = List.of(rows);
    }

    public void add(ModelCall call) {
        ledger.append(call);
    }

    public void add(Campaign campaign) {
        ledger.append(campaign);
    }

    /// Records a proposal alone.
    public void propose(int index) {
        ledger.append(CAMPAIGN, id(index), PageResults.proposal(index));
    }

    /// Records a second measurement of candidate `index`, with the numbers of `measuredAs`.
    public void addRerun(ExperimentId again, int index, int measuredAs) {
        ledger.append(
                PageResults.result(
                        measuredAs, again, Optional.empty(), PageResults.proposal(index)));
    }

    public Board board() {
        return board;
    }

    public DashboardServer server() {
        return server;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    public static ExperimentId id(int index) {
        return CAMPAIGN.experimentId(index);
    }

    /// Records experiment number `index`; every seventh one crashed.
    public void add(int index) {
        add(index, PageResults.proposal(index));
    }

    public void add(int index, Proposal proposal) {
        ledger.append(CAMPAIGN, id(index), proposal);
        ExperimentResult result = PageResults.result(CAMPAIGN, index, proposal);
        ledger.append(result);
    }

    /// Ends the server, and starts another on the same port that has heard nothing.
    public void restart() {
        int port = server.port();
        server.close();
        server =
                serve(
                        port,
                        new Board(view, ledger::findCampaign, artifacts, InstantSource.system()));
    }

    @Override
    public void close() {
        server.close();
        view.close();
        ledger.close();
    }
}
