"""`make translations`: gather every sentence the window shows, bring the catalogs up to date, compile them."""

import argparse
import ast
import csv
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("es",)
KIND = ("title", "applies", "unfit", "unfit_law")  # of a kind of letter, what people read about it
SPOKEN = (  # of laws, calendars and agencies, what people read
    "title", "jurisdiction", "says", "unsettled", "other_says", "body", "note", "appeal_note", "appeal_doubt",
    "cutoff_note", "cutoff_zone",
)  # fmt: skip
WITHIN = ("silence", "review")  # what these say stands within other sentences, without its full stop
NAMES = ("Shortcut", "SPANS", "_QUESTIONS")  # tables whose last words are read by people, the others by programs
DAY = datetime(2026, 1, 1, tzinfo=UTC)  # a catalog says what it holds, not when it was gathered: no change, no diff

# Calls whose words a person reads: which arguments, by place or name; the first two of a plural belong together.
SENTENCES: dict[str, tuple[int | str, ...]] = {
    "_": (0,),
    "N_": (0,),
    "say": (0,),
    "told": (0,),
    "PageSpec": (4, "label"),
    "NextStep": (1, "why"),
    "Missing": (1, "label"),  # of a letter's blank
    "at": (2, "what"),  # of work that says how far it is
    "Rule": (2,),  # those that stand in for what a law's file does not say
}
PLURALS = ("ngettext", "say_count")
ERRORS = (0, "what", "safe", "todo")
# Tables of words that are passed through one of these later, by the file they stand in.
TABLES: dict[str, tuple[str, ...]] = {
    "ui/foiadesk_ui/shortcuts.py": ("Shortcut",),
    "foiadesk/desk/calendar.py": ("_WEEKEND",),
    "foiadesk/desk/passphrases.py": ("_SENTENCES",),
    "foiadesk/desk/proofs.py": ("_HOW", "_SAYS"),
    "foiadesk/desk/recovery.py": ("_PURGED", "_REKEYED", "_RENEWING"),
    "foiadesk/desk/scene_time.py": ("_MONTHS", "SPANS"),
    "foiadesk/desk/today.py": (
        "_ASKED",
        "_OPEN_QUESTIONS",
        "_WITHOUT_DATE",
        "_YOUR_TURN",
        "_OWED_WITHOUT_DATE",
        "_WAITING",
        "_ACTIONS",
    ),
    "foiadesk/desk/tracker.py": ("_DAYS",),
    "foiadesk/desk/wording.py": ("CHANNELS", "_OUTCOMES", "_DECIDED", "_CLOSED", "CLOCKS", "_LAST_DAYS"),
    "foiadesk/intake/refusals.py": ("REFUSALS",),
    "foiadesk/law/general.py": ("_FEDERAL_ONLY",),
    "foiadesk/law/general_steps.py": ("_QUESTIONS",),
    "foiadesk/law/holiday_names.py": ("NAMES",),
    "foiadesk/law/naming.py": ("OUTCOMES", "CLOCKS", "ABOUT", "WHO", "_BY", "_CHANNELS", "_MISSING"),
    "foiadesk/law/steps.py": ("_QUESTIONS", "_IN_COURT"),
    "foiadesk/law/worksheets.py": ("_REASONS",),
    "foiadesk/letters/bounded.py": ("_WORDS",),
    "foiadesk/letters/catalogue.py": ("UNFIT_LAW",),
    "foiadesk/letters/facts.py": ("_NEEDED",),
    "foiadesk/letters/frame.py": ("_LACKING",),
    "foiadesk/letters/merging.py": ("FACTS",),
    "foiadesk/letters/trouble.py": ("_PARTS",),
    "foiadesk/records/recall.py": ("DAMAGES", "ORIGINS", "_WHERE"),
    "foiadesk/records/titles.py": ("EVENT_TITLES",),
}


@dataclass(slots=True)
class Found:
    """A sentence: its plural, "" for none, and the files it stands in."""

    plural: str = ""
    files: set[str] = field(default_factory=set)


def gather(root: Path = ROOT) -> dict[str, Found]:
    """Return every sentence of the sources below ``root``; raises ValueError where one cannot be read from them."""
    found: dict[str, Found] = {}
    errors = error_names(root)
    for folder in ("foiadesk", "ui/foiadesk_ui"):
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if name.startswith("foiadesk/cli/"):  # the command line speaks English
                continue
            for one, many in _of_module(ast.parse(path.read_text("utf-8")), name, errors):
                entry = found.setdefault(one, Found())
                if many and entry.plural and entry.plural != many:
                    raise ValueError(f"{name}: {one!r} has two plurals, {entry.plural!r} and {many!r}")
                entry.plural = entry.plural or many
                entry.files.add(name)
    for name, words in _of_data(root):
        found.setdefault(words, Found()).files.add(name)
    return found


def error_names(root: Path = ROOT) -> frozenset[str]:
    """Return the classes of errors a person can read."""
    tree = ast.parse((root / "foiadesk/records/errors.py").read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.ClassDef))


def _of_module(tree: ast.Module, name: str, errors: frozenset[str]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in PLURALS:
            one, many = node.args[:2]
            if isinstance(one, ast.Constant) and isinstance(many, ast.Constant):
                yield str(one.value), str(many.value)
        elif called in SENTENCES or called in errors:
            for argument in _arguments(node, SENTENCES.get(called, ERRORS)):
                if isinstance(argument, ast.JoinedStr) and called not in (
                    *errors,
                    "NextStep",
                ):  # those may stay English
                    raise ValueError(f"{name}:{node.lineno}: words made before they are translated")
                yield from ((words, "") for words in _words(argument))
    wanted = TABLES.get(name, ())
    for statement in tree.body:
        for table in wanted:
            if (value := _table(statement, table)) is not None:
                yield from ((words, "") for words in _words(value, table in NAMES))


def _arguments(node: ast.Call, wanted: tuple[int | str, ...]) -> Iterator[ast.expr]:
    for at, argument in enumerate(node.args):
        if at in wanted:
            yield argument
    for keyword in node.keywords:
        if keyword.arg in wanted:
            yield keyword.value


def _words(node: ast.AST, last: bool = False) -> Iterator[str]:
    """Yield the sentences an expression can become: of a choice both, of a table the values, of a row all or the last.

    What has no words but those to be filled in is the same in every language.
    """
    match node:
        case ast.Constant(value=str(text)) if re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", text)):
            yield text
        case ast.IfExp():
            yield from _words(node.body)
            yield from _words(node.orelse)
        case ast.Dict():
            for value in node.values:
                yield from _words(value, last)
        case ast.Tuple() | ast.List():
            for value in node.elts[-1:] if last else node.elts:
                yield from _words(value)
        case ast.ClassDef():
            for statement in node.body:
                if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
                    yield from _words(statement.value, last)


def _table(statement: ast.stmt, wanted: str) -> ast.AST | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == wanted:
            return value
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if name == wanted:
            return value
        case ast.ClassDef(name=name) if name == wanted:
            return statement
    return None


def _of_data(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the words of the data files that the window shows: of laws what they say, of letters what names them."""
    yield from _of_laws(root)
    name = "resources/agencies/us-federal.csv"
    with (root / name).open(encoding="utf-8", newline="") as file:
        for office in csv.DictReader(file):
            yield from ((name, line.strip()) for line in office["cautions"].split("|") if line.strip())
    name = "resources/snippets/items.toml"
    for group in tomllib.loads((root / name).read_text("utf-8"))["group"]:
        yield name, group["title"]
        yield from ((name, item["title"]) for item in group["item"])
    for path in sorted((root / "resources/letters").glob("*.toml")):
        name, data = path.relative_to(root).as_posix(), tomllib.loads(path.read_text("utf-8"))
        yield from ((name, data[key]) for key in KIND if isinstance(data.get(key), str))
        yield from ((name, says) for basis in data.get("legal_basis", ()) if (says := basis.partition(": ")[2]))
        rows = (row for table in data.values() if isinstance(table, list) for row in table if isinstance(row, dict))
        for row in rows:
            yield from ((name, row[key]) for key in ("section", "label", "help") if row.get(key))
            yield from ((name, label) for _value, label in row.get("choices", ()) if label)


def _of_laws(root: Path) -> Iterator[tuple[str, str]]:
    """Yield what the files of laws, calendars and agencies say in words; citations and names of offices stay."""
    for path in sorted((root / "resources/laws").glob("*.toml")):
        name = path.relative_to(root).as_posix()
        data = tomllib.loads(path.read_text("utf-8"))
        yield from ((name, words) for words in _said(data))
        for part in WITHIN:
            if says := data.get(part, {}).get("says"):
                yield name, says.rstrip(".")
        yield from ((name, day["name"]) for day in (*data.get("holidays", ()), *data.get("disputed", ())))
        if data.get("confidence"):
            yield name, data["confidence"]


def _said(data: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _said(value, key)
        elif key == "notes":
            yield from value
        elif key == "channels":
            yield from (rule["says"] for rule in value)
        elif key in SPOKEN and value and not (key == "says" and above in WITHIN):
            yield value


def template(found: dict[str, Found]) -> Catalog:
    """Return the sentences as a catalog without translations."""
    catalog = Catalog(
        project="FOIADesk", version="", msgid_bugs_address="", charset="utf-8", creation_date=DAY, fuzzy=False
    )
    for one in sorted(found):
        entry = found[one]
        locations = [(name, 0) for name in sorted(entry.files)]
        flags = () if "{" not in one + entry.plural else ("python-brace-format",)
        catalog.add((one, entry.plural) if entry.plural else one, locations=locations, flags=flags)
    return catalog


def po_path(language: str) -> Path:
    """Return where a language's catalog lies."""
    return FOLDER / language / "LC_MESSAGES" / "foiadesk.po"


def read(language: str) -> Catalog:
    """Return a language's catalog as it lies there."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, known: Catalog, gathered: Catalog) -> Catalog:
    """Return a catalog with exactly the sentences gathered; the translations it knows stay, nothing is guessed."""
    catalog = Catalog(
        locale=language, project="FOIADesk", version="", msgid_bugs_address="", charset="utf-8", fuzzy=False,
        creation_date=DAY, revision_date=DAY,
        last_translator="The FOIADesk maintainers", language_team=language,
        header_comment=f"# FOIADesk in {language}: `make translations` brings it up to date.",
    )  # fmt: skip
    for message in gathered:
        if not message.id:
            continue
        old = known.get(message.id)
        words = old.string if old is not None and bool(old.pluralizable) == bool(message.pluralizable) else None
        catalog.add(message.id, words, locations=message.locations, flags=message.flags)
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalog as its file."""
    out = BytesIO()
    write_po(out, catalog, width=120, sort_output=True, no_location=True, ignore_obsolete=True)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a catalog as the program reads it: nothing but the sentences and their plural rule."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Return the sentences without a translation."""
    found = []
    for message in catalog:
        words = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(words):
            found.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return found


def main(arguments: list[str]) -> int:
    """Write the template and bring each language up to date; 1 while a sentence has no translation."""
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    gathered = template(gather())
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "foiadesk.pot").write_bytes(po_bytes(gathered))
    lacking = 0
    for language in LANGUAGES:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = read(language) if path.exists() else Catalog(locale=language)
        catalog = updated(language, known, gathered)
        path.write_bytes(po_bytes(catalog))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalog))
        without = missing(catalog)
        lacking += len(without)
        print(f"{path.relative_to(ROOT)}: {len(catalog)} sentences, {len(without)} without a translation")
        for words in without:
            print(f"  {words}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
