package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.experiment.Provenance;
import aiv1.media.AnchorCache;
import aiv1.media.AnchorCatalogue;
import aiv1.media.ClipLibrary;
import aiv1.media.Ffmpeg;
import aiv1.sandbox.Sandbox;
import aiv1.sandbox.SandboxConfig;
import aiv1.store.LedgerFlags;
import aiv1.store.Patience;
import aiv1.store.PatientArtifacts;
import aiv1.store.PatientLedger;
import aiv1.worker.BdVerification;
import aiv1.worker.ExportVerification;
import aiv1.worker.LocalEvaluator;
import aiv1.worker.ResultVerification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One lab at one home: each room is opened when it is first asked for, and all are closed
/// together, last first.
///
/// Thread-safe; it is closed when nobody uses it any more.
public final class Lab implements AutoCloseable {
    private static final Duration STORE_WAIT_MAX = Duration.ofMinutes(10);
    private static final Duration STORE_PAUSE = Duration.ofMillis(500);

    private final Configuration configuration;
    private final Path home;
    private final Stores stores;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Optional<Patience> patience = Optional.empty();
    private Optional<ArtifactStore> artifacts = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();
    private Optional<LedgerFlags> flags = Optional.empty();
    private Optional<Ffmpeg> ffmpeg = Optional.empty();
    private Optional<ClipLibrary> clips = Optional.empty();
    private Optional<Sandbox> sandbox = Optional.empty();
    private Optional<Path> workFolder = Optional.empty();

    /// Creates the home when it is missing; throws [ConfigurationException] when it cannot be
    /// written.
    public Lab(Configuration configuration) {
        this.configuration = configuration;
        this.home = configuration.path(Keys.HOME);
        this.stores = Stores.of(configuration);
        try {
            Files.createDirectories(home);
            Files.delete(Files.createTempFile(home, ".writable", ""));
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(
                            "home (%s): expected a folder that can be written, got %s"
                                    .formatted(
                                            configuration.shown(Keys.HOME).source(),
                                            e.getClass().getSimpleName() + ": " + e.getMessage())));
        }
    }

    public Configuration configuration() {
        return configuration;
    }

    public Path home() {
        return home;
    }

    /// Where ledger and artifacts are.
    public Stores stores() {
        return stores;
    }

    /// From now on a store that is away is waited for; `listener` hears when that begins and ends.
    /// For what runs long, before anything is opened.
    public synchronized void waitForStores(Consumer<String> listener) {
        patience = Optional.of(new Patience(STORE_WAIT_MAX, STORE_PAUSE, listener));
    }

    public synchronized ArtifactStore artifacts() {
        if (artifacts.isEmpty()) {
            ArtifactStore opened = stores.openArtifacts();
            artifacts =
                    Optional.of(
                            patience.<ArtifactStore>map(it -> new PatientArtifacts(opened, it))
                                    .orElse(opened));
        }
        return artifacts.get();
    }

    public synchronized Ledger ledger() {
        if (ledger.isEmpty()) {
            Ledger opened = openLedger(stores, artifacts());
            open.push(opened);
            ledger =
                    Optional.of(
                            patience.<Ledger>map(it -> new PatientLedger(opened, it))
                                    .orElse(opened));
        }
        return ledger.get();
    }

    /// The ledger of other stores than this lab's own, for the caller to close.
    public Ledger openLedger(Stores other, ArtifactStore beside) {
        // Where the SQLite driver unpacks its native library.
        System.setProperty("org.sqlite.tmpdir", workFolder().toString());
        return other.openLedger(beside);
    }

    /// Which recorded results are not believed any more.
    public synchronized LedgerFlags flags() {
        if (flags.isEmpty()) {
            LedgerView marks = view();
            open.push(marks);
            flags = Optional.of(LedgerFlags.open(marks, home.resolve("flags.jsonl")));
        }
        return flags.get();
    }

    /// The ledger for whoever only looks, by a connection of its own, which the caller closes.
    public LedgerView view() {
        ledger();
        return stores.openView(artifacts());
    }

    public synchronized Ffmpeg ffmpeg() {
        if (ffmpeg.isEmpty()) {
            ffmpeg = Optional.of(Ffmpeg.open(configuration.path(Keys.FFMPEG)));
        }
        return ffmpeg.get();
    }

    public synchronized ClipLibrary clips() {
        if (clips.isEmpty()) {
            clips = Optional.of(ClipLibrary.open(home.resolve("clips"), ffmpeg()));
        }
        return clips.get();
    }

    public AnchorCatalogue catalogue() {
        return AnchorCatalogue.bundled();
    }

    public AnchorCache anchors() {
        return new AnchorCache(home.resolve("anchors"), ffmpeg(), clips());
    }

    public synchronized Sandbox sandbox() {
        if (sandbox.isEmpty()) {
            Sandbox opened =
                    Sandbox.open(
                            new SandboxConfig(configuration.path(Keys.PYTHON), 1, workFolder()));
            open.push(opened);
            sandbox = Optional.of(opened);
        }
        return sandbox.get();
    }

    private synchronized Path workFolder() {
        if (workFolder.isEmpty()) {
            Path parent = Path.of(System.getProperty("java.io.tmpdir"));
            workFolder = Optional.of(WorkFolder.open(parent).path());
        }
        return workFolder.get();
    }

    /// Evaluates in this process; `name` is what results call it.
    public LocalEvaluator evaluator(String name) {
        return new LocalEvaluator(
                sandbox(),
                clips(),
                catalogue(),
                anchors(),
                artifacts(),
                provenance(name),
                InstantSource.system(),
                configuration.positive(Keys.PARALLEL_RUNS));
    }

    /// Measures results again, with this machine's sandbox and anchors.
    public ResultVerification verification() {
        return new ResultVerification(new ExportVerification(sandbox(), clips()), bdVerification());
    }

    public BdVerification bdVerification() {
        return new BdVerification(catalogue(), anchors(), clips(), ffmpeg());
    }

    public Provenance provenance(String worker) {
        return new Provenance(
                Build.id(),
                "metrics/1",
                sandbox().tier().label(),
                ffmpeg().identity(),
                sandbox().python().version(),
                sandbox().python().numpy(),
                worker);
    }

    /// That of results which no worker made: this process measures nothing, and needs no sandbox.
    public Provenance remoteProvenance() {
        return new Provenance(
                Build.id(),
                "metrics/1",
                "unknown",
                "unknown",
                "unknown",
                "unknown",
                "none",
                "unknown",
                1);
    }

    /// What the settings name to measure on.
    public Chosen chosen() {
        return new Chosen(configuration, clips(), catalogue());
    }

    /// The campaign of that name; `option` is where the name was given.
    public Campaign campaign(String name, String option) {
        return ledger().campaigns().stream()
                .filter(known -> known.id().value().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ConfigurationException(
                                        List.of(
                                                "%s: expected a campaign of this home, got '%s'"
                                                        .formatted(option, name))));
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("aiv1: closing: " + e);
            }
        }
    }
}
