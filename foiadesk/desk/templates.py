"""Letter templates: what is shipped can be changed, added to and reset; what was changed says so everywhere."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.frozen import dataclass
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_templates

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.desk.shapes import LetterPreview
    from foiadesk.letters import LetterContext, LetterKind
    from foiadesk.letters.own import OwnTemplate
    from foiadesk.store.rows_common import Row


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One letter in the list of templates.

    state: "shipped", "changed" or "added". changed_on: ISO day. moved: the shipped letter was changed since. draft:
    something was typed that is not in force. wrong: why a template is not used and the shipped letter is.
    """

    name: str
    title: str
    group: str
    state: str = "shipped"
    changed_on: str = ""
    moved: bool = False
    draft: bool = False
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A letter as it can be edited: form (toml) and text, those in force and those typed since, if any."""

    line: TemplateLine
    base: str
    form: str
    text: str
    draft: tuple[str, str] | None = None


class Templates:
    """Every letter's form and words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._guard = threading.Lock()
        self._read: tuple[tuple[tuple[int, int], ...], tuple[LetterKind, ...], dict[str, str]] | None = None

    def kinds(self) -> tuple[LetterKind, ...]:
        """Return every kind of letter, with the desk's own in and over the shipped ones."""
        return self._catalogue()[0]

    def kind(self, name: str) -> LetterKind:
        """Return one kind; raises NotFound naming near matches."""
        from foiadesk import letters

        with self._desk.read() as db:
            if not rows_templates.versions(db):
                return letters.kind(name)
        return letters.kind(name, self.kinds())

    def all(self) -> tuple[TemplateLine, ...]:
        """Return every letter that has a form and words of its own, in the order of a menu."""
        from foiadesk.letters.catalogue import shipped_names

        kinds, wrong = self._catalogue()
        with self._desk.read() as db:
            mine = {row["name"]: row for row in rows_templates.templates(db)}
            drafts = rows_templates.drafts(db)
        whole = {*shipped_names(), *mine}
        lines = [_line(kind, mine, kind.name in drafts, wrong) for kind in kinds if kind.name in whole]
        shown = {line.name for line in lines}
        lost = [
            TemplateLine(name, name, "", "added", mine[name]["changed_on"], draft=name in drafts, wrong=why)
            for name, why in wrong.items()
            if name not in shown
        ]
        return (*lines, *lost)

    def source(self, name: str) -> TemplateSource:
        """Return a letter's form and text; raises NotFound, and BadInput for a kind that has none of its own."""
        from foiadesk.letters.own import shipped_name, shipped_source

        with self._desk.read() as db:
            row = rows_templates.template(db, name)
            draft = rows_templates.drafts(db).get(name)
        if row is None and not shipped_name(name):
            self.kind(name)  # names what is near
            raise NotFound(say("There is no letter template {name}.", name=repr(name[:60])))
        form, text = (row["form"], row["text"]) if row is not None else shipped_source(name)
        line = next(one for one in self.all() if one.name == name)
        return TemplateSource(line, row["base"] if row is not None else name, form, text, draft)

    def check(self, name: str, form: str, text: str) -> LetterKind:
        """Return the kind that form and text would make. Raises TemplateTrouble naming line and field."""
        from foiadesk.letters import own

        return own.check(self._own(name, form, text), self._desk.clock())

    def change(self, name: str, *, form: str | None = None, text: str | None = None) -> Change:
        """Put another form or text in force; what is not given stays. Raises TemplateTrouble, NotFound."""
        from foiadesk.letters.own import shipped_source

        before = self.source(name)
        form, text = before.form if form is None else form, before.text if text is None else text
        if before.line.state == "changed" and (form, text) == shipped_source(name):
            return self.reset(name)
        kind = self.check(name, form, text)
        if (form, text) == (before.form, before.text) and not before.line.moved:
            raise BadInput("The letter template is as it was.", safe="Nothing was changed.")
        return self._put(self._own(name, form, text), say("Changed the letter template “{title}”", title=kind.title))

    def add(self, name: str, like: str, *, title: str = "") -> Change:
        """Add a kind of letter as a copy of another; primary is the template's id. Raises BadInput, NotFound."""
        from foiadesk.letters import own
        from foiadesk.letters.own_form import renamed

        source = self.source(like)
        self._must_be_new(name)
        title = " ".join(title.split()) or name.replace("_", " ").strip().capitalize()
        made = own.OwnTemplate(name, source.base, renamed(source.form, name, title), source.text)
        own.check(made, self._desk.clock())
        return self._put(made, say("Added the letter template “{title}”", title=title))

    def reset(self, name: str) -> Change:
        """Go back to the shipped letter; one that was added is removed. What was typed and not in force goes too.

        Raises BadInput for a letter that is as shipped, Conflict when letters of an added kind would lose their form.
        """
        from foiadesk.letters.own import shipped_name

        shipped = shipped_name(name)

        def work(journal: Journal) -> Done:
            row = rows_templates.template(journal.db, name)
            if row is None:
                raise BadInput("This letter template is as shipped.", safe="Nothing was changed.")
            count = 0 if shipped else rows_templates.letters_of(journal.db, name)
            if count:
                raise Conflict(
                    say_count(
                        "A letter is of this kind and would be left without its form.",
                        "{n} letters are of this kind and would be left without their form.",
                        count,
                    ),
                    safe="Nothing was changed.",
                    todo="Change its title or text instead.",
                )
            rows_templates.drop_draft(journal.db, name)
            journal.delete("templates", row["id"])
            done = say(
                "Reset the letter template “{title}” to the shipped one"
                if shipped
                else "Removed the letter template “{title}”",
                title=title,
            )
            return Done(done, row["id"])

        title = next((line.title for line in self.all() if line.name == name), name)
        return self._desk.act(work)

    def export(self, name: str) -> bytes:
        """Return a letter as one file that ``bring_in`` takes on another desk. Raises NotFound."""
        from foiadesk.letters import own

        source = self.source(name)
        return own.write_out(own.OwnTemplate(name, source.base, source.form, source.text))

    def look_into(self, data: bytes) -> tuple[LetterKind, str]:
        """Return the kind in a template's file, and the title of the letter here that has its name; "" when none has.

        Nothing is stored. Raises BadInput, and TemplateTrouble naming line and field.
        """
        from foiadesk.letters import own

        found = own.read_in(data)
        kind = own.check(found, self._desk.clock())
        return kind, next((one.title for one in self.kinds() if one.name == found.name), "")

    def bring_in(self, data: bytes, *, name: str = "", title: str = "", instead: bool = False) -> Change:
        """Store the template in a file; primary is its id.

        name, title: other than its own. instead: in place of the letter that has the name here, which is refused
        otherwise. Raises BadInput, and TemplateTrouble naming line and field.
        """
        from foiadesk.letters import own
        from foiadesk.letters.own_form import renamed

        found = own.read_in(data)
        if name and name != found.name:
            found = replace(found, name=name, form=renamed(found.form, name, title))
        kind = own.check(found, self._desk.clock())
        if not instead:
            self._must_be_new(found.name)
        own.shipped_name(found.name)
        return self._put(found, say("Brought in the letter template “{title}”", title=kind.title))

    def keep_draft(self, name: str, form: str, text: str) -> None:
        """Keep what is being typed, right or wrong; not in force and no part of undo."""
        if not self._desk.read_only:
            self._desk.store.write(lambda db: rows_templates.put_draft(db, name, form, text))

    def drop_draft(self, name: str) -> None:
        """Forget what was typed and is not in force."""
        if not self._desk.read_only:
            self._desk.store.write(lambda db: rows_templates.drop_draft(db, name))

    def preview(self, name: str, form: str, text: str, request: int | None, *, scale: float) -> LetterPreview:
        """Draw the letter that form and text would make, for a request or, None, for one nobody has made.

        Call off the window's thread. Raises TemplateTrouble naming line and field.
        """
        from foiadesk import letters
        from foiadesk.desk.shapes import LetterPreview
        from foiadesk.intake.pages import page_count, render_page

        kind = self.check(name, form, text)
        context, values = self._subject(kind, request)
        letter = letters.compose(kind, context, values)
        pdf = self._desk.letters.typeset(letter, tagged=False)
        pages = tuple(render_page(pdf, number, scale) for number in range(page_count(pdf)))
        return LetterPreview(pages, letter.blanks, letter.warnings)

    def _subject(self, kind: LetterKind, request: int | None) -> tuple[LetterContext, dict[str, str]]:
        """Return what a preview is about; the example has its form filled, so that all of the text is seen."""
        from foiadesk import letters
        from foiadesk.letters.example import example, filled

        today = self._desk.clock()
        if request is not None:
            return self._desk.letters.context(request, today), {}
        context = example(kind, today)
        known = {name: text for name, text in letters.defaults(kind, context).items() if text}
        return context, {**filled(kind), **known}

    def _own(self, name: str, form: str, text: str) -> OwnTemplate:
        from foiadesk.letters.own import OwnTemplate, shipped_name

        with self._desk.read() as db:
            row = rows_templates.template(db, name)
        base = row["base"] if row is not None else shipped_name(name)
        if not base:
            raise NotFound(say("There is no letter template {name}.", name=repr(name[:60])))
        return OwnTemplate(name, base, form, text)

    def _put(self, own: OwnTemplate, sentence: str) -> Change:
        from foiadesk.letters.own import print_of

        values = {
            "name": own.name,
            "base": own.base,
            "form": own.form,
            "text": own.text,
            "shipped": print_of(own.name),
            "changed_on": self._desk.clock().isoformat(),
        }

        def work(journal: Journal) -> Done:
            rows_templates.drop_draft(journal.db, own.name)
            row = rows_templates.template(journal.db, own.name)
            if row is None:
                return Done(sentence, journal.insert("templates", values))
            journal.update("templates", row["id"], values)
            return Done(sentence, row["id"])

        return self._desk.act(work)

    def _must_be_new(self, name: str) -> None:
        from foiadesk.letters.own_form import NAME

        if not NAME.fullmatch(name):
            raise BadInput("The name of a letter template is small letters, digits and “_”, beginning with a letter.")
        taken = {one.name for one in self.kinds()} | {line.name for line in self.all()}
        if name in taken:
            raise BadInput(
                say("There is already a letter named {name}.", name=repr(name)),
                safe="Nothing was changed.",
                todo="Choose another name, or say that it shall take its place.",
            )

    def _catalogue(self) -> tuple[tuple[LetterKind, ...], dict[str, str]]:
        from foiadesk import letters

        with self._desk.read() as db:
            state = rows_templates.versions(db)
            if not state:
                return letters.kinds(), {}
            with self._guard:
                if self._read is not None and self._read[0] == state:
                    return self._read[1:]
            owned = _owned(db)
        from foiadesk.letters import own

        kinds, wrong = own.catalogue(owned)
        with self._guard:
            self._read = (state, kinds, wrong)
        return kinds, wrong


def _owned(db: Database) -> list[OwnTemplate]:
    from foiadesk.letters.own import OwnTemplate

    names = ("name", "base", "form", "text", "changed_on", "shipped")
    return [OwnTemplate(**{name: row[name] for name in names}) for row in rows_templates.templates(db)]


def _line(kind: LetterKind, mine: dict[str, Row], draft: bool, wrong: dict[str, str]) -> TemplateLine:
    state = "shipped" if kind.name not in mine else "added" if kind.added else "changed"
    changed = mine[kind.name]["changed_on"] if kind.name in mine else ""
    return TemplateLine(kind.name, kind.title, kind.group, state, changed, kind.moved, draft, wrong.get(kind.name, ""))
