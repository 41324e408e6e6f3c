"""Templates: every letter at the left, its text and form in the middle, the page it makes at the right."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk.records.errors import KnownError
from foiadesk_ui import line_icons, theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, words_of
from foiadesk_ui.letter_picker import group_words
from foiadesk_ui.letter_preview import LivePreview
from foiadesk_ui.office_card import Caution
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.page_tabs import PageTabs
from foiadesk_ui.request_picker import pick_request
from foiadesk_ui.save_pause import SavePause
from foiadesk_ui.session import Session
from foiadesk_ui.template_deeds import TemplateDeeds
from foiadesk_ui.template_editor import TemplateEditor
from foiadesk_ui.template_panel import TemplatePanel
from foiadesk_ui.template_words import state_of
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel, SectionLabel

if TYPE_CHECKING:
    from foiadesk.desk import LetterPreview, RequestRow, TemplateLine, TemplateSource

TEXT, FORM = range(2)


_LINES = 5  # of a text that can be written in, at least


class TemplatesPage(Page):
    """What is typed is kept as a draft by itself, and in force once the person says so."""

    name: ClassVar[str] = "templates"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Letter templates")
        super().__init__(session, parent)
        self._lines: tuple[TemplateLine, ...] = ()
        self._source: TemplateSource | None = None
        self._wanted = ""
        self._typed: tuple[str, str] = ("", "")  # form and text as they stand in the editors
        self._request: int | None = None
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(_("Filter letters"))
        self.filter.setAccessibleName(_("Filter letters"))
        line_icons.clearable(self.filter)
        self.filter.textChanged.connect(lambda _text: self._fill())
        self.list = TwoLineList(_("Letters"), self)
        self.list.picked.connect(self._picked)
        self.panel = TemplatePanel(self)
        self.deeds = TemplateDeeds(session, self.panel, self)
        self.deeds.made.connect(self._go)
        self.deeds.leaving.connect(self.flush)
        self.bring = LinkButton(_("Bring in a file…"), self.deeds.choose_file, icon="upload", parent=self)
        self.panel.closed.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.head = SectionLabel("", self)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.state = MeaningLabel("", "", self)
        self.said = SecondaryLabel("", self)
        self.new = LinkButton(_("Copy as new…"), self.deeds.ask_title, icon="plus", parent=self)
        self.export = LinkButton(_("Export…"), self.deeds.choose_target, icon="save", parent=self)
        self.reset = LinkButton("", self._reset, icon="undo", parent=self)
        self.text = TemplateEditor(_("Text of the letter"), self)
        self.form = TemplateEditor(_("Form of the letter"), self)
        self.tabs = PageTabs(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Text or form"))
        self.tabs.addTab(self.text, _("Text"))
        self.tabs.addTab(self.form, _("Form"))
        for editor in (self.text, self.form):
            editor.setMinimumHeight(_LINES * editor.fontMetrics().height())
            editor.edited.connect(self._edited)
        self.wrong = Caution("", self)
        self.drop = LinkButton(_("Discard what was typed"), self._discard, parent=self)
        self.preview = LivePreview(session, self)
        self.preview.drawn.connect(self._drawn)
        self.preview.refused.connect(self._refused)
        self.about = LinkButton(_("An example"), self._choose_request, icon="request", parent=self)
        self.about.setToolTip(_("Choose a request to see the letter for"))
        self.example = LinkButton(_("Example"), lambda: self._see(None), parent=self)
        self.example.setToolTip(_("See the letter for an example again"))
        self._pause = SavePause(self)
        self._pause.timeout.connect(self.flush)
        self._lay_out()
        self._see(None)
        self._dress()

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.S2, 0, theme.S2)
        column.setSpacing(theme.S2)
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.S4, 0, theme.S2, 0)
        inside.addWidget(self.filter)
        column.addLayout(inside)
        column.addWidget(self.list, 1)
        foot = Flow()
        foot.setContentsMargins(theme.S2, 0, 0, 0)
        foot.addWidget(self.bring)
        foot.addStretch(1)
        column.addLayout(foot)
        left.setMinimumWidth(180)
        self.preview.add_tool(self.example)
        self.preview.add_tool(self.about)
        self.preview.setMinimumWidth(240)
        right = Beside(self._middle(), self.preview, narrow=540, shares=(8, 7), parent=self)
        self.split = Beside(left, right, narrow=540, shares=(1, 4), parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)

    def _middle(self) -> QWidget:
        middle = QWidget(self)
        top = Flow()
        top.setSpacing(theme.S2)
        top.addWidget(self.head, 1)
        top.addWidget(self.said)
        tools = QWidget(middle)
        row = Flow(tools, gap=theme.S1)
        for button in (self.reset, self.new, self.export):
            row.addWidget(button)
        below = Flow()
        below.setSpacing(theme.S2)
        below.addWidget(self.wrong, 1)
        below.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(middle)
        column.setContentsMargins(theme.S4, theme.S2, theme.S4, theme.S2)
        column.setSpacing(theme.S1)
        column.addWidget(self.panel)
        column.addLayout(top)
        column.addWidget(self.state)
        column.addWidget(tools)
        column.addWidget(self.tabs, 1)
        column.addLayout(below)
        middle.setMinimumWidth(300)
        return middle

    # The window asks -----------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``kind``: the letter to show; ``request``: for which."""
        if where.get("request"):
            self._see(int(where["request"]))
        self._wanted = str(where.get("kind") or "") or self._wanted or (self._source.line.name if self._source else "")
        self._ask()

    def refresh(self, change: "Change | None") -> None:
        """Read again what an undo changed; what is being typed stays."""
        if change is None or change.touches("template"):
            self._ask()
        if self._request is not None and change is not None and change.touches("request", self._request):
            self.preview.touch()

    def flush(self) -> None:
        """Keep what was typed as a draft."""
        self._pause.stop()
        source = self._source
        if source is None or source.draft == self._drafted():
            return
        self._source = _with_draft(source, self._drafted())
        name, draft = source.line.name, self._drafted()

        def keep(desk: Desk) -> None:
            if draft is None:
                desk.templates.drop_draft(name)
            else:
                desk.templates.keep_draft(name, *draft)

        desk = self.session.desk
        self.session.jobs.act(self, lambda: keep(desk), lambda _none: self._kept(), self.session.report)

    def primary(self) -> Primary | None:
        """What was typed can be put in force."""
        if self._source is None or (self._drafted() is None and not self._source.line.moved):
            return None
        words = _("Use this letter") if self._drafted() is not None else _("Keep my letter")
        return Primary(words, self._use, "tick")

    def first_focus(self) -> QWidget | None:
        """The list of letters."""
        return self.list

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return a letter that is wrong, and the question for a new one's title."""

        def spoil() -> None:
            self.tabs.setCurrentIndex(TEXT)
            self.text.setPlainText(self.text.text().replace("{{ ", "{{ the", 1))

        return (("wrong", spoil), ("new", self.deeds.ask_title), ("none", self._discard))

    # The list ------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.session.ask(self, lambda desk: desk.templates.all(), self._listed, key="list")

    def _listed(self, lines: "tuple[TemplateLine, ...]") -> None:
        self._lines = lines
        self.deeds.taken = frozenset(line.name for line in lines)
        names = [line.name for line in lines]
        now = self._wanted or (self._source.line.name if self._source is not None else "")
        asked, self._wanted = bool(self._wanted), ""
        chosen = now if now in names else names[0]
        self._fill(chosen)
        if asked and (item := self.list.currentItem()) is not None:
            self.list.scrollToItem(item)
        self._read(chosen)

    def _fill(self, chosen: str = "") -> None:
        now = chosen or (self._source.line.name if self._source is not None else "")
        words = self.filter.text().casefold().split()
        shown, current = [], -1
        for place, line in enumerate(self._lines):
            group = group_words(line.group) if line.group else ""
            _meaning, state = state_of(line)
            below = [group, state if line.state != "shipped" or line.wrong else "", _("draft") if line.draft else ""]
            about = " ".join((line.title, _(line.title), line.name, *below)).casefold()
            if all(word in about for word in words):
                shown.append(Line(place, _(line.title), " · ".join(part for part in below if part)))
                current = place if line.name == now else current
        self.list.show_lines(shown, current)

    def _picked(self, place: int) -> None:
        self.flush()
        self._read(self._lines[place].name)

    def _read(self, name: str) -> None:
        self.session.ask(self, lambda desk: desk.templates.source(name), self._show, key="source", failed=self._lost)

    def _lost(self, error: Exception) -> None:
        self._source = None
        self.session.report(error)
        self._ask()

    # One letter ----------------------------------------------------------------------------------------------------

    def _show(self, source: "TemplateSource") -> None:
        before = self._source
        same = before is not None and before.line.name == source.line.name
        if same and before is not None and self._pause.isActive():  # being typed: that stays
            self._source = _with_draft(source, before.draft)
            self._dress()
            return
        self._source = source
        shown = source.draft or (source.form, source.text)
        if not same or shown != self._typed:
            self._typed = shown
            self.form.set_text(shown[0])
            self.text.set_text(shown[1])
        self._typed = (self.form.text(), self.text.text())
        self._say_wrong(None)
        self.said.setText(_("Draft, not in force") if source.draft else "")
        self._dress()
        if same:
            self.preview.touch()
        else:
            self._draw()

    def _dress(self) -> None:
        source = self.deeds.source = self._source
        for widget in (self.reset, self.new, self.export, self.tabs):
            widget.setEnabled(source is not None)
        self.drop.setVisible(source is not None and self._drafted() is not None)
        if source is not None:
            line = source.line
            self.head.setText(_(line.title))
            self.state.show_meaning(*state_of(line))
            self.reset.setVisible(line.state != "shipped")
            words = _("Remove this letter") if line.state == "added" else _("Reset to the shipped one")
            self.reset.setText(words)
            self.reset.setAccessibleName(words)
        self.header_changed.emit()

    def _drafted(self) -> tuple[str, str] | None:
        """Return what stands in the editors where it is not what is in force."""
        source = self._source
        return None if source is None or self._typed == (source.form, source.text) else self._typed

    def _edited(self) -> None:
        self._typed = (self.form.text(), self.text.text())
        self.said.setText("")
        self._pause.start()
        self.preview.touch()
        self._dress()

    def _kept(self) -> None:
        self.said.setText(_("Draft, not in force") if self._drafted() is not None else "")
        if self._source is not None:
            name, draft = self._source.line.name, self._drafted() is not None
            self._lines = tuple(_with_mark(line, draft) if line.name == name else line for line in self._lines)
            self._fill()

    def _discard(self) -> None:
        source = self._source
        if source is not None and self._drafted() is not None:
            self.form.set_text(source.form)
            self.text.set_text(source.text)
            self._edited()
            self.flush()

    # The page ------------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        source = self._source
        if source is None:
            self.preview.show_letter(None)
            return
        name = source.line.name

        def draw(desk: Desk, scale: float) -> "LetterPreview":
            form, text = self._typed  # one tuple, put in place whole by the GUI thread
            return desk.templates.preview(name, form, text, self._request, scale=scale)

        self.preview.show_letter(draw, name=_(source.line.title))

    def _drawn(self, _preview: object) -> None:
        self._say_wrong(None)

    def _refused(self, error: KnownError) -> None:
        self.preview.trouble.hide()
        self._say_wrong(error)

    def _say_wrong(self, error: KnownError | None) -> None:
        """Say what is wrong below the editor, and mark its line; None: nothing is."""
        part, line = getattr(error, "part", ""), getattr(error, "line", 0)
        self.text.mark_wrong(line if part == "text" else 0)
        self.form.mark_wrong(line if part == "form" else 0)
        for tab, words, mine in ((TEXT, _("Text"), "text"), (FORM, _("Form"), "form")):
            self.tabs.setTabText(tab, f"{words} ▲" if part == mine else words)
        self.wrong.setVisible(error is not None)
        why = getattr(error, "why", "") or (error.what if error is not None else "")
        said = _("Line {line}: {why}").format(line=line, why=words_of(why)) if line else words_of(why)
        self.wrong.set_text(said)
        self.wrong.setAccessibleName(said)

    def _see(self, request: int | None) -> None:
        """Show the page for a request; None: for the example."""
        self._request = request
        self.example.setVisible(request is not None)
        self.about.setText(_("An example"))
        if request is not None:
            self.session.ask(self, lambda desk: desk.requests.rows([request]), self._name_request, key="row")
        self.preview.touch()

    def _name_request(self, rows: "list[RequestRow]") -> None:
        if rows:
            self.about.setText(rows[0].office_short)
            self.about.setToolTip(f"{rows[0].title} · {rows[0].office_name}")

    def _choose_request(self) -> None:
        pick_request(self.session, self, _("For which request?"), self._see)

    # Deeds ---------------------------------------------------------------------------------------------------------

    def _use(self) -> None:
        source = self._source
        if source is None:
            return
        self._pause.stop()
        form, text = self._typed
        self.session.act(
            self,
            lambda desk: desk.templates.change(source.line.name, form=form, text=text),
            failed=self._not_used,
        )

    def _not_used(self, error: Exception) -> None:
        part, line = getattr(error, "part", ""), getattr(error, "line", 0)
        if not part or not isinstance(error, KnownError):
            self.session.report(error)
            return
        self.flush()
        self._say_wrong(error)
        self.tabs.setCurrentIndex(TEXT if part == "text" else FORM)
        (self.text if part == "text" else self.form).go_to_line(line)

    def _reset(self) -> None:
        source = self._source
        if source is not None:
            self._pause.stop()
            self.session.act(self, lambda desk: desk.templates.reset(source.line.name))

    def _go(self, name: str) -> None:
        self._wanted = name
        self._ask()


def _with_draft(source: "TemplateSource", draft: tuple[str, str] | None) -> "TemplateSource":
    return replace(source, draft=draft)


def _with_mark(line: "TemplateLine", draft: bool) -> "TemplateLine":
    return replace(line, draft=draft)
