"""What the New request page holds before anything exists: plain data that saves itself and becomes a plan."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from foiadesk.desk import RequestPlan
from foiadesk.records import ExpeditionChoices, ExpeditionGround, FeeCategory, FeeChoices, Request
from foiadesk.records.errors import BadInput
from foiadesk.records.events import read_date
from foiadesk_ui.i18n import _, error_text

LAYOUT = "new_request.draft"
_REASON = "reason_"  # what the fields of the fee waiver's reasons begin with
ASK, OFFICES, WHO, FEES, LETTERS = range(5)


class Gap(NamedTuple):
    """Something that must be said before requests can be made, the step where to say it, and the field there."""

    step: int
    sentence: str
    field: str = ""  # of the request letter's form, on the step about fees


@dataclass(slots=True)
class RequestDraft:
    """The whole flow's answers, as typed. Dates ISO, money as text, offices as codes, requesters as ids.

    letter: the kind of letter that asks; "" the general one.
    """

    step: int = ASK
    letter: str = ""
    title: str = ""
    background: str = ""
    items: tuple[str, ...] = ()
    records_from: str = ""
    records_to: str = ""
    formats: str = ""
    offices: tuple[str, ...] = ()
    campaign: str = ""
    requesters: tuple[int, ...] = ()
    choices: dict[str, str] = field(default_factory=dict)  # the request letter's fee and expedition fields by name
    federal: bool = True  # an office is asked under the federal Act, or none is chosen yet
    other_law: bool = False  # an office is asked under another law

    def empty(self) -> bool:
        """Tell whether nothing was written yet."""
        blank = replace(self, step=ASK, choices={}, federal=True, other_law=False)
        return blank == RequestDraft() and not any(text.strip() for text in self.choices.values())

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
            found.append(Gap(FEES, error_text(error), "fee_limit"))
        if self.federal and self._on("expedition") and not self._said("ground"):
            found.append(Gap(FEES, _("Say on which ground you ask for expedition."), "ground"))
        return tuple(found)

    def _said(self, name: str) -> str:
        return self.choices.get(name, "").strip()

    def _on(self, name: str) -> bool:
        return self._said(name) == "yes"

    def _limit(self) -> Decimal | None:
        plain = self._said("fee_limit").removeprefix("$").replace(",", "").strip()
        if not plain:
            return None
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or amount < 0:
            raise BadInput(_("The fee limit “{text}” is not an amount in dollars.").format(text=plain))
        return amount

    def fees(self) -> FeeChoices:
        """Return what is said of fees; only what was chosen. Raises BadInput for an unreadable limit."""
        category, waiver, reasons = self._said("fee_category"), self._on("fee_waiver"), {}
        if waiver:
            said = {name: self._said(name) for name in self.choices if name.startswith(_REASON)}
            reasons = {name.removeprefix(_REASON): text for name, text in said.items() if text}
        if category and self._said("category_basis"):
            reasons["category"] = self._said("category_basis")
        if waiver and self._said("waiver_reason"):
            reasons["waiver"] = self._said("waiver_reason")
        if self._said("fee_limit_words"):
            reasons["limit"] = self._said("fee_limit_words")
        return FeeChoices(
            category=FeeCategory(category) if category else None, waiver=waiver, limit=self._limit(), reasons=reasons
        )

    def expedition(self) -> ExpeditionChoices:
        """Return what is said of expedition; nothing unless it was asked for."""
        if not self._on("expedition"):
            return ExpeditionChoices()
        ground = self._said("ground")
        return ExpeditionChoices(
            asked=True,
            ground=ExpeditionGround(ground) if ground else None,
            statement=self._said("statement"),
            certified=self._on("certified"),
        )

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
            letter=self.letter,
        )

    @classmethod
    def of(cls, request: Request) -> "RequestDraft":
        """Return a draft that asks the same again: duplicate a request."""
        fees, expedition = request.fees, request.expedition
        apart = {"category", "activity", "waiver", "limit"}
        choices = {_REASON + key: text for key, text in fees.reasons.items() if key not in apart}
        choices |= {
            "fee_category": fees.category or "",
            "category_basis": fees.reasons.get("category", ""),
            "fee_waiver": "yes" if fees.waiver else "",
            "waiver_reason": fees.reasons.get("waiver", ""),
            "fee_limit_words": fees.reasons.get("limit", ""),
            "fee_limit": "" if fees.limit is None else str(fees.limit),
            "expedition": "yes" if expedition.asked else "",
            "ground": expedition.ground or "",
            "statement": expedition.statement,
            "certified": "",  # a certification is given anew each time
        }
        return cls(
            title=request.title,
            background=request.background,
            items=request.items,
            records_from=request.records_from.isoformat() if request.records_from else "",
            records_to=request.records_to.isoformat() if request.records_to else "",
            formats=request.formats,
            offices=(request.office.code,),
            federal=request.office.federal,
            other_law=not request.office.federal,
            requesters=request.requesters,
            choices={name: text for name, text in choices.items() if text},
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
        elif isinstance(default, dict):
            value = {key: text for key, text in value.items() if isinstance(text, str)}
        found[name] = value
    found["step"] = min(max(found["step"], ASK), LETTERS)
    return found
