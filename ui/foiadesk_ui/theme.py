"""How the window looks: our palettes, the four meanings, the 4 px grid and the type scale."""

import sys
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from foiadesk_ui.style import carry, sheet

S1: Final = 4
S2: Final = 8
S4: Final = 16
S6: Final = 24
ROW: Final = 32  # height of a row with one line
ROW_TWO: Final = 52  # and with two
ACCENT: Final = "#2F6F8F"

FUSION: Final = "foiadesk_fusion"  # property of an application that was started in this style

MEANINGS: Final = ("late", "soon", "waiting", "done")
_LIGHT: Final = {"late": "#B3261E", "soon": "#855400", "waiting": "#4C5B69", "done": "#256B3C"}
_DARK: Final = {"late": "#FF9D92", "soon": "#EDBB63", "waiting": "#AAB8C5", "done": "#86D19B"}

_ROLES_LIGHT: Final = {
    "Window": "#F5F6F7", "WindowText": "#1C2126", "Base": "#FFFFFF", "AlternateBase": "#F8F9FA", "Text": "#1C2126",
    "Button": "#FFFFFF", "ButtonText": "#1C2126", "BrightText": "#B3261E", "ToolTipBase": "#262C32",
    "ToolTipText": "#F3F5F6", "PlaceholderText": "#59636D", "Light": "#FFFFFF", "Midlight": "#E9ECEE",
    "Mid": "#D3D8DD", "Dark": "#A9B1B9", "Shadow": "#6C757D",
}  # fmt: skip
_ROLES_DARK: Final = {
    "Window": "#1B1F23", "WindowText": "#E7EAED", "Base": "#22272C", "AlternateBase": "#262B31", "Text": "#E7EAED",
    "Button": "#2B3138", "ButtonText": "#E7EAED", "BrightText": "#FF9D92", "ToolTipBase": "#E7EAED",
    "ToolTipText": "#1B1F23", "PlaceholderText": "#A9B3BC", "Light": "#3A4149", "Midlight": "#2E343B",
    "Mid": "#3B424A", "Dark": "#56606A", "Shadow": "#0E1114",
}  # fmt: skip
# High contrast: every line and word at least 3:1 and 7:1 on its ground.
_STARK: Final = {"late": "#780006", "soon": "#4F3200", "waiting": "#2B3640", "done": "#083F18"}
_STARK_DARK: Final = {"late": "#FFB4AB", "soon": "#FFD180", "waiting": "#CFD8DC", "done": "#A5E8B7"}
_ROLES_STARK: Final = {
    **_ROLES_LIGHT, "Window": "#FFFFFF", "WindowText": "#000000", "AlternateBase": "#FFFFFF", "Text": "#000000",
    "ButtonText": "#000000", "BrightText": "#780006", "ToolTipBase": "#000000", "ToolTipText": "#FFFFFF",
    "PlaceholderText": "#2A2A2A", "Midlight": "#E6E6E6", "Mid": "#8A8A8A", "Dark": "#4A4A4A", "Shadow": "#000000",
}  # fmt: skip
_ROLES_STARK_DARK: Final = {
    **_ROLES_DARK, "Window": "#000000", "WindowText": "#FFFFFF", "Base": "#000000", "AlternateBase": "#000000",
    "Text": "#FFFFFF", "Button": "#000000", "ButtonText": "#FFFFFF", "BrightText": "#FFB4AB",
    "ToolTipBase": "#FFFFFF", "ToolTipText": "#000000", "PlaceholderText": "#DADADA", "Midlight": "#262626",
    "Mid": "#767676", "Dark": "#B0B0B0", "Shadow": "#000000",
}  # fmt: skip


class Watch(QObject):
    """Tells whoever painted with colours of its own that they changed, and whoever measured text that it did."""

    changed = Signal()  # colours, text size or both
    sized = Signal()  # the text size


class _State:
    dark = False
    stark = False
    still = False
    scheme = "system"
    scale = 100
    base_point_size = 0.0
    watch: Watch | None = None
    sheet = ""


def watch() -> Watch:
    """Return the one object whose ``changed`` is emitted after scheme or text size changed."""
    if _State.watch is None:
        _State.watch = Watch()
    return _State.watch


def is_dark() -> bool:
    """Return whether the dark palette is in force."""
    return _State.dark


def grown(pixels: int) -> int:
    """Return a width, or the side of an icon, made for text of ordinary size as text of the chosen size needs it; never
    less."""
    return round(pixels * max(100, _State.scale) / 100)


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2, 0 to 1."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return ``one`` with ``share`` (0 to 1) of ``other`` mixed in."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def is_still() -> bool:
    """Return whether nothing on the screen is to move by itself."""
    return _State.still


def keep_still(still: bool) -> None:
    """Have nothing on the screen move by itself, or let it."""
    _State.still = still
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        if still:
            QApplication.setEffectEnabled(effect, False)


def palette_of(dark: bool, accent: QColor | None = None, *, stark: bool = False) -> QPalette:
    """Return our palette, stark: of high contrast. The accent is darkened or lightened until text on it, and links on
    the page, are legible."""
    roles = (_ROLES_STARK_DARK if dark else _ROLES_STARK) if stark else _ROLES_DARK if dark else _ROLES_LIGHT
    least = 7.1 if stark else 4.6
    palette = QPalette()
    for name, value in roles.items():
        palette.setColor(getattr(QPalette.ColorRole, name), QColor(value))
    white, black = QColor("#FFFFFF"), QColor("#000000")
    fill = QColor(accent) if accent is not None and accent.isValid() else QColor(ACCENT)
    while contrast(fill, white) < least:
        fill = mix(fill, black, 0.08)
    link = QColor(fill)
    least += 0.1
    base, grounds = QColor(roles["Base"]), [QColor(roles["Window"]), QColor(roles["Button"])]
    while min(contrast(link, ground) for ground in (*grounds, mix(base, link, 0.2))) < least:  # its own tint is one
        link = mix(link, white if dark else black, 0.08)
    role = QPalette.ColorRole
    palette.setColor(role.Highlight, fill)
    palette.setColor(role.HighlightedText, white)
    palette.setColor(role.Accent, fill)
    palette.setColor(role.Link, link)
    palette.setColor(role.LinkVisited, link)
    faint = mix(QColor(roles["Text"]), QColor(roles["Window"]), 0.5)
    for name in ("WindowText", "Text", "ButtonText", "PlaceholderText"):
        palette.setColor(QPalette.ColorGroup.Disabled, getattr(role, name), faint)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(roles["Mid"]))
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, faint)
    carry(palette)
    return palette


def apply(app: QApplication, scheme: str = "system", scale: int = 100) -> None:
    """Put Fusion, our palette and the text size (percent) on the program.

    scheme: light, dark, contrast (black on white), contrast-dark, or system: what that says.
    """
    hints = app.styleHints()
    if _State.base_point_size == 0.0:
        _State.base_point_size = app.font().pointSizeF()
        if not app.property(FUSION):
            app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
    _State.scheme = scheme
    _State.scale = scale
    dark = scheme in ("dark", "contrast-dark") or (scheme == "system" and hints.colorScheme() is Qt.ColorScheme.Dark)
    _State.dark, _State.stark = dark, scheme.startswith("contrast")
    font = QFont(app.font())
    font.setPointSizeF(_State.base_point_size * scale / 100)
    other_size = font != app.font()
    if other_size:  # each of these makes every widget lay itself out anew
        app.setFont(font)
    palette = palette_of(dark, _system_accent(), stark=_State.stark)
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    wanted = sheet(scale)
    if wanted != _State.sheet:
        _State.sheet = wanted
        app.setStyleSheet(wanted)
    else:
        from foiadesk_ui import repolish

        repolish.everything(app)
    if other_size:
        watch().sized.emit()
    watch().changed.emit()


def _follow(app: QApplication) -> None:
    if _State.scheme == "system":
        apply(app, "system", _State.scale)


def _system_accent() -> QColor | None:
    if sys.platform.startswith("linux") and QGuiApplication.platformName() in ("offscreen", "minimal", "vnc"):
        return None
    ask = getattr(QGuiApplication.styleHints(), "accentColor", None)  # newer Qt only
    found = ask() if ask is not None else None
    return found if isinstance(found, QColor) and found.isValid() else None


def meaning(name: str) -> QColor:
    """Return the colour of "late", "soon", "waiting" or "done": at least 4.5:1 on Window, Base and a selected row."""
    plain = _DARK if _State.dark else _LIGHT
    return QColor(((_STARK_DARK if _State.dark else _STARK) if _State.stark else plain)[name])


def app_palette() -> QPalette:
    """Return the palette in force."""
    return QGuiApplication.palette()


def tint(share: float = 0.12) -> QColor:
    """Return the soft accent that marks the selected row; ordinary text stays legible on it."""
    palette = QGuiApplication.palette()
    share = max(share, 0.25) if _State.stark else share
    return mix(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Link), share)


def hairline() -> QColor:
    """Return the colour of separating lines (the mid role)."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Mid)


def secondary_colour() -> QColor:
    """Return the colour of secondary text (the placeholder role)."""
    return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)


def text_font() -> QFont:
    """Return the font of ordinary text: the system's, at the chosen size."""
    return QFont(QApplication.font())


def title_font() -> QFont:
    """Return the font of page titles: 1.5 times, semibold."""
    return _scaled(1.5, QFont.Weight.DemiBold)


def section_font() -> QFont:
    """Return the font of section heads: text size, semibold."""
    return _scaled(1.0, QFont.Weight.DemiBold)


def secondary_font() -> QFont:
    """Return the font of secondary text: 0.9 times."""
    return _scaled(0.9, QFont.Weight.Normal)


def tabular(font: QFont) -> QFont:
    """Return the font with figures of equal width, for columns of numbers."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag.fromString("tnum"), 1)
    return figures


title, section, secondary = title_font, section_font, secondary_font


def _scaled(factor: float, weight: QFont.Weight) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setWeight(weight)
    return font
