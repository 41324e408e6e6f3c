"""The tables of a desk, step by step: what every released desk went through, never edited once released."""

from typing import TYPE_CHECKING

from foiadesk.store.migrate import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

desk_migrations = Migrations("desk", major=1)

# Row versions are numbers drawn from `revision`, never used twice: a version names one exact content of a row, so an
# undo that puts back the content also puts back its version, and a stale editor is still noticed.
_REVISION = """
CREATE TABLE revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT;
INSERT INTO revision (one, number) VALUES (1, 0);
"""

# One vault file for each distinct content. `spare_contents` names further vault files of a known content, left by an
# interruption: nothing automatic deletes an attachment.
_FILES = """
CREATE TABLE contents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0), vault_key TEXT NOT NULL UNIQUE, added_at TEXT NOT NULL
) STRICT;
CREATE INDEX contents_size ON contents (size);
CREATE TABLE spare_contents (
    vault_key TEXT PRIMARY KEY, content INTEGER NOT NULL REFERENCES contents (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE correspondence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, request INTEGER REFERENCES requests (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')), date TEXT,
    channel TEXT CHECK (channel IN ('mail', 'email', 'portal', 'fax', 'hand')), subject TEXT NOT NULL DEFAULT '',
    sender TEXT NOT NULL DEFAULT '', recipients TEXT NOT NULL DEFAULT '[]', body TEXT NOT NULL DEFAULT '',
    message_id TEXT NOT NULL DEFAULT '', in_reply_to TEXT NOT NULL DEFAULT '', damaged TEXT NOT NULL DEFAULT '',
    parsed TEXT NOT NULL DEFAULT 'waiting' CHECK (parsed IN ('waiting', 'done')),
    tries INTEGER NOT NULL DEFAULT 0, filed_at TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE INDEX correspondence_request ON correspondence (request, date);
CREATE INDEX correspondence_waiting ON correspondence (id) WHERE parsed = 'waiting';
CREATE INDEX correspondence_message ON correspondence (message_id) WHERE message_id <> '';
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY AUTOINCREMENT, content INTEGER NOT NULL REFERENCES contents (id), name TEXT NOT NULL,
    media_type TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('original', 'part', 'letter', 'letterhead')),
    origin TEXT NOT NULL DEFAULT '', added_at TEXT NOT NULL, correspondence INTEGER REFERENCES correspondence (id)
) STRICT;
CREATE INDEX attachments_content ON attachments (content);
CREATE INDEX attachments_correspondence ON attachments (correspondence);
"""

_PEOPLE = """
CREATE TABLE requesters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, address TEXT NOT NULL DEFAULT '[]',
    email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', website TEXT NOT NULL DEFAULT '',
    logo INTEGER REFERENCES attachments (id), version INTEGER NOT NULL
) STRICT;
CREATE INDEX requesters_logo ON requesters (logo);
CREATE TABLE signers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, requester INTEGER NOT NULL REFERENCES requesters (id), place INTEGER NOT NULL,
    name TEXT NOT NULL, title TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX signers_requester ON signers (requester, place);
"""

# `offices` holds each snapshot of a directory entry once, however many requests keep it. `gone` marks a request whose
# making was undone after events had been entered: the log keeps its ids.
_REQUESTS = """
CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE TABLE offices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, name TEXT NOT NULL, snapshot TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, law TEXT NOT NULL, office_code TEXT NOT NULL,
    office_short TEXT NOT NULL, office INTEGER NOT NULL REFERENCES offices (id),
    campaign INTEGER REFERENCES campaigns (id), items TEXT NOT NULL DEFAULT '[]', records_from TEXT, records_to TEXT,
    formats TEXT NOT NULL DEFAULT '', background TEXT NOT NULL DEFAULT '', fees TEXT NOT NULL DEFAULT '{}',
    expedition TEXT NOT NULL DEFAULT '{}', notes TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
    trashed INTEGER NOT NULL DEFAULT 0 CHECK (trashed IN (0, 1)), gone INTEGER NOT NULL DEFAULT 0
    CHECK (gone IN (0, 1)), version INTEGER NOT NULL
) STRICT;
CREATE INDEX requests_campaign ON requests (campaign);
CREATE INDEX requests_title ON requests (trashed, gone, title COLLATE NOCASE, office_short COLLATE NOCASE);
CREATE INDEX requests_office ON requests (trashed, gone, office_short COLLATE NOCASE, title COLLATE NOCASE);
CREATE INDEX requests_code ON requests (office_code);
CREATE TABLE request_requesters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, request INTEGER NOT NULL REFERENCES requests (id),
    requester INTEGER NOT NULL REFERENCES requesters (id), place INTEGER NOT NULL, UNIQUE (request, requester)
) STRICT;
CREATE INDEX request_requesters_requester ON request_requesters (requester);
"""

_EVENTS = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    request INTEGER NOT NULL REFERENCES requests (id), kind TEXT NOT NULL, date TEXT NOT NULL,
    data TEXT NOT NULL, entered_at TEXT NOT NULL
) STRICT;
CREATE INDEX events_request ON events (request, date, seq);
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_never_vanish BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TABLE event_status (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL REFERENCES events (seq),
    active INTEGER NOT NULL CHECK (active IN (0, 1)), replaced_by INTEGER REFERENCES events (seq),
    reason TEXT NOT NULL DEFAULT '', at TEXT NOT NULL
) STRICT;
CREATE INDEX event_status_event ON event_status (event, seq);
CREATE INDEX event_status_replaced_by ON event_status (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE TRIGGER event_status_never_changes BEFORE UPDATE ON event_status
BEGIN SELECT RAISE(ABORT, 'the record of what is in force is never changed'); END;
CREATE TRIGGER event_status_never_vanishes BEFORE DELETE ON event_status
BEGIN SELECT RAISE(ABORT, 'the record of what is in force is never deleted'); END;
CREATE VIEW events_in_force AS
SELECT e.* FROM events e WHERE coalesce(
    (SELECT s.active FROM event_status s WHERE s.event = e.seq ORDER BY s.seq DESC LIMIT 1), 1) = 1;
CREATE TABLE event_evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL REFERENCES events (seq),
    correspondence INTEGER NOT NULL REFERENCES correspondence (id), UNIQUE (event, correspondence)
) STRICT;
CREATE INDEX event_evidence_correspondence ON event_evidence (correspondence);
"""

# Derived from events; dropping these rows and deriving them again gives the same rows. Between events they change only
# on `next_change_on`: days late are counted when shown. `urgency` orders lists: the day number of the next date to
# meet, and beyond 4,000,000 what has none.
_STANDING = """
CREATE TABLE standing (
    request INTEGER PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE, hidden INTEGER NOT NULL,
    urgency INTEGER NOT NULL, stage TEXT NOT NULL, turn TEXT NOT NULL, clock TEXT NOT NULL DEFAULT '',
    clock_id TEXT NOT NULL DEFAULT '', due TEXT, who TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '',
    met_on TEXT, may_sue_since TEXT, exhaustion TEXT NOT NULL DEFAULT '', until TEXT,
    step_kind TEXT NOT NULL DEFAULT '', step_by TEXT, sent_on TEXT,
    next_change_on TEXT, head_event INTEGER NOT NULL, pack_version TEXT NOT NULL, calendar_version TEXT NOT NULL
) STRICT;
CREATE INDEX standing_list ON standing (hidden, urgency, request);
CREATE INDEX standing_stage ON standing (hidden, stage, urgency, request);
CREATE INDEX standing_turn ON standing (hidden, turn, urgency, request);
CREATE INDEX standing_due ON standing (hidden, due, request);
CREATE INDEX standing_next ON standing (next_change_on) WHERE next_change_on IS NOT NULL;
CREATE TABLE standing_clocks (
    request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE, place INTEGER NOT NULL,
    clock_id TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, who TEXT NOT NULL, start TEXT, due TEXT,
    state TEXT NOT NULL, met_on TEXT, PRIMARY KEY (request, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_clocks_open ON standing_clocks (due, request) WHERE met_on IS NULL AND due IS NOT NULL;
CREATE TABLE tracking (
    request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE, place INTEGER NOT NULL, number TEXT NOT NULL,
    plain TEXT NOT NULL, PRIMARY KEY (request, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_plain ON tracking (plain);
"""

_LETTERS = """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, request INTEGER NOT NULL REFERENCES requests (id),
    form TEXT NOT NULL DEFAULT '{}', state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sent')),
    title TEXT NOT NULL DEFAULT '', correspondence INTEGER REFERENCES correspondence (id), counted_on TEXT,
    counted_under TEXT NOT NULL DEFAULT '', updated_at TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE INDEX letters_request ON letters (request, id);
CREATE INDEX letters_correspondence ON letters (correspondence);
CREATE INDEX letters_drafts ON letters (updated_at) WHERE state = 'draft';
"""

_REST = """
CREATE TABLE settings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE TABLE layouts (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE desk_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE to_index (kind TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
"""

# Days on which a person knows the offices of a calendar to be closed, beside its holidays.
_CLOSURES = """
CREATE TABLE closures (
    id INTEGER PRIMARY KEY AUTOINCREMENT, calendar TEXT NOT NULL, date TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (calendar, date)
) STRICT;
"""

# The rest of the answer to "may I sue?". Rows derived before it was stored are dropped, and derived again at first use.
_EXHAUSTION = """
ALTER TABLE standing ADD COLUMN since TEXT;
ALTER TABLE standing ADD COLUMN why TEXT NOT NULL DEFAULT '';
ALTER TABLE standing ADD COLUMN assumed INTEGER NOT NULL DEFAULT 0 CHECK (assumed IN (0, 1));
ALTER TABLE standing ADD COLUMN undisputed_since TEXT;
ALTER TABLE standing ADD COLUMN expedition TEXT NOT NULL DEFAULT '';
ALTER TABLE standing ADD COLUMN expedition_since TEXT;
DELETE FROM standing_clocks;
DELETE FROM tracking;
DELETE FROM standing;
DELETE FROM desk_state WHERE name IN ('standing_day', 'standing_law');
"""

# When a thing was put in the trash; it stays until a person restores or purges it. `purging` holds its one row only
# inside a purge's own transaction, and is what lets an event's content, never its id, be removed. `to_forget` names
# vault files whose last row a purge has removed, until they are gone from the disk.
_TRASH = """
ALTER TABLE requests ADD COLUMN trashed_at TEXT;
UPDATE requests SET trashed_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now') WHERE trashed = 1;
ALTER TABLE correspondence ADD COLUMN trashed_at TEXT;
CREATE INDEX correspondence_trashed ON correspondence (trashed_at) WHERE trashed_at IS NOT NULL;
ALTER TABLE letters ADD COLUMN trashed_at TEXT;
CREATE INDEX letters_trashed ON letters (trashed_at) WHERE trashed_at IS NOT NULL;
ALTER TABLE attachments ADD COLUMN trashed_at TEXT;
CREATE INDEX attachments_trashed ON attachments (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE TABLE purging (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
CREATE TABLE to_forget (vault_key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
DROP TRIGGER events_never_change;
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
WHEN NOT (EXISTS (SELECT 1 FROM purging) AND NEW.data = '' AND NEW.kind = 'purged'
    AND NEW.seq = OLD.seq AND NEW.id = OLD.id AND NEW.request = OLD.request)
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
"""

# Where a letter belongs is also told by its subject and by who wrote it.
_MEANING = """
CREATE INDEX correspondence_subject ON correspondence (subject) WHERE subject <> '';
CREATE INDEX correspondence_sender ON correspondence (sender) WHERE sender <> '';
"""

# A search kept under a name. `stamp` tells a thing that was queued again from one that still waits.
_SEARCHES = """
CREATE TABLE searches (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, query TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
ALTER TABLE to_index ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
"""

# The law and rule behind a date whose text was not compared with a source; "" where it was. Rows derived before are
# dropped, and derived again at first use.
_UNVERIFIED = """
ALTER TABLE standing ADD COLUMN unverified TEXT NOT NULL DEFAULT '';
ALTER TABLE standing ADD COLUMN exhaustion_unverified TEXT NOT NULL DEFAULT '';
ALTER TABLE standing_clocks ADD COLUMN unverified TEXT NOT NULL DEFAULT '';
DELETE FROM standing_clocks;
DELETE FROM tracking;
DELETE FROM standing;
DELETE FROM desk_state WHERE name IN ('standing_day', 'standing_law');
"""

# Where backups are kept and the last good one there. `vault_prints` remembers size and SHA-256 of an encrypted file
# that was once decrypted and proven right, so that a copy of it is proven by its hash alone.
_BACKUPS = """
CREATE TABLE backup_places (
    id INTEGER PRIMARY KEY AUTOINCREMENT, folder TEXT NOT NULL UNIQUE, mark TEXT NOT NULL,
    every TEXT NOT NULL CHECK (every IN ('daily', 'weekly', 'hand')), added_at TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE TABLE backups_made (
    place INTEGER PRIMARY KEY REFERENCES backup_places (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    taken_at TEXT NOT NULL, bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE vault_prints (
    vault_key TEXT PRIMARY KEY, size INTEGER NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contents_purged AFTER DELETE ON contents
BEGIN DELETE FROM vault_prints WHERE vault_key = old.vault_key; END;
CREATE TRIGGER contents_moved AFTER UPDATE OF vault_key ON contents
BEGIN DELETE FROM vault_prints WHERE vault_key = old.vault_key; END;
"""

# What people expect of a desk in daily use. A mark of privilege is on the bytes, wherever they lie. `filter` and
# `office` are JSON; an office of one's own is kept by its code, whether the directory has it (then it corrects what
# differs there) or not.
_DAILY = """
CREATE TABLE privileged (
    id INTEGER PRIMARY KEY AUTOINCREMENT, content INTEGER NOT NULL UNIQUE REFERENCES contents (id) ON DELETE CASCADE,
    marked_at TEXT NOT NULL
) STRICT;
ALTER TABLE correspondence ADD COLUMN postmark TEXT;
ALTER TABLE correspondence ADD COLUMN by_hand TEXT;
CREATE TABLE views (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, filter TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE TABLE own_offices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, office TEXT NOT NULL DEFAULT '{}',
    added INTEGER NOT NULL DEFAULT 0 CHECK (added IN (0, 1)), contact TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '', as_of TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
"""

# What a draft said at earlier moments; sentences kept to be used again. Versions are never changed.
_DRAFTING = """
CREATE TABLE letter_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, letter INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    form TEXT NOT NULL, why TEXT NOT NULL CHECK (why IN ('kept', 'pause', 'saved', 'printed', 'restored')),
    name TEXT NOT NULL DEFAULT '', at TEXT NOT NULL
) STRICT;
CREATE INDEX letter_versions_letter ON letter_versions (letter, id);
CREATE TABLE snippets (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL UNIQUE COLLATE NOCASE, text TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE TABLE known_words (
    id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL UNIQUE
) STRICT;
"""

# A letter of the desk's own: over the shipped one of the same name, or beside them all. `shipped` is the print of the
# shipped letter as it was then. A draft is what somebody types in the editor and has not put in force.
_TEMPLATES = """
CREATE TABLE templates (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, base TEXT NOT NULL, form TEXT NOT NULL,
    text TEXT NOT NULL, shipped TEXT NOT NULL DEFAULT '', changed_on TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE TABLE template_drafts (
    name TEXT PRIMARY KEY, form TEXT NOT NULL, text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


@desk_migrations.step("0001 first tables")
def _first_tables(db: "Database") -> None:
    for part in (_REVISION, _REQUESTS, _FILES, _PEOPLE, _EVENTS, _STANDING, _LETTERS, _REST):
        for statement in _statements(part):
            db.execute(statement)


@desk_migrations.step("0002 closures and exhaustion")
def _closures_and_exhaustion(db: "Database") -> None:
    for part in (_CLOSURES, _EXHAUSTION):
        for statement in _statements(part):
            db.execute(statement)


@desk_migrations.step("0003 trash and purge")
def _trash_and_purge(db: "Database") -> None:
    for statement in _statements(_TRASH):
        db.execute(statement)


@desk_migrations.step("0004 backups")
def _backups(db: "Database") -> None:
    for statement in _statements(_BACKUPS):
        db.execute(statement)


@desk_migrations.step("0005 meaning")
def _meaning(db: "Database") -> None:
    for statement in _statements(_MEANING):
        db.execute(statement)


@desk_migrations.step("0006 saved searches")
def _saved_searches(db: "Database") -> None:
    for statement in _statements(_SEARCHES):
        db.execute(statement)


@desk_migrations.step("0007 unverified")
def _unverified(db: "Database") -> None:
    for statement in _statements(_UNVERIFIED):
        db.execute(statement)


@desk_migrations.step("0008 daily")
def _daily(db: "Database") -> None:
    for statement in _statements(_DAILY):
        db.execute(statement)


@desk_migrations.step("0009 templates")
def _templates(db: "Database") -> None:
    for statement in _statements(_TEMPLATES):
        db.execute(statement)


@desk_migrations.step("0010 drafting")
def _drafting(db: "Database") -> None:
    for statement in _statements(_DRAFTING):
        db.execute(statement)


@desk_migrations.step("0011 own dates")
def _own_dates(db: "Database") -> None:
    # Few of very many dates are the person's own, and none of these may be overlooked.
    db.execute(
        """CREATE INDEX standing_clocks_own ON standing_clocks (due, request)
        WHERE who = 'requester' AND met_on IS NULL AND due IS NOT NULL"""
    )


def _statements(script: str) -> list[str]:
    """Split a script into statements; executescript would commit the step's transaction."""
    from sqlcipher3.dbapi2 import complete_statement

    found: list[str] = []
    held = ""
    for line in script.strip().splitlines():
        held += line + "\n"
        if complete_statement(held):
            found.append(held)
            held = ""
    return found
