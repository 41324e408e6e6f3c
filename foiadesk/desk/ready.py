"""Every draft that could go out now: composed, with what is still blank in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foiadesk.frozen import dataclass
from foiadesk.records.errors import KnownError
from foiadesk.records.progress import Progress
from foiadesk.store import rows_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foiadesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class ReadyDraft:
    """A draft. blanks: labels of what is missing; trouble: why it cannot be composed; both empty: it can go out."""

    letter: int
    kind: str
    request: int
    title: str
    office: str
    blanks: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def ready(self) -> bool:
        """Say whether it can go out."""
        return not self.blanks and not self.trouble

    @property
    def file_name(self) -> str:
        """Return a name for its file, without what file systems refuse."""
        return file_name(self.office, self.title)


def file_name(office: str, title: str) -> str:
    """Return a name for the file of a letter to an office, without ending and without what file systems refuse."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', " ", f"{office} - {title}")
    return re.sub(r"\s+", " ", plain).strip(" .")[:110].strip(" .") or "letter"


def alone(name: str, used: set[str]) -> str:
    """Return the name, with a number where an earlier one was the same to a file system, and remember it."""
    found, again = name, 1
    while found.casefold() in used:
        again += 1
        found = f"{name} ({again})"
    used.add(found.casefold())
    return found


def drafts(desk: Desk, progress: Progress | None = None) -> tuple[ReadyDraft, ...]:
    """Return every draft on a request that is not in the trash, the latest touched first."""
    with desk.read() as db:
        rows = rows_letters.drafts(db)
    found = []
    for number, row in enumerate(rows):
        if progress is not None:
            progress.at(number, len(rows), "drafts")
        draft = ReadyDraft(row["id"], row["kind"], row["request"], row["request_title"], row["office_short"])
        try:
            letter = desk.letters.compose(draft.kind, draft.request, desk.letters.get(draft.letter).values)
            blanks, trouble = tuple(blank.label for blank in letter.blanks), ""
        except KnownError as error:
            blanks, trouble = (), error.what
        found.append(ReadyDraft(draft.letter, draft.kind, draft.request, draft.title, draft.office, blanks, trouble))
    return tuple(found)


def pdfs(
    desk: Desk, chosen: tuple[ReadyDraft, ...], progress: Progress | None = None, *, page: str | None = None
) -> Iterator[tuple[ReadyDraft, str, bytes]]:
    """Yield each draft with a file name of its own and its PDF. Raises what ``Letters.pdf`` does."""
    used: set[str] = set()
    for number, draft in enumerate(chosen):
        if progress is not None:
            progress.at(number, len(chosen), "letters")
        yield draft, f"{alone(draft.file_name, used)}.pdf", desk.letters.pdf(draft.letter, page=page)
    if progress is not None:
        progress.at(len(chosen), len(chosen), "letters")
