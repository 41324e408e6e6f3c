"""What can be wrong with a window for whoever reads, tabs or listens: each check returns its faults in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.picture_view import Canvas
from foiadesk_ui.records_table import RecordsTable
from tests.ui.ink import Word, words_drawn

LEGIBLE = 4.5  # contrast of text, WCAG 2 AA
_SILENT = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window, QAccessible.Role.Border)


def parents(widget: QWidget, top: QWidget) -> list[QWidget]:
    """Return what a widget lies in, up to ``top`` without it."""
    found = []
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def told(widget: QWidget) -> str:
    """Return words by which somebody finds the widget."""
    name = _name(widget)
    within = type(widget.parent()).__name__
    return f"{type(widget).__name__} {name[:60]!r} in {within}"


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", str)
    return str(widget.accessibleName() or (text() if callable(text) else ""))


def _shown(top: QWidget) -> Iterator[QWidget]:
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(top) and widget.window() is top.window() and not _laid_out_by_qt(widget):
            yield widget


def _laid_out_by_qt(widget: QWidget) -> bool:
    """The icon in a line, the line in a box of choices, what holds a scroll bar."""
    holder = widget.parent()
    return (
        (isinstance(widget, QToolButton) and isinstance(holder, QLineEdit))
        or (isinstance(widget, QLineEdit) and isinstance(holder, QComboBox))
        or widget.objectName().startswith("qt_scrollarea")
    )


def stops(top: QWidget) -> list[QWidget]:
    """Return what Tab has to stop at: visible, enabled, with a focus of its own."""
    found = []
    for widget in _shown(top):
        inner = isinstance(widget, QScrollBar) or isinstance(widget.parent(), QComboBox)
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if tab and not inner and widget.isEnabled() and widget.focusProxy() is None:
            found.append(widget)
    return found


def nameless(top: QWidget) -> list[str]:
    """Return what the keyboard reaches and a screen reader could not name."""
    found = []
    for widget in top.findChildren(QWidget):
        inner = isinstance(widget, QTabBar | QScrollBar) or isinstance(widget.parent(), QComboBox)
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(top) and not widget.focusProxy()
        if reached and not inner and not widget.accessibleName() and not getattr(widget, "text", str)():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def roleless(top: QWidget) -> list[str]:
    """Return what the keyboard reaches and a screen reader would call nothing in particular."""
    found = []
    for widget in stops(top):
        heard = QAccessible.queryAccessibleInterface(widget)
        if heard is None or (heard.role() in _SILENT and not isinstance(widget, QAbstractScrollArea)):
            found.append(f"{told(widget)}: {heard.role().name if heard else 'not heard at all'}")
        elif not heard.text(QAccessible.Text.Name) and not isinstance(widget, QTabBar):
            found.append(f"{told(widget)}: no name is heard")
    return found


def unreached(top: QWidget) -> list[str]:
    """Press Tab until everything was met or nothing new is; return what was not."""
    wanted = stops(top)
    if not wanted:
        return []
    top.window().activateWindow()
    QApplication.processEvents()
    left = {_stop_of(widget) for widget in wanted}
    before = QApplication.focusWidget()
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _press in range(10 * len(wanted) + 200):  # in a text with links, Tab stops at each
        at = QApplication.focusWidget()
        if at is None:
            break
        left.discard(_stop_of(at))
        left.difference_update(parents(at, top))
        if not left:
            break
        QTest.keyClick(at, Qt.Key.Key_Tab)
    if before is not None:
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    return [told(widget) for widget in wanted if widget in left]


def _stop_of(widget: QWidget) -> QWidget:
    """Of buttons that exclude one another Tab stops at one, and arrows lead to the others: return the first of them."""
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None and group.exclusive():
            return group.buttons()[0]
        if widget.autoExclusive():
            return next(one for one in widget.parentWidget().findChildren(type(widget)) if one.autoExclusive())
    return widget


def clashes(top: QWidget) -> list[str]:
    """Return mnemonics that two things in one window, or in one menu, answer to."""
    said: dict[str, list[str]] = defaultdict(list)
    if isinstance(top, QMenu):
        texts = [action.text() for action in top.actions() if action.isVisible()]
    else:
        texts = [widget.text() for widget in _shown(top) if isinstance(widget, QAbstractButton)]
        texts += [widget.text() for widget in _shown(top) if isinstance(widget, QLabel) and widget.buddy() is not None]
        texts += [bar.tabText(at) for bar in _shown(top) if isinstance(bar, QTabBar) for at in range(bar.count())]
    for text in texts:
        plain = text.replace("&&", "")
        at = plain.find("&")
        if 0 <= at < len(plain) - 1:
            said[plain[at + 1].lower()].append(text)
    return [f"{key}: {', '.join(names)}" for key, names in sorted(said.items()) if len(names) > 1]


def cut(top: QWidget) -> list[str]:
    """Return visible widgets that got less room than they need; what scrolls is never too small itself."""
    found = []
    for widget in _shown(top):
        if isinstance(widget, QAbstractScrollArea | QStackedWidget) or any(
            map(_scrolls_by_itself, parents(widget, top))
        ):
            continue
        need = widget.minimumSizeHint()
        if isinstance(widget, QComboBox):
            need.setWidth(0)  # it asks for the longest of its choices: whether the one that shows fits is another check
        if need.width() > widget.width() + 1 or need.height() > widget.height() + 1:
            found.append(f"{told(widget)}: {widget.size().toTuple()} of {need.toTuple()}")
    return found


def crowded(top: QWidget) -> list[str]:
    """Return tables whose columns do not fit beside one another; one with a column for each item may scroll."""
    return [
        f"{told(table)}: {table.horizontalScrollBar().maximum()} pixels lie beyond its edge"
        for table in _shown(top)
        if isinstance(table, RecordsTable)
        and table.horizontalScrollBar().maximum()
        and table.accessibleName() != _("Answers, item by item")
    ]


def _scrolls_by_itself(widget: QWidget) -> bool:
    """A list, a table, a text: what lies in it is placed by it, not by a layout."""
    return isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QScrollArea)


def has_fonts() -> bool:
    """Return whether words are drawn in letters: where there is no font at all, Qt draws boxes as wide as high."""
    measured = QFontMetrics(QApplication.font())
    return measured.horizontalAdvance("i") < measured.horizontalAdvance("W")


def clipped(top: QWidget) -> list[str]:
    """Return words that do not fit: of labels, buttons, choices, tabs and headings; in scrolling areas too."""
    found = []
    for widget in _shown(top):
        need, has = widget.minimumSizeHint(), widget.size()
        if isinstance(widget, QLabel):
            if widget.pixmap().isNull() and widget.text():
                low = widget.heightForWidth(has.width()) if widget.wordWrap() else need.height()
                wide = 0 if widget.wordWrap() else need.width()
                if wide > has.width() + 1 or low > has.height() + 1:
                    found.append(f"{told(widget)}: {has.toTuple()} of {(wide, low)}")
        elif isinstance(widget, QAbstractButton):
            if need.width() > has.width() + 1 or need.height() > has.height() + 1:
                found.append(f"{told(widget)}: {has.toTuple()} of {need.toTuple()}")
        elif isinstance(widget, QComboBox):
            room, wide = _room_of(widget), widget.fontMetrics().horizontalAdvance(widget.currentText())
            if wide > room + 1:
                found.append(f"{told(widget)}: {widget.currentText()!r} has {room} of {wide}")
        elif isinstance(widget, QTabBar):
            last = widget.tabRect(widget.count() - 1)
            moved = any(one.isVisibleTo(widget) for one in widget.findChildren(QToolButton))  # buttons to scroll by
            if widget.count() and not moved and max(last.right(), widget.tabRect(0).right()) > has.width():
                found.append(f"{told(widget)}: tabs go to {last.right()} of {has.width()}")
        elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
            found += _headings(widget)
        drawing = isinstance(widget, QScrollArea) and widget.findChild(Canvas) is not None  # it has a table beside it
        if isinstance(widget, QScrollArea) and not drawing and widget.horizontalScrollBar().maximum() > 0:
            found.append(f"{told(widget)}: scrolls sideways by {widget.horizontalScrollBar().maximum()}")
    return [*found, *outside(top)]


def _room_of(box: QComboBox) -> int:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box).width()


def _headings(header: QHeaderView) -> list[str]:
    found = []
    model = header.model()
    for at in range(header.count() if model is not None else 0):
        text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        wide = QFontMetrics(header.font()).horizontalAdvance(text)
        if text and not header.isSectionHidden(at) and wide > header.sectionSize(at):
            found.append(f"heading {text!r} of {told(header.parentWidget())}: {header.sectionSize(at)} of {wide}")
    return found


def outside(top: QWidget) -> list[str]:
    """Return widgets that stick out of what they lie in, where nothing scrolls."""
    found = []
    for widget in _shown(top):
        holder = widget.parentWidget()
        if isinstance(holder, QAbstractScrollArea | QTabBar | QComboBox):
            continue
        if isinstance(holder.parentWidget(), QAbstractScrollArea) and holder.parentWidget().viewport() is holder:
            continue
        place = widget.geometry()
        if not place.isEmpty() and not holder.rect().adjusted(-1, -1, 1, 1).contains(place):
            found.append(f"{told(widget)}: {place.getRect()} in {holder.size().toTuple()}")
    return found


def faint(top: QWidget, least: float = LEGIBLE) -> list[str]:
    """Return words drawn in an ink too near to what lies behind them; what is switched off is left out."""
    picture = top.grab().toImage()
    found = []
    for word in words_drawn(top):
        if not _enabled(top, word):
            continue
        ground = _ground(picture, word)
        if ground is not None and theme.contrast(word.ink, ground) < least:
            ratio = theme.contrast(word.ink, ground)
            found.append(f"{word.text[:60]!r}: {word.ink.name()} on {ground.name()} is {ratio:.2f}")
    return found


def _enabled(top: QWidget, word: Word) -> bool:
    """Return whether a word is to be judged: what is switched off is not."""
    at = top.childAt(QPoint(int(word.left + word.width / 2), int(word.top + word.height / 2)))
    while at is not None and isinstance(at, QLabel) and at.buddy() is not None and at.isEnabled():
        return at.buddy().isEnabled()
    if isinstance(at, QLineEdit) and at.hasSelectedText():
        return False  # painted twice, once for the selected part: our palette's own test judges those two colors
    if isinstance(at, QTabBar):
        return at.isTabEnabled(at.tabAt(at.mapFrom(top, QPoint(int(word.left + word.width / 2), int(word.top + 2)))))
    holder = at.parentWidget() if at is not None else None
    if isinstance(holder, QAbstractItemView) and holder.model() is not None:
        index = holder.indexAt(at.mapFrom(top, QPoint(int(word.left + 1), int(word.top + word.height / 2))))  # type: ignore[union-attr]
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return False
    return at is None or at.isEnabled()


def _ground(picture: QImage, word: Word) -> QColor | None:
    """Return the color that most of the place of a word has, where it lies in the picture."""
    ratio = picture.devicePixelRatio()
    left, right = int(word.left * ratio), int((word.left + word.width) * ratio)
    top, bottom = int(word.top * ratio), int((word.top + word.height) * ratio)
    if left < 0 or top < 0 or right > picture.width() or bottom > picture.height():
        return None
    part = picture.copy(left, top, max(1, right - left), max(1, bottom - top)).convertToFormat(
        QImage.Format.Format_RGB32
    )
    counted = Counter(memoryview(part.constBits()).cast("I"))
    return QColor(counted.most_common(1)[0][0] & 0xFFFFFF) if counted else None


def grabbed(top: QWidget) -> QImage:
    """Return a window as a picture, without the caret."""
    return top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> str:
    """Say where two pictures differ; empty when nowhere."""
    if one.size() != other.size():
        return f"{one.size().toTuple()} and {other.size().toTuple()}"
    if one == other:
        return ""
    wide = one.bytesPerLine()
    pairs = list(zip(_cut(one, wide), _cut(other, wide), strict=True))
    lines = [at for at, (here, there) in enumerate(pairs) if here != there]
    here, there = pairs[lines[len(lines) // 2]]
    columns = [at // 4 for at in range(0, wide, 4) if here[at : at + 4] != there[at : at + 4]]
    return f"lines {lines[0]} to {lines[-1]}, in the middle one columns {columns[0]} to {columns[-1]}"


def _cut(picture: QImage, wide: int) -> list[bytes]:
    whole = bytes(picture.constBits())
    return [whole[at : at + wide] for at in range(0, len(whole), wide)]
