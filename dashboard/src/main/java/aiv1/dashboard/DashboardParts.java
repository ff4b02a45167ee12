package aiv1.dashboard;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.LedgerView;
import java.time.Instant;

/// What the page is made of: where it reads, what it may do, and what it says of itself.
///
/// `budget` is that of the campaign which this process runs; `home` and `build` are told at
/// `/api/health`.
public record DashboardParts(
        LedgerView view,
        Ledger ledger,
        ArtifactStore artifacts,
        AnchorCurves anchors,
        Controls controls,
        Pictures pictures,
        WorkerWatch workers,
        LiveWatch elsewhere,
        ModelBudget budget,
        String home,
        String build,
        Instant startedAt) {}
