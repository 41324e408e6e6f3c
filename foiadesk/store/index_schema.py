"""The tables of a search index. No step is ever added: an index of another schema is thrown away and made anew."""

from typing import TYPE_CHECKING

from foiadesk.store.migrate import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

index_migrations = Migrations("index", major=1)

# One row for each thing that can be found. kind: request, event, mail, letter or file; key: its id on the desk; sub:
# the kind of event or letter; state: draft, letter (mail that is a letter of ours), damaged or "". `files` counts what
# came with it.
_DOCUMENTS = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key INTEGER NOT NULL, sub TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '', request INTEGER, date TEXT, direction TEXT NOT NULL DEFAULT '',
    media TEXT NOT NULL DEFAULT '', files INTEGER NOT NULL DEFAULT 0, content INTEGER, title TEXT NOT NULL,
    names TEXT NOT NULL, numbers TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (kind, key)
) STRICT
"""

# What was read out of stored contents, so that nothing is read twice. state: waiting, done or failed, and why. source:
# where a page's text is from; "none" has none yet, and `reason` says why it will have none.
_CONTENTS = """
CREATE TABLE contents (
    content INTEGER PRIMARY KEY, kind TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    reason TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0
) STRICT
"""
_PAGES = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, content INTEGER NOT NULL REFERENCES contents (content) ON DELETE CASCADE,
    number INTEGER NOT NULL, source TEXT NOT NULL CHECK (source IN ('text', 'ocr', 'none')),
    tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
    UNIQUE (content, number)
) STRICT
"""

# The text of a file is kept once, in its pages; a form feed stands between two of them.
_SEARCHED = """
CREATE VIEW searched AS SELECT d.id, d.title, d.names, d.numbers, CASE WHEN d.content IS NULL THEN d.text ELSE coalesce(
    (SELECT group_concat(p.text, char(12) ORDER BY p.number) FROM pages p WHERE p.content = d.content), '') END AS text
FROM documents d
"""

# `words` finds words and what they begin with; `parts` finds any three letters in a row of titles and names.
_WORDS = """
CREATE VIRTUAL TABLE words USING fts5 (
    title, names, numbers, text, content = 'searched', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2", prefix = '3 4'
)
"""
_PARTS = """
CREATE VIRTUAL TABLE parts USING fts5 (
    title, names, content = 'documents', content_rowid = 'id', tokenize = "trigram remove_diacritics 1"
)
"""


@index_migrations.step("0001 documents, pages, words")
def _tables(db: "Database") -> None:
    for statement in (
        "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        _DOCUMENTS,
        "CREATE INDEX documents_request ON documents (request)",
        "CREATE INDEX documents_content ON documents (content) WHERE content IS NOT NULL",
        "CREATE INDEX documents_date ON documents (date)",
        _CONTENTS,
        "CREATE INDEX contents_waiting ON contents (content) WHERE state = 'waiting'",
        _PAGES,
        "CREATE INDEX pages_without_text ON pages (content, number) WHERE source = 'none' AND reason = ''",
        _SEARCHED,
        _WORDS,
        _PARTS,
        # What leaves the index is overwritten in it, not only marked as gone.
        "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)",
        "INSERT INTO parts (parts, rank) VALUES ('secure-delete', 1)",
        # Titles before names and numbers, these before the rest.
        "INSERT INTO words (words, rank) VALUES ('rank', 'bm25(8.0, 4.0, 4.0, 1.0)')",
    ):
        db.execute(statement)
