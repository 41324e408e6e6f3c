"""Letter templates that are the desk's own: changed from the shipped ones or added; checked, written out, read in."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from foiadesk import toml
from foiadesk.frozen import dataclass
from foiadesk.letters.catalogue import EXEMPTIONS, LetterKind, in_order, kinds, shipped_names
from foiadesk.letters.own_form import quoted, read_form
from foiadesk.letters.trouble import TemplateTrouble
from foiadesk.records.errors import BadInput, KnownError
from foiadesk.records.speech import say
from foiadesk.shelf import resource

FORMAT = "FOIADesk letter template 1"
LARGEST = 1 << 20  # bytes of a file that is read in


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """form: toml, as shipped kinds have it. text: the words. base: the shipped kind whose facts it states.

    shipped: the print of the shipped letter of the same name when it was changed; "" for one that was added.
    """

    name: str
    base: str
    form: str
    text: str
    changed_on: str = ""
    shipped: str = ""


def shipped_name(name: str) -> str:
    """Return the shipped letter behind a kind's name; raises BadInput for one without a form of its own.

    "" when nothing shipped has the name.
    """
    if name in shipped_names():
        return name
    if any(one.name == name and one.template == EXEMPTIONS for one in kinds()):
        raise BadInput(
            say(
                "The letter {name} is {exemptions} with one exemption chosen; it has no text of its own.",
                name=name,
                exemptions=EXEMPTIONS,
            ),
            todo=say("Change {exemptions} instead.", exemptions=EXEMPTIONS),
        )
    return ""


def shipped_source(name: str) -> tuple[str, str]:
    """Return form and text of a shipped letter."""
    form, text = (resource("letters", f"{name}.{ending}").read_text(encoding="utf-8") for ending in ("toml", "j2"))
    return form, text


def print_of(name: str) -> str:
    """Return what tells one state of a shipped letter from another; "" when there is none of this name."""
    return _print_of(name) if name in shipped_names() else ""


@lru_cache(maxsize=256)
def _print_of(name: str) -> str:
    form, text = shipped_source(name)
    return hashlib.sha256(f"{form}\0{text}".encode()).hexdigest()


def kind_of(own: OwnTemplate) -> LetterKind:
    """Return the kind of letter a template makes; raises TemplateTrouble when its form is wrong."""
    now = print_of(own.name)
    return replace(
        read_form(own.name, own.form, own.base),
        text=own.text or " ",
        changed_on=own.changed_on,
        added=not now,
        moved=bool(now) and now != own.shipped,
    )


def catalogue(owned: Iterable[OwnTemplate]) -> tuple[tuple[LetterKind, ...], dict[str, str]]:
    """Return the shipped kinds with the desk's own in and over them, and what is wrong with any by name.

    A template that this program cannot use leaves the shipped letter in its place.
    """
    found = {one.name: one for one in kinds() if one.name in shipped_names()}
    wrong: dict[str, str] = {}
    for own in owned:
        try:
            found[own.name] = kind_of(own)
        except TemplateTrouble as error:
            wrong[own.name] = error.why
    return in_order(found.values()), wrong


def check(own: OwnTemplate, today: date) -> LetterKind:
    """Return the kind a template makes once every part of it holds.

    It is read, and written out for a request nobody has made: empty, and with all of its form filled. Raises
    TemplateTrouble naming line and field.
    """
    from foiadesk.letters.bounded import check_text
    from foiadesk.letters.example import example, filled
    from foiadesk.letters.writing import compose_letter, known_names

    made = kind_of(own)
    context = example(made, today)
    check_text(own.name, own.text, known_names(made, context))
    for values in ({}, filled(made)):
        try:
            letter = compose_letter(made, context, values)
        except TemplateTrouble:
            raise
        except KnownError as error:
            raise TemplateTrouble(own.name, "form", error.what) from None
        except KeyError as error:
            raise TemplateTrouble(
                own.name, "form", say("the field {error} is missing", error=error), field=str(error)
            ) from None
        if len(letter.blocks) < 2:
            raise TemplateTrouble(own.name, "text", say("it says nothing"), line=1)
    return made


def write_out(own: OwnTemplate) -> bytes:
    """Return a template as one file that ``read_in`` reads back."""
    head = {"format": FORMAT, "name": own.name, "base": own.base}
    lines = [f"{key} = {quoted(value)}" for key, value in head.items()]
    return "\n".join([*lines, "", f"text = {_long(own.text)}", "", f"form = {_long(own.form)}", ""]).encode()


def _long(text: str) -> str:
    """Return a text as toml shows it best: as it stands, where it can."""
    plain = all(char.isprintable() or char in "\n\t" for char in text)
    return f"'''\n{text}'''" if plain and "'''" not in text and not text.endswith("'") else quoted(text)


def read_in(data: bytes) -> OwnTemplate:
    """Read a template's file; what is in it is not checked yet. Raises BadInput for any other file."""
    try:
        if len(data) > LARGEST:
            raise ValueError
        found = toml.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
        if found.get("format") != FORMAT:
            raise ValueError
        name, base, text, form = (found[key] for key in ("name", "base", "text", "form"))
        if not all(isinstance(one, str) for one in (name, base, text, form)):
            raise ValueError
    except (ValueError, KeyError, RecursionError, OverflowError):  # TOMLDecodeError and UnicodeError are ValueErrors
        raise BadInput(
            "This file is no letter template.",
            safe="Nothing was brought in.",
            todo="Choose a file that was exported from FOIADesk’s templates.",
        ) from None
    if base not in shipped_names():
        raise BadInput(
            say("The template rests on a letter this program does not have: {base}.", base=repr(base[:60])),
            safe="Nothing was brought in.",
            todo="It may come from a later version of FOIADesk.",
        )
    return OwnTemplate(name, base, form, text)
