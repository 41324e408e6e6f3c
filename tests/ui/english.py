"""English that stands in a window of another language: every text a window shows, against what was said in English."""

import re
import tomllib
from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from foiadesk.records import speech
from foiadesk.records.speech import Said
from foiadesk.shelf import resource
from foiadesk_ui import i18n
from foiadesk_ui.exhaustion_model import BoardModel

WORDS = 3  # a sentence of ours has at least so many; fewer may stand in a title by chance
OURS = 2  # and so many of them are not put into it
LETTERS = {  # the titles of letters are data once a letter has one: they name it in the law's language
    str(tomllib.loads(path.read_text("utf-8")).get("title")) for path in resource("letters").glob("*.toml")
}
ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)  # fmt: skip
ROWS = 400  # of one list


class Heard:
    """Remembers every sentence the engine says in this process, as long as it listens."""

    def __init__(self) -> None:
        self.said: dict[str, Said] = {}
        self._before = Said.__new__

    def listen(self) -> None:
        """Begin."""
        before, said = self._before, self.said

        def hears(cls: type[Said], *given: object, **named: object) -> Said:
            made = before(cls, *given, **named)  # type: ignore[arg-type]
            said.setdefault(str(made), made)
            return made

        speech.Said.__new__ = hears  # type: ignore[assignment,method-assign]

    def stop(self) -> None:
        """End."""
        speech.Said.__new__ = self._before  # type: ignore[method-assign]

    def english(self, text: str) -> list[str]:
        """Return the sentences of the engine's that stand in a text in English though there are words for them.

        A sentence that is the same in both languages is none.
        """
        found = []
        for english, made in list(self.said.items()):
            ours = len(re.sub(r"\{\w*\}", "", made.template).split()) >= OURS
            if ours and len(english.split()) >= WORDS and english in text and i18n.said(made) != english:
                found.append(english)
        return found


def untranslated(widget: QWidget, heard: Heard) -> list[str]:
    """Return what of a window's texts is English of ours: said by the engine, or a sentence of the catalog."""
    faults = []
    for text in dict.fromkeys(shown(widget)):
        english = heard.english(text) or sentences(text)
        faults += [f"{one[:120]!r} in {text[:160]!r}" for one in english[:1]]
    return faults


def sentences(text: str) -> list[str]:
    """Return the lines and parts of a text that are sentences of the catalog as they stand in English."""
    parts = re.split(r"\n| · |; ", re.sub(r"<br>", "\n", text))
    return [
        part
        for part in map(str.strip, parts)
        if len(part.split()) >= WORDS and part not in LETTERS and i18n._(part) != part
    ]


def shown(widget: QWidget) -> Iterator[str]:
    """Yield every text that a widget and those in it show or say to a screen reader."""
    for one in (widget, *widget.findChildren(QWidget)):
        if one is not widget and not one.isVisibleTo(widget):
            continue
        yield from filter(None, _texts(one))


def _texts(one: QWidget) -> Iterator[str]:
    yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.statusTip())
    match one:
        case QLabel() | QAbstractButton():
            yield one.text()
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            yield one.placeholderText()
        case QComboBox():
            yield from (one.itemText(at) for at in range(one.count()))
        case QGroupBox():
            yield one.title()
        case QTabBar():
            yield from (one.tabText(at) for at in range(one.count()))
            yield from (one.tabToolTip(at) for at in range(one.count()))
        case QMenu():
            yield from (action.text() for action in one.actions())
        case QAbstractItemView():
            model = one.model()
            if model is not None:
                yield from _cells(model, QModelIndex())
        case _:
            pass


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = range(_counted(model.columnCount, parent, 1))
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(_counted(model.rowCount, parent, 0), ROWS)):
        for column in columns:
            index = model.index(row, column, parent)
            yield from (text for role in ROLES if isinstance(text := index.data(role), str))
        yield from _cells(model, model.index(row, 0, parent)) if isinstance(model, BoardModel) else ()


def _counted(count: Callable[[QModelIndex], int], parent: QModelIndex, without: int) -> int:
    try:
        return count(parent)
    except TypeError:  # a list hides how many columns it has: it is always one
        return without


def without_words(text: str) -> bool:
    """Tell whether nothing of a text but its holes has letters: it is the same in every language."""
    return not re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", text))
