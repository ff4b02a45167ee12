package aiv1.campaign;

/// Why a campaign ended. All but `BUDGET_USED` can be resumed and go on.
public enum CampaignEnd {
    /// All experiments are done.
    BUDGET_USED,
    /// What may be spent on models is spent.
    SPENT,
    /// Nobody who proposes answers.
    NO_PROPOSER,
    /// Somebody stopped it.
    STOPPED
}
