"""What an agency's own rules change: time to appeal, channels it takes, how it counts. Data in us-agencies.toml."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say
from foiadesk.shelf import resource

_FILE = "us-agencies.toml"


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """From a day on, some channels are refused."""

    since: date
    refuses: frozenset[str]
    takes: tuple[str, ...]
    citation: str
    says: str


@dataclass(frozen=True, slots=True)
class AgencyRules:
    """Rules of one department or component; everything unset means that the law's general rule holds.

    appeal_unit, appeal_basis: "" where the rule names none, so that the safest reading is used. ``outdated_days``: a
    period below the statute's minimum that the text at hand still names. appeal_office, appeal_address: who takes an
    appeal, and where, as the rule names them; appeal_doubt: why that is not relied on, or must be checked.
    """

    code: str = ""
    appeal_days: int | None = None
    appeal_unit: str = ""
    appeal_basis: str = ""
    appeal_citation: str = ""
    appeal_counted_from_receipt: bool = False
    appeal_note: str = ""
    appeal_office: str = ""
    appeal_address: tuple[str, ...] = ()
    appeal_portal: str = ""
    appeal_fax: str = ""
    appeal_doubt: str = ""
    outdated_days: int | None = None
    as_of: date | None = None
    verified: bool = True
    general: bool = False
    first_day: str = ""  # "receipt": the day of receipt is day 1 of the agency's own count
    first_day_citation: str = ""
    cutoff: str = ""  # "17:00": what arrives then or later counts as received on the next working day
    cutoff_zone: str = ""
    cutoff_citation: str = ""
    cutoff_note: str = ""  # said where no time of arrival is entered
    expedition_from_receipt: bool = False
    clarification_days: int | None = None
    clarification_unit: str = "calendar"
    clarification_citation: str = ""
    channels: tuple[ChannelRule, ...] = ()

    def refusal(self, channel: str, day: date) -> ChannelRule | None:
        """Return the rule by which the agency refuses requests sent this way on this day."""
        for rule in self.channels:
            if day >= rule.since and channel in rule.refuses:
                return rule
        return None


GENERAL = AgencyRules()
_CHOICES = {
    "appeal_unit": {"working", "calendar"},
    "appeal_basis": {"sent", "received"},
    "first_day": {"receipt"},
    "clarification_unit": {"working", "calendar"},
}


def _channel(data: Mapping[str, Any], where: str) -> ChannelRule:
    known = {"since", "refuses", "takes", "citation", "says"}
    if set(data) != known:
        raise BadInput(say("{where}: channels needs exactly {what}.", where=where, what=", ".join(sorted(known))))
    ways = {way.value for way in Channel}
    if wrong := (set(data["refuses"]) | set(data["takes"])) - ways:
        raise BadInput(say("{where}: channels: {what} is no channel.", where=where, what=repr(sorted(wrong)[0])))
    return ChannelRule(data["since"], frozenset(data["refuses"]), tuple(data["takes"]), data["citation"], data["says"])


def _rules(code: str, data: Mapping[str, Any]) -> AgencyRules:
    where = f"{_FILE}: {code}"
    fields = dict(data)
    known = set(AgencyRules.__dataclass_fields__) - {"code"}
    if unknown := set(fields) - known:
        raise BadInput(say("{where}: it has no field {what}.", where=where, what=repr(sorted(unknown)[0])))
    for name, allowed in _CHOICES.items():
        if fields.get(name, "") not in {"", *allowed}:
            raise BadInput(
                say(
                    "{where}: {name}: {fields} is none of {what}.",
                    where=where,
                    name=name,
                    fields=repr(fields[name]),
                    what=", ".join(sorted(allowed)),
                )
            )
    if not re.fullmatch(r"(?:([01]\d|2[0-3]):[0-5]\d)?", fields.get("cutoff", ""), re.ASCII):
        cutoff = repr(fields["cutoff"])
        raise BadInput(say("{where}: cutoff: {cutoff} is not a time of day like 17:00.", where=where, cutoff=cutoff))
    fields["appeal_address"] = tuple(fields.get("appeal_address", ()))
    fields["channels"] = tuple(_channel(rule, where) for rule in fields.get("channels", ()))
    return AgencyRules(code=code, **fields)


@cache
def agency_rules() -> Mapping[str, AgencyRules]:
    """Return every agency's rules by code in small letters, read once."""
    with resource("laws", _FILE).open("rb") as file:
        data = tomllib.load(file)
    return {code.casefold(): _rules(code, rules) for code, rules in data["agencies"].items()}


@cache
def rules_for(code: str | None) -> AgencyRules:
    """Return the rules of "DHS/ICE": the component's own, else its department's, else the general ones (also None)."""
    if not code:
        return GENERAL
    wanted = code.strip().casefold()
    rules = agency_rules()
    return rules.get(wanted) or rules.get(wanted.partition("/")[0]) or GENERAL
