package aiv1.alerts;

import java.util.Locale;

/// What happened.
public enum AlertKind {
    CAMPAIGN_STARTED,
    /// All experiments are done, or what may be spent on models is spent.
    BUDGET_REACHED,
    /// It ended before its budget was used: somebody stopped it, nobody proposes, or the lab
    /// failed.
    CAMPAIGN_STOPPED,
    NEW_BEST,
    WORKER_LOST,
    /// A recorded result is not believed any more.
    RESULT_DISPUTED,
    /// For a while no experiment was measured.
    NOTHING_MEASURED;

    /// Its name in JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
