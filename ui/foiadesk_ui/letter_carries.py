"""What goes along with a letter beside its form: enclosures, pictures of signatures, numbered lines."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from foiadesk.desk.trimmings import SIGNATURE, Trimmings, read
from foiadesk.records import Attachment
from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext, size_text
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.widgets import LinkButton, SecondaryLabel
from foiadesk_ui.wrapped_button import WrappedButton

HIGHEST = 200  # px, before it scrolls: the form beneath must be seen


def can_be_enclosed(document: Attachment) -> bool:
    """Tell whether a stored file has pages that can stand behind a letter. What is privileged never does."""
    return not document.privileged and (document.media_type == "application/pdf" or is_picture(document))


def is_picture(document: Attachment) -> bool:
    """Tell whether a stored file is a picture."""
    return document.media_type.startswith("image/") and document.media_type != "image/svg+xml"


class LetterCarries(QWidget):
    """One line until it is opened. ``edited`` follows every change by a person."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents: tuple[Attachment, ...] = ()
        self._order: list[int] = []  # enclosures as they were ticked
        self._before: frozenset[str] = frozenset()  # names the draft has; one that is left out must be emptied
        self._signatures: dict[str, QComboBox] = {}
        self._filling = False
        self.head = LinkButton("", self._toggle, icon="attachment", parent=self)
        self.body = QScrollArea(self)
        self.body.setAccessibleName(_("Enclosures and signatures"))
        self.body.setWidgetResizable(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inner = QWidget(self.body)
        self.boxes: dict[int, QCheckBox] = {}  # by document
        self._lines: dict[int, WrappedButton] = {}
        self._listed = QVBoxLayout()
        self._listed.setSpacing(0)
        self.none = SecondaryLabel(
            _("No PDF or picture is filed on this request. File one, and it can be put behind the letter."),
            self.inner, wrap=True,
        )  # fmt: skip
        self.dividers, self.lines = QCheckBox(self.inner), QCheckBox(self.inner)
        ways = (
            WrappedButton(self.dividers, _("A page before each enclosure"), self.inner),
            WrappedButton(self.lines, _("Number the lines in the margin"), self.inner),
        )
        for box in (self.dividers, self.lines):
            box.toggled.connect(lambda _on: self._changed())
        self._signing = QVBoxLayout()
        self._signing.setSpacing(theme.S2)
        inside = QVBoxLayout(self.inner)
        inside.setContentsMargins(24, 0, theme.S4, theme.S2)
        inside.setSpacing(theme.S1)
        inside.addLayout(self._listed)
        for widget in (self.none, *ways):
            inside.addWidget(widget)
        inside.addLayout(self._signing)
        inside.addStretch(1)
        self.body.setWidget(self.inner)
        self.inner.setAutoFillBackground(False)
        self.body.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.S1)
        column.setSpacing(theme.S1)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.body)
        self.body.hide()

    def show_letter(self, values: Mapping[str, str], documents: Sequence[Attachment], signers: Sequence[str]) -> None:
        """Show what a draft has and could have; does not count as an edit."""
        chosen = read(values)
        self._filling = True
        self._documents = tuple(one for one in documents if can_be_enclosed(one))
        known = {one.id for one in self._documents}
        self._order = [key for key in chosen.enclose if key in known]
        self._before = frozenset(name for name in values if name.startswith(SIGNATURE))
        self._offer_documents()
        self.none.setVisible(not self._documents)
        self.dividers.setChecked(chosen.dividers)
        self.lines.setChecked(chosen.lines)
        self._offer_signatures(dict(chosen.signatures), signers)
        self._filling = False
        self._number()
        self.body.setFixedHeight(min(self.inner.sizeHint().height(), theme.grown(HIGHEST)))

    def values(self) -> dict[str, str]:
        """Return everything as the draft keeps it; what was taken away is empty."""
        signatures = tuple(
            (name, int(box.currentData())) for name, box in self._signatures.items() if box.currentData() is not None
        )
        kept = Trimmings(tuple(self._order), self.dividers.isChecked(), self.lines.isChecked(), signatures).values()
        return {**dict.fromkeys(self._before, ""), **kept}

    def _offer_documents(self) -> None:
        _empty(self._listed)
        self.boxes, self._lines = {}, {}
        for document in self._documents:
            box = QCheckBox(self.inner)
            box.setToolTip(f"{document.name} · {size_text(document.size)}")
            box.toggled.connect(partial(self._ticked, document.id))
            line = WrappedButton(box, document.name, self.inner)
            self.boxes[document.id], self._lines[document.id] = box, line
            self._listed.addWidget(line)

    def _offer_signatures(self, chosen: Mapping[str, int], signers: Sequence[str]) -> None:
        _empty(self._signing)
        self._signatures = {}
        pictures = [one for one in self._documents if is_picture(one)]
        if not pictures and not chosen:
            return
        for name in dict.fromkeys(signers):
            box = QComboBox(self.inner)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)  # a file's long name must not widen the pane
            box.addItem(_("A line to sign on"), None)
            for document in pictures:
                box.addItem(document.name, document.id)
            kept = chosen.get(name)
            if kept is not None and box.findData(kept) < 0:
                box.addItem(_("Document {number}").format(number=kept), kept)
            box.setCurrentIndex(max(0, box.findData(kept)) if kept is not None else 0)
            words = _("Signature of {name}").format(name=name)
            box.activated.connect(partial(self._signed, name))
            self._signing.addWidget(Labelled(words, box, "", self.inner))
            self._signatures[name] = box

    def _ticked(self, key: int, on: bool) -> None:
        if self._filling:
            return
        if on:
            self._order.append(key)
        else:
            self._order.remove(key)
        self._number()
        self.edited.emit()

    def _signed(self, name: str, _place: int) -> None:
        self._before |= {f"{SIGNATURE}{name}"}
        self._changed()

    def _changed(self) -> None:
        if not self._filling:
            self._number()
            self.edited.emit()

    def _number(self) -> None:
        """Ticked files say which enclosure they are; the closed line says how many there are."""
        self._filling = True
        for document in self._documents:
            on = document.id in self._order
            self.boxes[document.id].setChecked(on)
            words = f"{self._order.index(document.id) + 1}. {document.name}" if on else document.name
            self._lines[document.id].set_words(words)
        self._filling = False
        count = len(self._order)
        words = ngettext("{n} enclosure", "{n} enclosures", count) if count else _("Enclosures and signatures")
        self.head.setText(words)
        self.head.setAccessibleName(words)
        self.dividers.setEnabled(count > 0)

    def _toggle(self) -> None:
        self.body.setVisible(not self.body.isVisibleTo(self))
        self.head.setAccessibleDescription(_("Shown below") if self.body.isVisibleTo(self) else "")


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
