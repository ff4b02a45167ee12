-- Everything that is known, in the order in which it was recorded (`position`). Rows are only ever
-- added: the triggers below refuse every change, and also INSERT OR REPLACE, which deletes without
-- firing a delete trigger.

CREATE TABLE campaign (
    position INTEGER PRIMARY KEY,
    campaign_id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL -- JSON, schema campaign/1
) STRICT;

-- A candidate as it was proposed. Its source and rationale are artifacts, written before the row.
CREATE TABLE proposal (
    position INTEGER PRIMARY KEY,
    experiment_id TEXT NOT NULL UNIQUE,
    campaign_id TEXT, -- null: asked for by hand
    candidate_id TEXT NOT NULL,
    contract TEXT NOT NULL,
    proposer TEXT NOT NULL,
    parent_ids TEXT NOT NULL, -- candidate ids, separated by one space
    encoder_sha256 TEXT NOT NULL,
    decoder_sha256 TEXT NOT NULL,
    common_sha256 TEXT, -- null: the candidate has no common part
    rationale_sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE result (
    position INTEGER PRIMARY KEY,
    experiment_id TEXT NOT NULL UNIQUE REFERENCES proposal (experiment_id),
    campaign_id TEXT,
    candidate_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    finished_at TEXT NOT NULL, -- UTC with nine digits of fraction, so that text order is time order
    document TEXT NOT NULL -- JSON, schema experiment/1
) STRICT;

CREATE INDEX proposal_candidate ON proposal (candidate_id);
CREATE INDEX proposal_campaign ON proposal (campaign_id, position);
CREATE INDEX result_campaign ON result (campaign_id, position);
CREATE INDEX result_candidate ON result (candidate_id);
CREATE INDEX result_outcome ON result (outcome, position);
CREATE INDEX result_finished_at ON result (finished_at);

CREATE TRIGGER campaign_never_updated BEFORE UPDATE ON campaign
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER campaign_never_deleted BEFORE DELETE ON campaign
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER campaign_never_replaced BEFORE INSERT ON campaign
WHEN EXISTS (SELECT 1 FROM campaign WHERE position = NEW.position OR campaign_id = NEW.campaign_id)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER proposal_never_updated BEFORE UPDATE ON proposal
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER proposal_never_deleted BEFORE DELETE ON proposal
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER proposal_never_replaced BEFORE INSERT ON proposal
WHEN EXISTS (SELECT 1 FROM proposal WHERE position = NEW.position OR experiment_id = NEW.experiment_id)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER result_never_updated BEFORE UPDATE ON result
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER result_never_deleted BEFORE DELETE ON result
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER result_never_replaced BEFORE INSERT ON result
WHEN EXISTS (SELECT 1 FROM result WHERE position = NEW.position OR experiment_id = NEW.experiment_id)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
