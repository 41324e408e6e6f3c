"""Read everything on the desk and name each fault once: rows, answers, and files missing, altered, swapped or extra."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from foiadesk.desk.backup_shapes import Fault, Verified
from foiadesk.desk.safety import answer_sentence
from foiadesk.records.errors import DamagedDesk, KnownError
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store import rows_backups, rows_filing
from foiadesk.store.rows_backups import Wanted

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk

Documents = dict[str, tuple[tuple[int, str], ...]]


def verify(desk: Desk, progress: Progress, quick: bool) -> Verified:
    """Do it; see `Safety.verify`."""
    progress.at(0, 0, "checking the rows")
    faults = [Fault("rows", sentence) for sentence in desk.store.check()]
    progress.at(0, 0, "counting the answers")
    try:
        answers = desk.safety.wrong_answers()
        with desk.read() as db:
            wanted = rows_backups.wanted(db)
            documents = _documents(db)
    except DamagedDesk as damage:  # then files cannot be told from one another either
        return Verified(tuple(faults) or (Fault("rows", damage.what),), 0, 0, quick)
    faults += [Fault("answer", answer_sentence(request, differs)) for request, differs in answers]
    found = look(desk, wanted, progress) if not quick else _glance(desk, wanted)
    faults += _bad(wanted, found, documents) + _extra(desk)
    return Verified(tuple(faults), len(wanted), sum(one.size for one in wanted), quick)


def look(desk: Desk, wanted: list[Wanted], progress: Progress) -> dict[str, str | None]:
    """Decrypt stored files; return for each that is not right the hash of what it holds, None when it is missing.

    "" stands for what cannot be decrypted. Raises Cancelled, and what the desk's disk says.
    """
    from foiadesk.store.hands import beside
    from foiadesk.store.trouble import translated

    def content(one: Wanted) -> str | None:
        try:
            file = desk.store.vault.sealed(one.key)
        except FileNotFoundError:
            return None
        with file:
            return desk.store.vault.examined(file)[1]

    total = sum(one.size for one in wanted)
    done = 0
    found: dict[str, str | None] = {}
    progress.at(0, total, "bytes of files")
    with translated():
        for one, holds in beside(wanted, content):
            done += one.size
            progress.at(done, total, "bytes of files")
            if holds != one.sha256:
                found[one.key] = holds
    return found


def _glance(desk: Desk, wanted: list[Wanted]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for one in wanted:
        try:
            if desk.store.vault.size_on_disk(one.key) < one.size:
                found[one.key] = ""
        except KnownError:
            found[one.key] = None
    return found


def _bad(wanted: list[Wanted], found: dict[str, str | None], documents: Documents) -> list[Fault]:
    """Tell what is wrong with each file that does not hold its content."""
    key_of = {one.sha256: one.key for one in wanted}
    faults: list[Fault] = []
    told: set[str] = set()
    for one in wanted:
        key = one.key
        if key not in found or key in told:
            continue
        holds = found[key]
        other = key_of.get(holds) if holds else None
        named = documents.get(key, ())
        if holds is None:
            faults.append(Fault("missing", say("The stored file {key} is missing.", key=key), (key,), named))
        elif other is not None and found.get(other) == one.sha256:
            told.add(other)
            sentence = say(
                "The stored files {key} and {other} are swapped: each holds the other's content.", key=key, other=other
            )
            faults.append(Fault("swapped", sentence, (key, other), named + documents.get(other, ())))
        elif other is not None:
            sentence = say("The stored file {key} holds the content of another stored file.", key=key)
            faults.append(Fault("swapped", sentence, (key,), named))
        else:
            sentence = say("The stored file {key} is altered: it is not what was stored.", key=key)
            faults.append(Fault("altered", sentence, (key,), named))
    return faults


def _extra(desk: Desk) -> list[Fault]:
    """Tell of files in the attachments folder that no row knows. Listed first: a file being filed has no row yet."""
    vault = desk.store.vault
    there = set(vault.keys())
    strange = vault.strangers()
    with desk.read() as db:
        there -= rows_filing.vault_keys(db)
    there -= desk.contents.fresh()
    return [
        Fault("extra", say("The stored file {key} belongs to no row.", key=key), (key,)) for key in sorted(there)
    ] + [
        Fault("extra", say("The file {name} in the folder “attachments” is not one of the desk's.", name=name))
        for name in strange
    ]


def _documents(db: Database) -> Documents:
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, name, key in db.execute(
        "SELECT a.id, a.name, c.vault_key FROM attachments a JOIN contents c ON c.id = a.content ORDER BY a.id"
    ).fetchall():
        found[key].append((number, name))
    return {key: tuple(each) for key, each in found.items()}
