"""Filing many things of the In-tray as suggested, beside everything else, and telling of it in one sentence."""

from collections.abc import Sequence

from foiadesk.desk import Change
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.session import Session


def file_many(session: Session, ids: Sequence[int], *, certain: bool) -> None:
    """File them; the session owns the work. certain: only those that still are."""
    session.long(
        session,
        _("Filing"),
        lambda desk, progress: desk.in_tray.file_suggested(ids, progress, certain=certain),
        lambda done: session.acted.emit(told(done)) if done else None,
        cancelled=lambda: session.told.emit(_("Stopped. What was filed by then stays filed.")),
    )


def told(done: Sequence[Change]) -> Change:
    """Return what to tell of many filings, which one undo takes back."""
    if len(done) == 1:
        return done[0]
    kinds = {kind for change in done for kind in change.ids}
    none: frozenset[int] = frozenset()
    return Change(
        ngettext("Filed {n} as suggested.", "Filed {n} as suggested.", len(done)),
        {kind: none.union(*(change.ids.get(kind, none) for change in done)) for kind in kinds},
        done[-1].primary,
        undoable=all(change.undoable for change in done),
        alerts=tuple(dict.fromkeys(alert for change in done for alert in change.alerts)),
        warnings=tuple(dict.fromkeys(warning for change in done for warning in change.warnings)),
    )
