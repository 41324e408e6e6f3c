"""Choosing the kind of letter that goes to many offices; then the page where it is written opens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from foiadesk_ui.letter_picker import LetterPicker, pick_letter
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import Desk, LetterKind
    from foiadesk.records import Event, Stage


def start_run(session: Session, parent: QWidget, requests: Sequence[int]) -> None:
    """Ask which letter goes to these requests; what fits is told of the first, and every other can be picked."""
    wanted = tuple(requests)

    def read(desk: "Desk") -> "tuple[tuple[LetterKind, ...], Stage, str, tuple[Event, ...]]":
        first = desk.requests.get(wanted[0])
        return desk.letters.kinds(), desk.requests.answer(first.id).stage, first.law, desk.requests.events(first.id)

    def ask(found: "tuple[tuple[LetterKind, ...], Stage, str, tuple[Event, ...]]") -> None:
        kinds, stage, law, events = found

        def go(kind: str) -> None:
            session.go("letter_run", kind=kind, requests=wanted)

        dialog = pick_letter(kinds, stage, law, parent, go, events=events)
        _offer_templates(session, parent, dialog)

    if wanted:
        session.ask(parent, read, ask, key="run kinds")


def _offer_templates(session: Session, owner: QWidget, dialog: LetterPicker) -> None:
    dialog.edit_wanted.connect(lambda name: session.go("templates", kind=name))
    dialog.reset_wanted.connect(lambda name: session.act(owner, lambda desk: desk.templates.reset(name)))
