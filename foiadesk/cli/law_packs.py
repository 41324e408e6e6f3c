"""`foiadesk law list|show|check`: the known laws, what each says and how sure that is, and whether a file is one."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from foiadesk.cli.common import json_option, print_table, visible
from foiadesk.law.calendars import calendar_of_rules, is_calendar_file, load_calendar
from foiadesk.law.holiday_rules import read_rules
from foiadesk.law.naming import period
from foiadesk.law.packs import LawPack, Rule, law_files, load_pack, read_pack
from foiadesk.law.schema import FEDERAL
from foiadesk.records.errors import BadInput, KnownError
from foiadesk.shelf import resource

laws_option = click.option(
    "--laws", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
    help="A folder of packs that add to the known ones or go before them.",
)  # fmt: skip
_ORDER = (
    "acknowledgment", "determination", "production", "appeal_window", "appeal_determination", "review_window",
    "limitation",
)  # fmt: skip


@contextmanager
def _misuse() -> Iterator[None]:
    try:
        yield
    except KnownError as error:
        click.echo(f"foiadesk: {visible(str(error))}", err=True)
        sys.exit(2)


def _clock_names(pack: LawPack) -> list[str]:
    """Return the clocks that are the law's own, in the order they come."""
    if pack.procedure == FEDERAL:
        return [kind for kind in pack.clocks if kind not in {"order", "reminder"}]
    return [kind for kind in _ORDER if kind in pack.clocks]


def _period(rule: Rule) -> str:
    return period(rule.days, rule.unit or "calendar") if rule.days is not None else "no number"


def _first(pack: LawPack) -> str:
    kinds = _clock_names(pack)
    first = "acknowledgment" if "acknowledgment" in kinds else "determination"
    return f"{first} {_period(pack.clocks[first])}"


def _entry(name: str, path: Path, folder: Path | None) -> dict[str, Any]:
    shipped = path.parent == resource("laws")
    found: dict[str, Any] = {
        "id": name, "title": None, "jurisdiction": None, "citation": None, "version": None, "calendar": None,
        "first": None, "confidence": None, "verified": None, "checked_on": None,
        "source": "shipped" if shipped else "user", "error": None,
    }  # fmt: skip
    try:
        pack = load_pack(name, folder)
    except KnownError as error:
        return {**found, "error": str(error)}
    return {
        **found,
        "title": pack.title,
        "jurisdiction": pack.jurisdiction,
        "citation": pack.citation,
        "version": pack.version,
        "calendar": pack.calendar,
        "first": _first(pack),
        "confidence": pack.confidence,
        "verified": pack.verified,
        "checked_on": pack.checked_on.isoformat(),
    }


@click.command("list")
@laws_option
@json_option
def list_laws(folder: Path | None, as_json: bool) -> None:
    """List the known laws: where each holds, its first limit, and whether its text was compared."""
    with _misuse():
        found = [_entry(name, path, folder) for name, path in law_files(folder).items()]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    rows = [
        (
            entry["id"],
            entry["jurisdiction"] or "",
            entry["first"] or "",
            entry["confidence"] or "cannot be used",
            "yours" if entry["source"] == "user" else "",
            entry["error"] or "",
        )
        for entry in found
    ]
    print_table(rows, ("law", "where", "first limit", "confidence", "", ""), "No laws.")


def _rule_json(rule: Rule) -> dict[str, Any]:
    return {
        "who": rule.who,
        "says": rule.says,
        "days": rule.days,
        "unit": rule.unit,
        "roll": rule.roll,
        "basis": rule.basis or None,
        "after": rule.after or None,
        "counted_from": rule.counted_from if rule.after else None,
        "other_days": rule.other_days,
        "other_unit": rule.other_unit or None,
        "other_says": rule.other_says or None,
        "response_suffices": rule.response_suffices,
        "from_silence": rule.from_silence,
        "body": rule.body or None,
        "citations": list(rule.citations),
        "verified": rule.verified,
        "unsettled": rule.unsettled or None,
    }


def _part_json(rule: Rule) -> dict[str, Any] | None:
    if not rule.says:
        return None
    return {
        "says": rule.says, "days": rule.days, "unit": rule.unit, "counted": rule.counted, "repeats": rule.repeats,
        "allowed": rule.allowed, "citations": list(rule.citations), "verified": rule.verified,
        "unsettled": rule.unsettled or None,
    }  # fmt: skip


def _pack_json(pack: LawPack) -> dict[str, Any]:
    calendar = pack.days_of
    return {
        "id": pack.id,
        "title": pack.title,
        "jurisdiction": pack.jurisdiction,
        "citation": pack.citation,
        "version": pack.version,
        "procedure": pack.procedure,
        "confidence": pack.confidence,
        "verified": pack.verified,
        "checked_on": pack.checked_on.isoformat(),
        "sources": list(pack.sources),
        "notes": list(pack.notes),
        "source": "shipped" if pack.folder is None else "user",
        "calendar": {
            "id": calendar.id, "title": calendar.title, "version": calendar.version,
            "first_year": calendar.first_year, "last_year": calendar.last_year, "verified": not calendar.unverified,
            "note": calendar.unsettled or None,
        },
        "clocks": {kind: _rule_json(pack.clocks[kind]) for kind in _clock_names(pack)},
        "extension": _part_json(pack.extension),
        "tolling": _part_json(pack.tolling),
        "silence": {"effect": pack.silence.effect, "says": pack.silence.says, "days": pack.silence.days,
                    "unit": pack.silence.unit or None, "verified": pack.silence.verified},
        "review": {"path": pack.review.path, "says": pack.review.says, "verified": pack.review.verified},
    }  # fmt: skip


@click.command()
@click.argument("law_id", metavar="LAW")
@laws_option
@json_option
def show(law_id: str, folder: Path | None, as_json: bool) -> None:
    """Show what a law's pack says: each limit, its citation, and what of it is unverified."""
    with _misuse():
        pack = load_pack(law_id, folder)
        found = _pack_json(pack)
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    click.echo("\n".join(visible(line) for line in _lines(pack)))


def _lines(pack: LawPack) -> Iterator[str]:
    calendar = pack.days_of
    yield pack.title
    yield f"{pack.jurisdiction}. {pack.citation}."
    yield f"Version {pack.version}; {pack.confidence.upper()}; checked on {pack.checked_on.isoformat()}."
    yield f"Sources: {'; '.join(pack.sources)}."
    yield f"Calendar: {calendar.title} ({calendar.version}), {calendar.first_year} to {calendar.last_year}."
    if calendar.unsettled:
        yield f"  {calendar.unsettled}"
    for kind in _clock_names(pack):
        rule = pack.clocks[kind]
        yield ""
        yield f"{kind.replace('_', ' ').capitalize()}: {_period(rule)}, by the {rule.who}{_mark(rule.verified)}"
        yield f"  {rule.says} [{'; '.join(rule.citations) or 'no citation'}]"
        if rule.other_days is not None:
            yield f"  {period(rule.other_days, rule.other_unit).capitalize()} {rule.other_says}."
        if rule.unsettled:
            yield f"  {rule.unsettled}"
    for name, says, verified, citations in (
        ("Extension", pack.extension.says, pack.extension.verified, pack.extension.citations),
        ("Pauses", pack.tolling.says, pack.tolling.verified, pack.tolling.citations),
        ("Silence", pack.silence.says, pack.silence.verified, pack.silence.citations),
        ("Review", pack.review.says, pack.review.verified, pack.review.citations),
    ):
        if says:
            yield ""
            yield f"{name}{_mark(verified)}: {says}{f' [{chr(59).join(citations)}]' if citations else ''}"
    if pack.notes:
        yield ""
        yield from (f"- {note}" for note in pack.notes)


def _mark(verified: bool) -> str:
    return "" if verified else " (UNVERIFIED)"


def _checked(path: Path) -> dict[str, Any]:
    """Check one file as a pack or a calendar of rules. Raises BadInput naming file and field."""
    if is_calendar_file(path):
        calendar = calendar_of_rules(read_rules(path))
        if calendar.id != path.stem:
            raise BadInput(f"{path.name}: id: {calendar.id!r} is not the name of its file, {path.stem!r}.")
        return {"file": path.name, "kind": "calendar", "id": calendar.id, "title": calendar.title, "confidence": None,
                "verified": not calendar.unverified, "warnings": []}  # fmt: skip
    pack = read_pack(path, path.parent)
    if pack.id != path.stem:
        raise BadInput(f"{path.name}: id: {pack.id!r} is not the name of its file, {path.stem!r}.")
    try:
        calendar = load_calendar(pack.calendar, path.parent)
    except BadInput as error:
        raise BadInput(f"{path.name}: calendar: {error}") from None
    warnings = []
    if not pack.verified:
        warnings.append(f"The pack is {pack.confidence}: every answer by it will say so.")
    warnings += [
        f"clocks.{kind}: no citation is given."
        for kind in _clock_names(pack)
        if not pack.clocks[kind].citations and pack.clocks[kind].days is not None
    ]
    today = date.today()  # noqa: DTZ011 - the reader's own day is meant
    if not calendar.covers(today.toordinal()):
        warnings.append(f"calendar: {calendar.id} has no data for {today.year}.")
    return {"file": path.name, "kind": "law", "id": pack.id, "title": pack.title, "confidence": pack.confidence,
            "verified": pack.verified, "warnings": warnings}  # fmt: skip


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check files of law packs (or calendars of rules): a mistake is named by file and field."""
    with _misuse():
        found = [_checked(path) for path in files]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for one in found:
        click.echo(visible(f"{one['file']}: usable as the {one['kind']} {one['id']}."))
        for warning in one["warnings"]:
            click.echo(visible(f"- {warning}"))
