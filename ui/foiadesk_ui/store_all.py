"""Several files stored one after another, and told of in one sentence when the last is done."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from foiadesk.desk import Change
from foiadesk_ui.i18n import _, ngettext, said
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import Desk


def store_all(session: Session, actions: "Sequence[Callable[[Desk], Change]]") -> None:
    """Do every action, each an undo of its own; one that fails is reported and stops none after it.

    The session owns them: it outlives the dialog they were decided in, so that nothing is dropped.
    """
    done: list[Change] = []
    left = len(actions)

    def ended() -> None:
        nonlocal left
        left -= 1
        if not left and done:
            session.acted.emit(together(done))

    def stored(change: Change) -> None:
        done.append(change)
        ended()

    def failed(error: Exception) -> None:
        session.report(error)
        ended()

    for action in actions:
        session.act(session, action, stored, failed=failed, quiet=True)


def together(changes: Sequence[Change]) -> Change:
    """Return what to tell of several filings: how many, what the last was, and all that must not be missed."""
    last = changes[-1]
    if len(changes) == 1:
        return last
    filed = [change for change in changes if change.undoable]
    again = len(changes) - len(filed)  # bytes that lay there already
    parts = []
    if filed:
        parts.append(ngettext("Filed {n} document.", "Filed {n} documents.", len(filed)))
    if again:
        parts.append(
            ngettext("{n} was already there, not filed twice.", "{n} were already there, not filed twice.", again)
        )
    if len(filed) > 1:
        parts.append(_("Undo takes back one at a time, the last first: {what}.").format(what=said(filed[-1].sentence)))
    kinds = {kind for change in changes for kind in change.ids}
    none: frozenset[int] = frozenset()
    return Change(
        " ".join(parts),
        {kind: none.union(*(change.ids.get(kind, none) for change in changes)) for kind in kinds},
        last.primary,
        undoable=bool(filed),
        alerts=tuple(dict.fromkeys(alert for change in changes for alert in change.alerts)),
        warnings=tuple(dict.fromkeys(warning for change in changes for warning in change.warnings)),
    )
