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

NAMES = ("title", "office")  # orders in which the groups stand by name too; else the most pressing is first
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


def _joined(groups: "Iterable[Group]") -> Listing:
    ids: array[int] = array("q")
    sections: list[Section] = []
    for key, title, found in groups:
        if found:
            ids.extend(found)
            sections.append(Section(key, title, len(found)))
    return Listing(ids, tuple(sections))


def _by_campaign(desk: "Desk", wanted: RequestFilter) -> Iterator[Group]:
    groups = desk.requests.groups(wanted, "campaign")
    titles = {campaign.id: campaign.title for campaign in desk.requests.campaigns()}
    named = wanted.order in NAMES
    for campaign in titles if named else groups:
        if campaign in groups and campaign in titles:
            yield f"campaign {campaign}", titles[campaign], groups[campaign]
    if None in groups:
        yield "campaign none", _("On their own") if len(groups) > 1 else _("Requests"), groups[None]


def _by_agency(desk: "Desk", wanted: RequestFilter) -> Iterator[Group]:
    groups = desk.requests.groups(wanted, "office_code")
    firsts = [members[0] for members in groups.values()]
    names = {row.office_code: row.office_name for row in desk.requests.rows(firsts)}
    for code in sorted(names, key=lambda code: names[code].casefold()) if wanted.order in NAMES else names:
        yield f"office {code}", names[code], groups[code]
