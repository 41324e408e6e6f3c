"""What an action did: one human sentence and the ids of every row it touched, so that views refresh only those."""

from collections.abc import Mapping
from dataclasses import field

from foiadesk.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """The answer of every action.

    sentence: for the person ("Filed “reply.eml” on Face recognition · ICE"). ids: touched rows by kind (request,
    campaign, requester, correspondence, attachment, event, letter, setting, closure); event ids are their row numbers.
    primary: the id the action was about, mostly the new row. alerts: what the person must not miss. warnings:
    what cannot be, or endangers rights, since this and not before.
    """

    sentence: str
    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)
    primary: int = 0
    undoable: bool = True
    alerts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def touches(self, kind: str, row: int | None = None) -> bool:
        """Tell whether rows of this kind (or this very row) changed."""
        found = self.ids.get(kind, frozenset())
        return bool(found) if row is None else row in found
