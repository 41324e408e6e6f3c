"""Choose a kind of letter: a line to filter by, every kind with what fits first, and what each is for beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk.records import Event, Stage
from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.picker import Picker
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.template_words import whose
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind


def group_words(group: str) -> str:
    """Say what the letters of a group have in common."""
    return {
        "requests": _("Requests"),
        "supports": _("Beside a request"),
        "waiting": _("While waiting"),
        "appeals": _("Appeals"),
        "after": _("After"),
    }.get(group, group.capitalize())


def basis_words(basis: str) -> str:
    """Return a rule a letter rests on: its citation as it stands, what it says in the window's language."""
    cite, colon, says = basis.partition(": ")
    return f"{cite}{colon}{_(says)}"


class LetterPicker(Picker):
    """A modal list of kinds, those named by ``first`` on top. ``picked`` carries the kind's name; one that does not fit
    can be picked all the same."""

    topic: ClassVar[str] = "letters"

    picked = Signal(str)
    edit_wanted = Signal(str)  # the name under which the letter's template is changed
    reset_wanted = Signal(str)

    def __init__(
        self,
        kinds: "Sequence[LetterKind]",
        stage: Stage,
        law: str,
        parent: QWidget | None = None,
        *,
        first: Sequence[str] = (),
        events: Sequence[Event] | None = None,
    ) -> None:
        hint = _("Filter by word, such as fee, exemption or delay")
        super().__init__(_("Which letter?"), hint, _("Filter letters"), _("Write it"), parent)
        self._reasons = {kind.name: kind.why_not(stage, law, events) for kind in kinds}
        places = {name: place for place, name in enumerate(first)}
        self._kinds = sorted(
            kinds, key=lambda kind: (places.get(kind.name, len(places)), bool(self._reasons[kind.name]))
        )
        self.list = TwoLineList(_("Kinds of letter"), self)
        self.list.picked.connect(lambda _place: self._show())
        self.list.itemActivated.connect(lambda _item: self.take())
        self.title = QLabel("", self)
        self.title.setFont(theme.section_font())
        self.title.setWordWrap(True)
        self.applies = SecondaryLabel("", self, wrap=True)
        self.fit = MeaningLabel("done", "", self)
        self.reason = SecondaryLabel("", self, wrap=True)
        self.basis = SecondaryLabel("", self, wrap=True)
        self.whose = MeaningLabel("pen", "", self)
        self.reset = LinkButton(_("Reset to the shipped one"), lambda: self._leave(self.reset_wanted), parent=self)
        self.edit = LinkButton(_("Change the template…"), lambda: self._leave(self.edit_wanted), parent=self)
        self._lay_out()
        self.filter.textChanged.connect(lambda _text: self._fill())
        self._fill()
        size_dialog(self, 760, 500)

    def _lay_out(self) -> None:
        told = QWidget(self)
        words = QVBoxLayout(told)
        words.setContentsMargins(theme.S4, 0, 0, 0)
        words.setSpacing(theme.S2)
        for part in (self.title, self.whose, self.applies, self.fit, self.reason, self.basis):
            words.addWidget(part)
        for link in (self.edit, self.reset):
            words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
        words.addStretch(1)
        scroller = QScrollArea(self)
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(told)
        middle = QHBoxLayout()
        middle.setSpacing(theme.S2)
        middle.addWidget(self.list, 1)
        middle.addWidget(scroller, 1)
        self.put(self.list, middle)

    def current(self) -> "LetterKind | None":
        """Return the selected kind."""
        place = self.list.current_id()
        return None if place is None else self._kinds[place]

    def _fill(self) -> None:
        wanted = self.filter.text().casefold().split()
        lines = []
        for place, kind in enumerate(self._kinds):
            group = group_words(kind.group)
            about = " ".join((_(kind.title), _(kind.applies), kind.name, group, *kind.legal_basis)).casefold()
            if all(word in about for word in wanted):
                fits = _("Fits now") if not self._reasons[kind.name] else _("Does not fit now")
                parts = (fits, group, whose(kind))
                lines.append(Line(place, _(kind.title), " · ".join(part for part in parts if part)))
        held = self.list.current_id()
        ids = [line.id for line in lines]
        self.list.show_lines(lines, held if held in ids else ids[0] if ids else -1)
        self._show()

    def _show(self) -> None:
        kind = self.current()
        self.choose.setEnabled(kind is not None)
        for part in (self.title, self.whose, self.applies, self.fit, self.reason, self.basis, self.edit, self.reset):
            part.setVisible(kind is not None)
        if kind is None:
            return
        reason = self._reasons[kind.name]
        self.title.setText(_(kind.title))
        self.applies.setText(_(kind.applies))
        self.fit.show_meaning("soon" if reason else "done", _("Does not fit now") if reason else _("Fits now"))
        self.reason.setText(_(reason))
        self.reason.setVisible(bool(reason))
        self.whose.show_meaning("pen", whose(kind))
        self.whose.setVisible(bool(kind.changed_on))
        self.reset.setVisible(bool(kind.changed_on) and not kind.added)
        self.basis.setText("\n".join(map(basis_words, kind.legal_basis)))

    def _leave(self, wanted: SignalInstance) -> None:
        """The person goes on to the template."""
        if (kind := self.current()) is not None:
            wanted.emit(kind.form_name)
            self.reject()

    def take(self) -> None:
        """Take the selected kind."""
        if (kind := self.current()) is not None:
            self.picked.emit(kind.name)
            self.accept()


def pick_letter(
    kinds: "Sequence[LetterKind]",
    stage: Stage,
    law: str,
    parent: QWidget,
    picked: Callable[[str], None],
    *,
    first: Sequence[str] = (),
    events: Sequence[Event] | None = None,
) -> LetterPicker:
    """Ask for a kind of letter and call ``picked`` with its name; nothing happens when the person cancels."""
    dialog = LetterPicker(kinds, stage, law, parent, first=first, events=events)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.picked.connect(picked)
    dialog.open()
    return dialog
