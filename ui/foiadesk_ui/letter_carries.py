"""What goes along with a letter beside its form: enclosures, pictures of signatures, numbered lines."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from foiadesk.desk.trimmings import SIGNATURE, Trimmings, read
from foiadesk.records import Attachment
from foiadesk_ui import theme
from foiadesk_ui.i18n import _, ngettext, size_text
from foiadesk_ui.widgets import LinkButton, SecondaryLabel

MOST_ROWS = 4  # of the list, before it scrolls
_KEY = Qt.ItemDataRole.UserRole


def can_be_enclosed(document: Attachment) -> bool:
    """Tell whether a stored file has pages that can stand behind a letter."""
    return document.media_type == "application/pdf" or is_picture(document)


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
        self.body = QWidget(self)
        self.list = QListWidget(self.body)
        self.list.setAccessibleName(_("Enclosures"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemChanged.connect(self._ticked)
        self.none = SecondaryLabel(
            _("No PDF or picture is filed on this request. File one, and it can be put behind the letter."),
            self.body, wrap=True,
        )  # fmt: skip
        self.dividers = QCheckBox(_("A page before each enclosure"), self.body)
        self.lines = QCheckBox(_("Number the lines in the margin"), self.body)
        for box in (self.dividers, self.lines):
            box.toggled.connect(lambda _on: self._changed())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.S2)
        self._grid.setVerticalSpacing(theme.S1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(24, 0, theme.S4, theme.S2)
        inside.setSpacing(theme.S1)
        for widget in (self.list, self.none, self.dividers, self.lines):
            inside.addWidget(widget)
        inside.addLayout(self._grid)
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
        self.list.clear()
        for document in self._documents:
            item = QListWidgetItem(document.name, self.list)
            item.setData(_KEY, document.id)
            item.setToolTip(f"{document.name} · {size_text(document.size)}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        self.list.setVisible(bool(self._documents))
        self.none.setVisible(not self._documents)
        self.dividers.setChecked(chosen.dividers)
        self.lines.setChecked(chosen.lines)
        self._offer_signatures(dict(chosen.signatures), signers)
        self._filling = False
        self._number()
        rows = min(max(len(self._documents), 1), MOST_ROWS)
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) if self._documents else 24) + 2 * theme.S1)

    def values(self) -> dict[str, str]:
        """Return everything as the draft keeps it; what was taken away is empty."""
        signatures = tuple(
            (name, int(box.currentData())) for name, box in self._signatures.items() if box.currentData() is not None
        )
        kept = Trimmings(tuple(self._order), self.dividers.isChecked(), self.lines.isChecked(), signatures).values()
        return {**dict.fromkeys(self._before, ""), **kept}

    def _offer_signatures(self, chosen: Mapping[str, int], signers: Sequence[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._signatures = {}
        pictures = [one for one in self._documents if is_picture(one)]
        if not pictures and not chosen:
            return
        for row, name in enumerate(dict.fromkeys(signers)):
            box = QComboBox(self.body)
            box.addItem(_("A line to sign on"), None)
            for document in pictures:
                box.addItem(document.name, document.id)
            kept = chosen.get(name)
            if kept is not None and box.findData(kept) < 0:
                box.addItem(_("Document {number}").format(number=kept), kept)
            box.setCurrentIndex(max(0, box.findData(kept)) if kept is not None else 0)
            words = _("Signature of {name}").format(name=name)
            box.setAccessibleName(words)
            box.activated.connect(partial(self._signed, name))
            label = QLabel(words, self.body)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setBuddy(box)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(box, row, 1)
            self._signatures[name] = box

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        key = int(item.data(_KEY))
        on = item.checkState() is Qt.CheckState.Checked
        if on and key not in self._order:
            self._order.append(key)
        elif not on and key in self._order:
            self._order.remove(key)
        else:
            return
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
        for place in range(self.list.count()):
            item = self.list.item(place)
            key = int(item.data(_KEY))
            name = next(one.name for one in self._documents if one.id == key)
            on = key in self._order
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setText(f"{self._order.index(key) + 1}. {name}" if on else name)
        self._filling = False
        count = len(self._order)
        words = ngettext("{n} enclosure", "{n} enclosures", count) if count else _("Enclosures and signatures")
        self.head.setText(words)
        self.head.setAccessibleName(words)
        self.dividers.setEnabled(count > 0)

    def _toggle(self) -> None:
        self.body.setVisible(not self.body.isVisibleTo(self))
        self.head.setAccessibleDescription(_("Shown below") if self.body.isVisibleTo(self) else "")
