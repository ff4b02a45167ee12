package aiv1.campaign;

/// Why a campaign ended: its budget was used, or somebody stopped it and it can be resumed.
public enum CampaignEnd {
    BUDGET_USED,
    STOPPED
}
