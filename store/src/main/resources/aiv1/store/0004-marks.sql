-- What people did through the page: stars, notes, stops. The key makes a repeated request one mark.

CREATE TABLE mark (
    position INTEGER PRIMARY KEY,
    mark_key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL, -- UTC with nine digits of fraction
    action TEXT NOT NULL,
    target TEXT NOT NULL, -- experiment or campaign id
    made_by TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TRIGGER mark_never_updated BEFORE UPDATE ON mark
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER mark_never_deleted BEFORE DELETE ON mark
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER mark_never_replaced BEFORE INSERT ON mark
WHEN EXISTS (SELECT 1 FROM mark WHERE position = NEW.position OR mark_key = NEW.mark_key)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
