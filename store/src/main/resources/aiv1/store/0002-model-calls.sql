-- Questions to language models that were answered. Prompt and reply are artifacts, written before
-- the row.

CREATE TABLE model_call (
    position INTEGER PRIMARY KEY,
    experiment_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    campaign_id TEXT NOT NULL,
    document TEXT NOT NULL, -- JSON, schema model-call/1
    UNIQUE (experiment_id, attempt)
) STRICT;

CREATE INDEX model_call_campaign ON model_call (campaign_id, position);

CREATE TRIGGER model_call_never_updated BEFORE UPDATE ON model_call
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER model_call_never_deleted BEFORE DELETE ON model_call
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER model_call_never_replaced BEFORE INSERT ON model_call
WHEN EXISTS (SELECT 1 FROM model_call WHERE position = NEW.position
    OR (experiment_id = NEW.experiment_id AND attempt = NEW.attempt))
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
