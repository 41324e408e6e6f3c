"""The form of a letter template of the desk's own, read from its toml and checked: an error names line and field."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from foiadesk import toml
from foiadesk.letters.catalogue import (
    GROUPS,
    LAWS,
    SHARED,
    TO,
    TYPES,
    LetterKind,
    read_kind,
    shared_fields,
)
from foiadesk.letters.trouble import TemplateTrouble
from foiadesk.records import EventKind, Stage
from foiadesk.records.events import FIELDS
from foiadesk.records.speech import say

LONGEST = 100_000  # characters of a form
MOST_FIELDS = 300
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")

_TEXT = ("name", "title", "subject", "applies", "group", "unfit")
_MAY_TEXT = ("laws", "to", "unfit_law", "language")
_LISTS = ("stages", "legal_basis", "enclosures")
_MAY_LISTS = ("needs", "unless")
_TABLES = ("files", "fields")
_FIELD_TEXT = ("name", "label", "type", "help", "default", "section", "when", "source", "item")
_FIELD_FLAGS = ("required",)
_WHOLE_ROWS = {"use": "", "factors": False, "exemptions": False}  # rows that stand for several fields
_FILING = {"kind": str, "when": str, "on": str, "received": bool, "check": dict, "take": dict, "set": dict}
_LANGUAGES = ("en-US", "es-US")
_ONE_OF: Mapping[str, tuple[str, ...]] = {"group": GROUPS, "laws": LAWS, "to": TO, "language": _LANGUAGES}


class _Form:
    """One form under examination."""

    def __init__(self, name: str, form: str) -> None:
        self.name = name
        self.form = form

    def refuse(self, why: str, field: str = "", line: int = 0) -> NoReturn:
        raise TemplateTrouble(self.name, "form", why, line=line or self.line_of(field), field=field)

    def line_of(self, word: str) -> int:
        """Return the first line with this word as a key or a quoted value, 0 when there is none."""
        if not word:
            return 0
        wanted = re.compile(rf'(^|[\s{{,.]){re.escape(word)}\s*=|"{re.escape(word)}"')
        lines = enumerate(self.form.split("\n"), 1)
        return next((number for number, line in lines if wanted.search(line)), 0)

    def read(self) -> dict[str, Any]:
        if len(self.form) > LONGEST:
            self.refuse(say("it has more than {what} characters", what=format(LONGEST, ",")))
        try:
            return toml.loads(self.form)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
            line = int(found[1]) if found and found[1] else self.form.count("\n") + 1
            said = str(error)[: found.start()] if found else str(error)
            self.refuse(said[:200], line=line)
        except (RecursionError, ValueError, OverflowError):
            self.refuse(say("its brackets or numbers go too far"))

    def check(self, data: Mapping[str, Any]) -> None:
        known = {*_TEXT, *_MAY_TEXT, *_LISTS, *_MAY_LISTS, *_TABLES}
        for key in data:
            if key not in known:
                self.refuse(say("there is no “{key}” in a form", key=key[:60]), key)
        for key in (*_TEXT, *_LISTS, *_TABLES):
            if key not in data:
                self.refuse(say("“{key}” is missing", key=key), key)
        for key in (*_TEXT, *_MAY_TEXT):
            if key in data and not isinstance(data[key], str):
                self.refuse(say("“{key}” is no text", key=key), key)
        for key in (*_LISTS, *_MAY_LISTS):
            if not _texts(data.get(key, [])):
                self.refuse(say("“{key}” is no list of texts", key=key), key)
        for key in _TABLES:
            if not isinstance(data[key], list) or not all(isinstance(row, dict) for row in data[key]):
                self.refuse(say("“{key}” is no list of tables", key=key), key)
        self.values(data)

    def values(self, data: Mapping[str, Any]) -> None:
        if data["name"] != self.name:
            self.refuse(say("“name” must be {name}", name=repr(self.name)), "name")
        if not data["title"].strip():
            self.refuse(say("“title” is empty"), "title")
        for key, allowed in _ONE_OF.items():
            if key in data and data[key] not in allowed:
                self.refuse(say("“{key}” is none of {what}", key=key, what=", ".join(allowed)), key)
        kinds = [kind.value for kind in EventKind]
        for key, allowed_values in (("stages", [*Stage]), ("needs", kinds), ("unless", kinds)):
            for value in data.get(key, ()):
                if value not in allowed_values:
                    self.refuse(
                        say(
                            "“{key}” names {value}, which is none of {what}",
                            key=key,
                            value=repr(value[:60]),
                            what=", ".join(allowed_values),
                        ),
                        value,
                    )
        for row in data["fields"]:
            self.row(row)
        for filing in data["files"]:
            self.filing(filing)

    def row(self, row: Mapping[str, Any]) -> None:
        whole = [key for key in _WHOLE_ROWS if key in row]
        if whole:
            if whole == ["use"] and row["use"] not in shared_fields():
                self.refuse(say("there are no shared fields “{row}”", row=str(row["use"])[:60]), str(row["use"]))
            return
        name = row.get("name")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            self.refuse(say("a field’s name is small letters, digits and “_”"), str(name) if name else "fields")
        for key, value in row.items():
            if key in _FIELD_TEXT:
                right = isinstance(value, str)
            elif key in _FIELD_FLAGS:
                right = isinstance(value, bool)
            elif key == "choices":
                right = isinstance(value, list) and all(_texts(pair) and len(pair) == 2 for pair in value)
            else:
                right = key == "suggests" and _texts(value)
            if not right:
                self.refuse(say("the field “{name}” has a wrong “{key}”", name=name, key=key[:60]), name)
        if not str(row.get("label", "")).strip():
            self.refuse(say("the field “{name}” has no label", name=name), name)
        if row.get("type", "line") not in TYPES:
            self.refuse(
                say("the field “{name}” has a type that is none of {what}", name=name, what=", ".join(TYPES)), name
            )
        if not _source(str(row.get("source", ""))):
            self.refuse(say("the field “{name}” has a source that does not exist", name=name), name)

    def filing(self, row: Mapping[str, Any]) -> None:
        for key, value in row.items():
            if key not in _FILING or not isinstance(value, _FILING[key]):
                self.refuse(say("“files” has a wrong “{key}”", key=key[:60]), key)
        kind = row.get("kind", "")
        if kind not in [known.value for known in EventKind]:
            self.refuse(say("“files” names {kind}, which is no kind of event", kind=repr(kind[:60])), kind or "files")
        specs = {*FIELDS.get(EventKind(kind), {}), "note"}
        for name in (*row.get("check", ()), *row.get("take", ()), *row.get("set", ())):
            if name not in specs:
                self.refuse(
                    say("“files” names {name}, which an event {kind} does not have", name=repr(name[:60]), kind=kind),
                    name,
                )

    def of_kind(self, kind: LetterKind) -> None:
        """Check what can be told only when the shared fields stand in their places."""
        names = [field.name for field in kind.fields]
        if len(names) > MOST_FIELDS:
            self.refuse(say("it has more than {most_fields} fields", most_fields=MOST_FIELDS))
        for name in names:
            if names.count(name) > 1:
                self.refuse(say("the field “{name}” stands in it twice", name=name), name)
        for field in kind.fields:
            if field.when and field.when.partition("=")[0] not in names:
                self.refuse(say("the field “{name}” hangs on one that does not exist", name=field.name), field.name)
        for filing in kind.filings:
            asked = [filing.when.partition("=")[0], filing.on, *filing.checks.values(), *filing.takes.values()]
            for name in asked:
                if name and name not in names:
                    self.refuse(
                        say("“files” takes from the field “{name}”, which does not exist", name=str(name)[:60]),
                        str(name),
                    )
        if kind.to == "named":
            for name in ("to_office", "to_address"):
                if name not in names:
                    self.refuse(say("a letter to somebody it names needs the field “{name}”", name=name), "to")


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _source(text: str) -> bool:
    """Say whether a form's starting value can come from there."""
    from foiadesk.letters.exemptions import exemptions
    from foiadesk.letters.sources import KEYED, SOURCES

    how, colon, key = text.partition(":")
    if not colon:
        return text in SOURCES
    if how == "last":
        kind, _dot, field = key.partition(".")
        known = kind in [one.value for one in EventKind]
        return known and (field == "date" or field in FIELDS.get(EventKind(kind), {}))
    return how in KEYED and (how != "exemption" or key in {found.key for found in exemptions()})


def read_form(name: str, form: str, template: str) -> LetterKind:
    """Return the kind of letter that a form describes; raises TemplateTrouble naming line and field."""
    found = _Form(name, form)
    if not NAME.fullmatch(name) or name.startswith(SHARED):
        found.refuse(say("its name is small letters, digits and “_”, and begins with a letter"), "name")
    data = found.read()
    found.check(data)
    try:
        kind = read_kind(data, template)
    except (KeyError, TypeError, ValueError) as error:
        found.refuse(say("it cannot be read: {error}", error=error)[:200])
    found.of_kind(kind)
    return kind


def renamed(form: str, name: str, title: str = "") -> str:
    """Return a form under another name, and title where one is given; the rest stays as it was written."""
    return "\n".join(_renamed(form.split("\n"), {"name": name, "title": title} if title else {"name": name}))


def _renamed(lines: list[str], values: Mapping[str, str]) -> Iterator[str]:
    left = dict(values)
    for number, line in enumerate(lines):
        if line.lstrip().startswith("["):  # the first table: what comes before it is the kind's own
            yield from (f"{key} = {quoted(value)}" for key, value in left.items())
            yield from lines[number:]
            return
        key = line.partition("=")[0].strip()
        yield f"{key} = {quoted(left.pop(key))}" if key in left else line
    yield from (f"{key} = {quoted(value)}" for key, value in left.items())


def quoted(text: str) -> str:
    """Return a text as a basic string of toml."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
