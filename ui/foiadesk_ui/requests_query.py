"""What the request list asks of the desk: ids in order, cut into groups. Runs off the window's thread."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foiadesk.desk import RequestFilter
from foiadesk.records import Stage
from foiadesk_ui.i18n import _
from foiadesk_ui.request_words import stage_words
from foiadesk_ui.requests_model import Section

if TYPE_CHECKING:
    from foiadesk.desk import Desk

CHUNK = 500
Group = tuple[str, str, "array[int]"]

# Most pressing first, as the list shows its groups.
STAGES = (
    Stage.OVERDUE, Stage.APPEAL_OVERDUE, Stage.APPEAL_WINDOW_OPEN, Stage.EXHAUSTED, Stage.PAUSED, Stage.IN_PROCESS,
    Stage.SENT, Stage.ON_APPEAL, Stage.IN_LITIGATION, Stage.DRAFT, Stage.DETERMINED, Stage.CLOSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as it will be shown; sections are empty when it is not grouped."""

    ids: "array[int]"
    sections: tuple[Section, ...]


def list_requests(desk: "Desk", wanted: RequestFilter, group: str) -> Listing:
    """Return the requests of a filter grouped by campaign, agency, stage or none; order within groups is kept."""
    if group == "campaign":
        return _joined(_by_campaign(desk, wanted))
    if group == "stage":
        stages = [stage for stage in STAGES if not wanted.stages or stage in wanted.stages]
        return _joined(
            (stage.value, stage_words(stage), desk.requests.ids(replace(wanted, stages=(stage,)))) for stage in stages
        )
    if group == "agency":
        return _joined(_by_agency(desk, wanted))
    return Listing(desk.requests.ids(wanted), ())


def _joined(groups: Iterable[tuple[str, str, "array[int]"]]) -> Listing:
    ids: array[int] = array("q")
    sections: list[Section] = []
    for key, title, found in groups:
        if found:
            ids.extend(found)
            sections.append(Section(key, title, len(found)))
    return Listing(ids, tuple(sections))


def _by_campaign(desk: "Desk", wanted: RequestFilter) -> Iterator[tuple[str, str, "array[int]"]]:
    every = desk.requests.ids(wanted)
    grouped: set[int] = set()
    groups: list[tuple[str, str, array[int]]] = []
    for campaign in desk.requests.campaigns():
        found = desk.requests.ids(replace(wanted, campaign=campaign.id))
        grouped.update(found)
        groups.append((f"campaign {campaign.id}", campaign.title, found))
    yield from _most_pressing_first(groups, every, wanted.order)
    alone = array("q", (request for request in every if request not in grouped))
    yield "campaign none", _("On their own") if grouped else _("Requests"), alone


def _by_agency(desk: "Desk", wanted: RequestFilter) -> Iterator[tuple[str, str, "array[int]"]]:
    every = desk.requests.ids(wanted)
    names: dict[str, str] = {}
    members: dict[str, array[int]] = {}
    for start in range(0, len(every), CHUNK):
        for row in desk.requests.rows(every[start : start + CHUNK]):
            names.setdefault(row.office_code, row.office_name)
            members.setdefault(row.office_code, array("q")).append(row.id)
    groups = [
        (f"office {code}", names[code], members[code]) for code in sorted(names, key=lambda c: names[c].casefold())
    ]
    yield from _most_pressing_first(groups, every, wanted.order)


def _most_pressing_first(groups: "list[Group]", every: "array[int]", order: str) -> "list[Group]":
    """Order groups by their first request's place in the whole list; by name when the list is in order of names."""
    if order in ("title", "office"):
        return groups
    place = {request: number for number, request in enumerate(every)}
    return sorted((one for one in groups if one[2]), key=lambda one: place.get(one[2][0], len(every)))
