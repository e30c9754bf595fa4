-- Schema 2 of state/ledger.db: what is carried from run to run.

-- An open item of a job: from the as-of date of the run that showed it first to that of the first one that no longer did.
-- An item that comes back has a second row. Ids and hashes are 64 bits, printed as 16 hex digits.
CREATE TABLE item (
    job          TEXT NOT NULL,
    finding_id   INTEGER NOT NULL,
    since        TEXT NOT NULL,
    until        TEXT,
    subject      TEXT NOT NULL,
    code         TEXT NOT NULL,
    opened_on    TEXT NOT NULL,
    amount       INTEGER,
    currency     TEXT,
    hash         INTEGER NOT NULL,
    PRIMARY KEY (job, finding_id, since),
    CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX item_until ON item (job, until);
CREATE INDEX item_since ON item (job, since);

-- What people have decided, in the order in which runs took it. A decision is never changed; a later one takes its place.
CREATE TABLE decision (
    seq          INTEGER PRIMARY KEY,
    job          TEXT NOT NULL,
    run          INTEGER NOT NULL,
    taken_on     TEXT NOT NULL,
    finding_id   INTEGER NOT NULL,
    bound        INTEGER NOT NULL,
    said         INTEGER,
    word         TEXT NOT NULL,
    waive_until  TEXT,
    resolve_to   TEXT,
    reason       TEXT NOT NULL,
    initials_1   TEXT NOT NULL,
    initials_2   TEXT,
    objection    TEXT,
    why          TEXT
) STRICT;

CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision BEGIN
    SELECT RAISE(ABORT, 'a decision is withdrawn by another, not changed');
END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision BEGIN
    SELECT RAISE(ABORT, 'a decision is withdrawn by another, not deleted');
END;

-- What a run has kept for later ones, published or not.
CREATE TABLE run_record (
    run          INTEGER NOT NULL REFERENCES run (run) DEFERRABLE INITIALLY DEFERRED,
    name         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

-- Periods that people have closed and reopened, act by act. The last act about a period says whether it is closed.
CREATE TABLE period_act (
    seq          INTEGER PRIMARY KEY,
    job          TEXT NOT NULL,
    period       TEXT NOT NULL,
    ends_on      TEXT NOT NULL,
    act          TEXT NOT NULL CHECK (act IN ('close', 'reopen')),
    run          INTEGER NOT NULL,
    by           TEXT NOT NULL,
    at           TEXT NOT NULL,
    reason       TEXT
) STRICT;

CREATE TRIGGER period_act_is_not_changed BEFORE UPDATE ON period_act BEGIN
    SELECT RAISE(ABORT, 'a closing is undone by reopening, not changed');
END;
CREATE TRIGGER period_act_is_not_deleted BEFORE DELETE ON period_act BEGIN
    SELECT RAISE(ABORT, 'a closing is undone by reopening, not deleted');
END;
