-- Schema 1 of state/ledger.db, but its findings; schema 2 follows in carried.sql. Money is minor units with its currency; days are ISO text.

CREATE TABLE run (
    run          INTEGER PRIMARY KEY,
    job          TEXT NOT NULL,
    as_of        TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    run_key      TEXT NOT NULL,
    folder       TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    exit_code    INTEGER NOT NULL,
    seal         TEXT NOT NULL,
    published    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (job, as_of, revision)
) STRICT;

CREATE TABLE run_input (
    run          INTEGER NOT NULL REFERENCES run (run) DEFERRABLE INITIALLY DEFERRED,
    position     INTEGER NOT NULL,
    dataset      TEXT NOT NULL,
    name         TEXT NOT NULL,
    exported_on  TEXT,
    sha256       TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT;

CREATE TABLE run_output (
    run          INTEGER NOT NULL REFERENCES run (run) DEFERRABLE INITIALLY DEFERRED,
    path         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    PRIMARY KEY (run, path)
) STRICT;

-- Who, when, on which machine: outside the chain and the outputs, so that both stay the same when repeated.
CREATE TABLE run_log (
    run          INTEGER NOT NULL,
    started_at   TEXT NOT NULL,
    ended_at     TEXT NOT NULL,
    host         TEXT NOT NULL,
    user         TEXT NOT NULL,
    engine       TEXT NOT NULL
) STRICT;

-- A voucher is claimed at most once per epoch: by this key, not by a check in code.
CREATE TABLE claim (
    voucher_id   TEXT NOT NULL,
    epoch        INTEGER NOT NULL DEFAULT 1,
    origin       TEXT NOT NULL CHECK (origin IN ('invoice', 'payment', 'prior')),
    reference    TEXT NOT NULL,
    live         INTEGER NOT NULL DEFAULT 1,
    requested_on TEXT,
    location_id  TEXT,
    engagement   TEXT,
    days         INTEGER,
    amount       INTEGER,
    currency     TEXT,
    run          INTEGER NOT NULL,
    PRIMARY KEY (voucher_id, epoch),
    CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT;

CREATE TABLE series (
    partner_id   TEXT NOT NULL,
    year         INTEGER NOT NULL,
    last_number  INTEGER NOT NULL,
    PRIMARY KEY (partner_id, year)
) STRICT;

CREATE TABLE batch (
    batch        TEXT PRIMARY KEY,
    run          INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'issued')),
    content      TEXT NOT NULL,
    vouchers     INTEGER NOT NULL,
    total        INTEGER NOT NULL
) STRICT;

-- A batch is approved by its content: whoever changes a line needs a new approval.
CREATE TABLE approval (
    content      TEXT PRIMARY KEY,
    batch        TEXT NOT NULL,
    approved_by  TEXT NOT NULL,
    approved_at  TEXT NOT NULL
) STRICT;

CREATE TABLE invoice (
    number       TEXT PRIMARY KEY,
    batch        TEXT NOT NULL REFERENCES batch (batch),
    partner_id   TEXT NOT NULL,
    location_id  TEXT NOT NULL,
    currency     TEXT NOT NULL,
    issued_on    TEXT NOT NULL,
    net          INTEGER NOT NULL,
    run          INTEGER NOT NULL
) STRICT;

CREATE TABLE invoice_line (
    number       TEXT NOT NULL REFERENCES invoice (number),
    line         INTEGER NOT NULL,
    voucher_id   TEXT NOT NULL,
    epoch        INTEGER NOT NULL DEFAULT 1,
    net          INTEGER NOT NULL,
    PRIMARY KEY (number, line),
    UNIQUE (voucher_id, epoch),
    FOREIGN KEY (voucher_id, epoch) REFERENCES claim (voucher_id, epoch)
) STRICT;

-- Unique for ever: nobody is told the same thing twice.
CREATE TABLE notice (
    partner_id   TEXT NOT NULL,
    topic        TEXT NOT NULL,
    subject      TEXT NOT NULL,
    stage        INTEGER NOT NULL,
    run          INTEGER NOT NULL,
    PRIMARY KEY (partner_id, topic, subject, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    letter_id    TEXT PRIMARY KEY,
    run          INTEGER NOT NULL,
    message_id   TEXT NOT NULL UNIQUE,
    recipient    TEXT NOT NULL,
    language     TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('captured', 'queued', 'sent', 'failed', 'ambiguous')),
    sha256       TEXT NOT NULL
) STRICT;

-- Append-only: each event carries the hash of the one before.
CREATE TABLE event (
    seq          INTEGER PRIMARY KEY,
    run          INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    payload      TEXT NOT NULL,
    hash         TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER invoice_is_not_changed BEFORE UPDATE ON invoice BEGIN
    SELECT RAISE(ABORT, 'an issued invoice is never edited');
END;
CREATE TRIGGER invoice_is_not_deleted BEFORE DELETE ON invoice BEGIN
    SELECT RAISE(ABORT, 'an issued invoice is never edited');
END;
CREATE TRIGGER claim_is_not_deleted BEFORE DELETE ON claim BEGIN
    SELECT RAISE(ABORT, 'a claim is released by a credit note, not deleted');
END;
