"""Loads what opening a desk needs, while the unlock page waits for its passphrase."""

from importlib import import_module

_WANTED = (
    "foiadesk.desk.backups",
    "foiadesk.desk.deadlines",
    "foiadesk.desk.filing",
    "foiadesk.desk.freshness",
    "foiadesk.desk.history",
    "foiadesk.desk.letters",
    "foiadesk.desk.recovery",
    "foiadesk.desk.settings",
    "foiadesk.desk.today",
    "foiadesk.store.schema",
    "foiadesk.store.store",
    "filelock",
    "pyrage",
)


_FOR_LETTERS = (
    "foiadesk.desk.letters",
    "foiadesk.desk.requests",
    "foiadesk.desk.settings",
    "foiadesk.desk.templates",
    "pyrage",
)


def warm_letter(kind: str) -> None:
    """Load what writing and typesetting a letter of this kind needs; the desk's own kind is read later."""
    from foiadesk import letters
    from foiadesk.law import load_pack
    from foiadesk.law.agencies import agency_rules

    for name in _FOR_LETTERS:
        import_module(name)
    letters.warm(kind)
    _ = load_pack("us-foia").days_of
    agency_rules()


def warm() -> None:
    """Import the rooms behind Today and read the law's packs. No desk is touched; doing it twice costs nothing."""
    from foiadesk.law import load_pack
    from foiadesk.store.connection import load_engine

    load_engine()
    for name in _WANTED:
        import_module(name)
    _ = load_pack("us-foia").days_of
    from foiadesk import letters

    letters.letter_steps()
