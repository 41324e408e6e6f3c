"""Colors are legible in both schemes with any accent; icons are ours, whole and tinted."""

import re
import xml.etree.ElementTree as Tree

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QStyle, QStyleOptionButton, QToolButton

from foiadesk.shelf import resource
from foiadesk_ui import icons, line_icons, theme
from foiadesk_ui.parts import IconButton, MeaningLabel
from foiadesk_ui.style import sheet

ROLE = QPalette.ColorRole
GROUNDS = (ROLE.Window, ROLE.Base, ROLE.AlternateBase, ROLE.Button, ROLE.Midlight)


@pytest.mark.parametrize(
    ("scheme", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7.0), ("contrast-dark", 7.0)]
)
def test_text_and_meanings_are_legible_on_every_ground(qapp, scheme, least):
    theme.apply(qapp, scheme)
    palette = qapp.palette()
    inks = {name: theme.meaning(name) for name in theme.MEANINGS}
    for role in (ROLE.WindowText, ROLE.Text, ROLE.ButtonText, ROLE.PlaceholderText):
        inks[role.name] = palette.color(role)
    grounds = [palette.color(role) for role in GROUNDS] + [theme.tint(0.12), theme.tint(0.2)]
    for name, ink in inks.items():
        for ground in grounds:
            assert theme.contrast(ink, ground) >= least, (name, ink.name(), ground.name())
    for ground in (ROLE.Window, ROLE.Base, ROLE.Button):
        assert theme.contrast(palette.color(ROLE.Link), palette.color(ground)) >= least, ground
        if least > 5:  # lines and edges are seen, too
            assert theme.contrast(palette.color(ROLE.Mid), palette.color(ground)) >= 3, ground


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("accent", ["#ffff00", "#ff8800", "#00ff88", "#2f6f8f", "#000000", "#ffffff", "#e91e63"])
def test_any_system_accent_is_made_legible(dark, accent):
    palette = theme.palette_of(dark, QColor(accent))
    assert theme.contrast(palette.color(ROLE.Highlight), palette.color(ROLE.HighlightedText)) >= 4.5
    for ground in (ROLE.Window, ROLE.Base):
        assert theme.contrast(palette.color(ROLE.Link), palette.color(ground)) >= 4.5, ground


def test_contrast_is_that_of_the_standard():
    assert theme.contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert theme.contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_text_size_scales_from_the_systems_own(qapp):
    theme.apply(qapp, "light", 100)
    plain = qapp.font().pointSizeF()
    theme.apply(qapp, "light", 200)
    assert qapp.font().pointSizeF() == pytest.approx(2 * plain)
    assert theme.title_font().pointSizeF() == pytest.approx(3 * plain)
    theme.apply(qapp, "light", 100)
    assert qapp.font().pointSizeF() == pytest.approx(plain)


def test_the_style_sheet_knows_no_color_of_its_own():
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", sheet(150))) <= {"#ffffff"}  # on the accent


def test_nothing_fades_where_nothing_is_to_move(qapp, qtbot, session):
    from foiadesk.desk import Change
    from foiadesk_ui.undo_bar import UndoBar

    bar = UndoBar(session)
    qtbot.addWidget(bar)
    theme.keep_still(True)
    try:
        bar.show_change(Change("Did it", {}))
        assert bar.sentence() == "Did it" and bar._veil.opacity() == 1.0
        bar.fade_out()
        assert bar.isHidden()
    finally:
        theme.keep_still(False)
    bar.show_change(Change("Did it", {}))
    assert bar._veil.opacity() < 1.0


def test_every_icon_is_simple_svg_of_ours():
    folder = resource("icons")
    found = sorted(folder.glob("*.svg"))
    assert len(found) > 50
    for path in found:
        root = Tree.fromstring(path.read_text(encoding="utf-8"))
        tags = {element.tag.rsplit("}")[-1] for element in root.iter()}
        assert tags <= {"svg", "path", "rect", "circle", "g", "ellipse", "line", "polyline", "polygon"}, path.name
        if not path.name.startswith(("neutral-", "white-", "foiadesk")):
            assert root.get("viewBox") == "0 0 20 20", path.name
            assert "currentColor" in path.read_text(encoding="utf-8"), path.name


def test_an_icon_has_the_color_it_was_asked_in(qapp):
    drawn = icons.pixmap("plus", QColor("#ff0000"), 20, 2).toImage()
    inks = {drawn.pixelColor(x, y).name() for x in range(40) for y in range(40) if drawn.pixelColor(x, y).alpha() > 250}
    assert inks == {"#ff0000"}
    assert drawn.width() == 40


def test_buttons_follow_a_change_of_scheme(qapp, qtbot):
    button = QPushButton("New")
    qtbot.addWidget(button)
    icons.put(button, "plus")

    def ink():
        drawn = button.icon().pixmap(button.iconSize()).toImage()
        return max(drawn.pixelColor(x, y).lightness() for x in range(16) for y in range(16)
                   if drawn.pixelColor(x, y).alpha() > 250)  # fmt: skip

    button.show()
    light = ink()
    theme.apply(qapp, "dark")
    assert ink() > light + 100


@pytest.fixture
def large(qapp):
    """The text half as large again, and back to its ordinary size at the end."""
    yield lambda: theme.apply(qapp, "light", 150)
    theme.apply(qapp, "light", 100)


def _drawn(icon, side):
    """Return how wide the ink of an icon is."""
    picture = icon.pixmap(side, side).toImage()
    inked = [x for x in range(side) for y in range(side) if picture.pixelColor(x, y).alpha() > 100]
    return max(inked) - min(inked)


def test_icons_of_buttons_grow_with_the_text(qapp, qtbot, large):
    push, tool, plain = QPushButton("New"), IconButton("plus", "New"), QToolButton()
    for button in (push, tool, plain):
        qtbot.addWidget(button)
        button.show()
    icons.put(push, "plus")
    icons.put(plain, "plus")
    assert [one.iconSize().height() for one in (push, tool, plain)] == [16, 20, 16]
    small = _drawn(tool.icon(), 20)
    large()
    assert [one.iconSize().height() for one in (push, tool, plain)] == [24, 30, 24]
    assert _drawn(tool.icon(), 30) == pytest.approx(1.5 * small, abs=2)
    theme.apply(qapp, "light", 100)
    assert [one.iconSize().height() for one in (push, tool, plain)] == [16, 20, 16]


def test_shapes_and_ticks_grow_with_the_text(qtbot, large):
    label, tick = MeaningLabel("late", "35 days late"), QCheckBox("Sent")
    for one in (label, tick):
        qtbot.addWidget(one)
        one.show()

    def box():
        option = QStyleOptionButton()
        tick.initStyleOption(option)
        return tick.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, tick).width()

    assert (label._shape.width(), box()) == (16, 17)  # with its border
    large()
    assert (label._shape.width(), box()) == (24, 24)


def test_icons_inside_a_line_grow_with_the_text_and_shrink_again(qapp, qtbot, large):
    line = QLineEdit("words")
    qtbot.addWidget(line)
    line_icons.clearable(line)
    line.show()
    (cross,) = line.findChildren(QToolButton)

    def places():
        return cross.width(), line.width() - cross.geometry().right()

    ordinary = places()
    large()
    assert cross.width() > ordinary[0] + 6 and cross.geometry().right() < line.width()
    theme.apply(qapp, "light", 100)
    assert places() == ordinary
