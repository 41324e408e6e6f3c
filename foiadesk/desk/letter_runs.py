"""One letter to many offices: a common form, what differs for single offices, all of it kept as one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.desk.ready import alone, file_name
from foiadesk.frozen import dataclass
from foiadesk.records import LetterState
from foiadesk.records.errors import BadInput, KnownError
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_letters
from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.records import Request
    from foiadesk.records.progress import Progress


@dataclass(frozen=True, slots=True)
class LetterRun:
    """common: values of the form for every office. own: those of single offices, by request, which go before them."""

    kind: str
    requests: tuple[int, ...]
    common: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def given(self, request: int) -> dict[str, str]:
        """Return what was filled in for one office; the rest of its form keeps the starting values."""
        return {**self.common, **self.own.get(request, {})}


@dataclass(frozen=True, slots=True)
class RunLetter:
    """One letter of a run. pdf is empty where ``trouble`` says why there is none."""

    request: int
    office: str
    file_name: str
    blanks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    pdf: bytes = b""
    trouble: str = ""


class LetterRuns:
    """Nothing of a run is stored until it is kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_campaign(self, campaign: int) -> tuple[int, ...]:
        """Return the requests of a campaign, as its offices are listed; raises NotFound."""
        return tuple(row.request for row in self._desk.campaigns.board(campaign).offices)

    def find_office(self, requests: Sequence[int], word: str) -> int:
        """Return the one request to an office: by short name, code, or the request's number; raises BadInput."""
        found = [request for request in map(self._desk.requests.get, requests) if _is(request, word)]
        if len(found) == 1:
            return found[0].id
        offices = ", ".join(sorted({self._desk.requests.get(one).office.short for one in requests}))
        why = say("goes by more than one request") if found else say("is none of these offices")
        raise BadInput(
            say("{word} {why}: {offices}.", word=repr(word[:60]), why=why, offices=offices),
            todo="Name the request by its number." if found else "",
        )

    def check(self, run: LetterRun) -> None:
        """Raise BadInput for a run that cannot be: no office, an unknown field, what is filled in for nobody."""
        kind = self._desk.letters.kind(run.kind)
        names = {one.name for one in kind.fields}
        if not run.requests:
            raise BadInput("There is no request to write letters for.")
        for values in (run.common, *run.own.values()):
            for name in values:
                if name not in names:
                    raise BadInput(
                        say(
                            "{kind}: its form has no field {name}. Its fields: {what}.",
                            kind=run.kind,
                            name=repr(name),
                            what=", ".join(sorted(names)),
                        )
                    )
        if stray := set(run.own) - set(run.requests):
            raise BadInput(say("Request {what} is not one of those the letters go to.", what=min(stray)))

    def letters(
        self, run: LetterRun, progress: Progress | None = None, *, page: str | None = None
    ) -> Iterator[RunLetter]:
        """Yield every letter of a run, typeset; one that cannot be says why and stops no other. Raises BadInput."""
        self.check(run)
        used: set[str] = set()
        for place, number in enumerate(run.requests):
            if progress is not None:
                progress.at(place, len(run.requests), "letters")
            request = self._desk.requests.get(number)
            made = RunLetter(number, request.office.short, f"{alone(_file_name(request), used)}.pdf")
            try:
                letter, pdf = self._desk.letters.render(run.kind, number, run.given(number), page=page)
            except KnownError as error:
                yield replace(made, trouble=error.what)
                continue
            yield replace(made, blanks=tuple(blank.label for blank in letter.blanks), warnings=letter.warnings, pdf=pdf)
        if progress is not None:
            progress.at(len(run.requests), len(run.requests), "letters")

    def keep(self, run: LetterRun, progress: Progress | None = None) -> Change:
        """Keep every letter as a draft, all in one undo; primary is the first.

        An office's newest draft of the kind is gone on with: what was filled in here goes before what it says. Stopped
        before the end, nothing is kept. Raises BadInput.
        """
        self.check(run)
        kind = self._desk.letters.kind(run.kind)
        starts: list[tuple[int, dict[str, str]]] = []
        for place, number in enumerate(run.requests):
            if progress is not None:
                progress.at(place, len(run.requests), "letters")
            starts.append((number, self._desk.letters.defaults(run.kind, number)))

        def work(journal: Journal) -> Done:
            keys = [_keep(journal, run, kind.title, number, values) for number, values in starts]
            count = len(keys)
            return Done(
                say_count(
                    "Kept “{title}” as a draft for {n} office",
                    "Kept “{title}” as a draft for {n} offices",
                    count,
                    title=kind.title,
                ),
                keys[0],
            )

        return self._desk.act(work)


def _is(request: Request, word: str) -> bool:
    wanted = word.strip().casefold()
    return wanted in (request.office.short.casefold(), request.office.code.casefold(), str(request.id))


def _file_name(request: Request) -> str:
    return file_name(request.office.short, request.title)


def _keep(journal: Journal, run: LetterRun, title: str, request: int, start: Mapping[str, str]) -> int:
    given = run.given(request)
    drafts = [
        one
        for one in rows_letters.letters_of(journal.db, request)
        if one.kind == run.kind and one.state is LetterState.DRAFT
    ]
    if drafts:
        row = {"form": dump({**drafts[-1].values, **given}), "updated_at": journal.at}
        journal.update("letters", drafts[-1].id, row)
        return drafts[-1].id
    form = dump({**start, **given})
    return journal.insert(
        "letters", {"kind": run.kind, "request": request, "form": form, "title": title, "updated_at": journal.at}
    )
