"""What the New request page holds before anything exists: plain data that saves itself and becomes a plan."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from foiadesk.desk import RequestPlan
from foiadesk.records import ExpeditionChoices, ExpeditionGround, FeeCategory, FeeChoices
from foiadesk.records.errors import BadInput
from foiadesk.records.events import read_date
from foiadesk_ui.i18n import _

LAYOUT = "new_request.draft"
ASK, OFFICES, WHO, FEES, LETTERS = range(5)


class Gap(NamedTuple):
    """Something that must be said before requests can be made, and the step where to say it."""

    step: int
    sentence: str


@dataclass(slots=True)
class RequestDraft:
    """The whole flow's answers, as typed. Dates ISO, money as text, offices as codes, requesters as ids."""

    step: int = ASK
    title: str = ""
    background: str = ""
    items: tuple[str, ...] = ()
    records_from: str = ""
    records_to: str = ""
    formats: str = ""
    offices: tuple[str, ...] = ()
    campaign: str = ""
    requesters: tuple[int, ...] = ()
    category: str = ""
    waiver: bool = False
    reasons: dict[str, str] = field(default_factory=dict)
    limit: str = ""
    expedite: bool = False
    ground: str = ""
    statement: str = ""
    certified: bool = False

    def empty(self) -> bool:
        """Tell whether nothing was written yet."""
        return replace(self, step=ASK) == RequestDraft()

    def gaps(self) -> tuple[Gap, ...]:
        """Return what is missing or cannot be, in the order of the steps."""
        found = []
        if not self.title.strip():
            found.append(Gap(ASK, _("Give the request a title.")))
        if not self.items:
            found.append(Gap(ASK, _("Write at least one item you ask for.")))
        if any("«" in item for item in self.items):
            found.append(Gap(ASK, _("An item still has a « » to fill in.")))
        if self.records_from and self.records_to and self.records_from > self.records_to:
            found.append(Gap(ASK, _("The first day of the records is after the last.")))
        if not self.offices:
            found.append(Gap(OFFICES, _("Choose at least one office.")))
        if not self.requesters:
            found.append(Gap(WHO, _("Choose who asks.")))
        try:
            self._limit()
        except BadInput as error:
            found.append(Gap(FEES, str(error)))
        if self.expedite and not self.ground:
            found.append(Gap(FEES, _("Say on which ground you ask for expedition.")))
        return tuple(found)

    def _limit(self) -> Decimal | None:
        plain = self.limit.strip().removeprefix("$").replace(",", "")
        if not plain:
            return None
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or amount < 0:
            raise BadInput(_("The fee limit “{text}” is not an amount in dollars.").format(text=self.limit.strip()))
        return amount

    def fees(self) -> FeeChoices:
        """Return what is said of fees; only what was chosen. Raises BadInput for an unreadable limit."""
        reasons = {key: text.strip() for key, text in self.reasons.items() if text.strip()} if self.waiver else {}
        category = FeeCategory(self.category) if self.category else None
        return FeeChoices(category=category, waiver=self.waiver, limit=self._limit(), reasons=reasons)

    def expedition(self) -> ExpeditionChoices:
        """Return what is said of expedition; nothing unless it was asked for."""
        if not self.expedite:
            return ExpeditionChoices()
        ground = ExpeditionGround(self.ground) if self.ground else None
        return ExpeditionChoices(True, ground, self.statement.strip(), self.certified)

    def plan(self) -> RequestPlan:
        """Return the plan the desk makes requests from. Raises BadInput naming the first gap that forbids it."""
        return RequestPlan(
            title=self.title.strip(),
            items=tuple(self.items),
            offices=self.offices,
            requesters=self.requesters,
            campaign_title=(self.campaign.strip() or self.title.strip()) if len(self.offices) > 1 else self.campaign,
            records_from=_day(self.records_from),
            records_to=_day(self.records_to),
            formats=self.formats.strip(),
            background=self.background.strip(),
            fees=self.fees(),
            expedition=self.expedition(),
        )

    def as_text(self) -> str:
        """Return the draft as JSON for the desk's layouts."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "RequestDraft":
        """Read a saved draft; what cannot be read is left out rather than refused."""
        try:
            plain = json.loads(text) if text else {}
        except ValueError:
            return cls()
        return cls(**_usable(plain)) if isinstance(plain, dict) else cls()


def _day(text: str) -> date | None:
    return read_date(text, "date") if text else None


def _usable(plain: dict[str, Any]) -> dict[str, Any]:
    pattern, found = asdict(RequestDraft()), {}
    for name, default in pattern.items():
        value = plain.get(name, default)
        if isinstance(default, tuple):
            sort = int if name == "requesters" else str
            value = tuple(part for part in value if isinstance(part, sort)) if isinstance(value, list) else default
        elif not isinstance(value, type(default)):
            value = default
        found[name] = value
    found["step"] = min(max(found["step"], ASK), LETTERS)
    return found
