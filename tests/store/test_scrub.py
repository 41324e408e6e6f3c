"""Deleted words leave every page only when all pages are written anew: wiping in place misses copies of moved rows."""

import random

from foiadesk.store import Store
from tests.raw_pages import holding

from .conftest import PASSPHRASE

WORD = "Kanarienvogel"


def churn(db):
    """Fill, split and join pages until deleted rows have been moved about between them; then delete them."""
    chance = random.Random(1)
    db.execute("CREATE INDEX notes_text ON notes (text)")
    put = "INSERT INTO notes (id, text) VALUES (?, ?)"
    for number in range(3000):
        word = WORD if number % 20 == 0 else "plain"
        db.execute(put, (chance.randrange(10**9), f"{word} {chance.random()} " * chance.choice((1, 3, 10, 60))))
    keys = [key for (key,) in db.execute("SELECT id FROM notes WHERE text NOT LIKE ?", (f"{WORD}%",)).fetchall()]
    for key in chance.sample(keys, 2500):
        if chance.random() < 0.5:
            db.execute("DELETE FROM notes WHERE id = ?", (key,))
        else:
            db.execute("UPDATE notes SET text = ? WHERE id = ?", ("plainly " * chance.choice((1, 5, 50, 300)), key))
    db.execute("DELETE FROM notes WHERE text LIKE ?", (f"{WORD}%",))


def test_only_rewriting_removes_every_copy(store: Store):
    store.write(churn)
    store.empty_journal()
    assert holding(store.folder / "desk.db", PASSPHRASE, WORD), "wiping in place was enough: nothing is proven here"
    assert holding(store.folder / "desk.db", PASSPHRASE, "plainly")
    store.scrub()
    assert holding(store.folder / "desk.db", PASSPHRASE, WORD) == []
    assert holding(store.folder / "desk.db", PASSPHRASE, "plainly") and store.check() == []
