"""The flat finish on top of Fusion: one style sheet in which every colour is a role of the palette."""

from PySide6.QtGui import QFontMetrics, QGuiApplication, QPalette

from foiadesk.shelf import resource

_NAMES = {  # of roles, as style sheets write them
    QPalette.ColorRole.Window: "window", QPalette.ColorRole.WindowText: "window-text",
    QPalette.ColorRole.Base: "base", QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "button-text", QPalette.ColorRole.Midlight: "midlight",
    QPalette.ColorRole.Mid: "mid", QPalette.ColorRole.Dark: "dark", QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.BrightText: "bright-text", QPalette.ColorRole.Highlight: "highlight",
    QPalette.ColorRole.Link: "link", QPalette.ColorRole.LinkVisited: "link-visited",
    QPalette.ColorRole.PlaceholderText: "placeholder-text", QPalette.ColorRole.ToolTipBase: "tooltip-base",
    QPalette.ColorRole.ToolTipText: "tooltip-text",
}  # fmt: skip
# What else the palette carries for the sheet, in roles that nothing of ours draws with.
HOVERED, PRESSED, FAINT = QPalette.ColorRole.LinkVisited, QPalette.ColorRole.BrightText, QPalette.ColorRole.Shadow

# Beside ordinary text the style's own are as large as they should be.
_SIDE_ARROWS = """
QMenu::left-arrow, QMenu::right-arrow, QTabBar QToolButton::left-arrow, QTabBar QToolButton::right-arrow {{
  width: {wide}; height: {wide}; }}
QMenu::left-arrow, QTabBar QToolButton::left-arrow {{ image: url({left}); }}
QMenu::right-arrow, QTabBar QToolButton::right-arrow {{ image: url({right}); }}
"""


def carry(palette: QPalette) -> None:
    """Put into a palette the colors that the sheet needs beside its own: the accent under the pointer and pressed,
    and what is written on something switched off."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    palette.setColor(HOVERED, accent.lighter(112))
    palette.setColor(PRESSED, accent.darker(112))
    palette.setColor(FAINT, palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText))


def sheet(scale: int) -> str:
    """Return the program's style sheet for a text size in percent.

    It names roles, no colors: a change of scheme leaves it as it is, and costs each widget only a new polish
    (``repolish``), where another sheet would cost all of them everything at once.
    """
    role = QPalette.ColorRole

    def of(name: QPalette.ColorRole) -> str:
        return f"palette({_NAMES[name]})"

    line = QFontMetrics(QGuiApplication.font()).height()  # a fixed height would cut larger text
    side = max(100, scale) / 100  # of what stands beside the words: icons, ticks and arrows

    def px(ordinary: int) -> str:
        return f"{round(ordinary * side)}px"

    down = resource("icons", "neutral-chevron-down.svg").as_posix()
    up = resource("icons", "neutral-chevron-up.svg").as_posix()
    side_arrows = _SIDE_ARROWS.format(
        left=resource("icons", "neutral-chevron-left.svg").as_posix(),
        right=resource("icons", "neutral-chevron-right.svg").as_posix(),
        wide=px(12),
    )
    tick = resource("icons", "white-tick.svg").as_posix()
    dot = resource("icons", "white-dot.svg").as_posix()
    return f"""
QPushButton {{ background: {of(role.Button)}; border: 1px solid {of(role.Mid)}; border-radius: 5px;
  padding: 5px 12px; min-height: {max(18, line)}px; color: {of(role.ButtonText)}; }}
QPushButton:hover {{ background: {of(role.Midlight)}; }}
QPushButton:pressed {{ background: {of(role.Mid)}; }}
QPushButton:focus {{ border-color: {of(role.Link)}; }}
QPushButton:disabled {{ color: {of(FAINT)};
  background: {of(role.Window)}; }}
QPushButton[primary="true"] {{ background: {of(role.Highlight)}; border-color: {of(role.Highlight)}; color: #ffffff; }}
QPushButton[primary="true"]:hover {{ background: {of(HOVERED)}; }}
QPushButton[primary="true"]:pressed {{ background: {of(PRESSED)}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {of(role.Text)}; padding: 4px 11px; }}
QPushButton[primary="true"]:disabled {{ background: {of(role.Midlight)}; border-color: {of(role.Mid)};
  color: {of(FAINT)}; }}
QPushButton[link="true"] {{ background: transparent; border: 1px solid transparent; color: {of(role.Link)};
  padding: 3px 6px; }}
QPushButton[link="true"]:hover {{ background: {of(role.Midlight)}; }}
QPushButton[link="true"]:focus {{ border-color: {of(role.Link)}; }}
QPushButton[link="true"]:disabled {{ color: {of(FAINT)}; }}
QPushButton::menu-indicator {{ image: url({down}); width: {px(12)}; subcontrol-position: right center;
  subcontrol-origin: padding; right: 8px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px; background: transparent; }}
QToolButton:hover {{ background: {of(role.Midlight)}; }}
QToolButton:pressed, QToolButton:checked {{ background: {of(role.Mid)}; }}
QToolButton:focus {{ border-color: {of(role.Link)}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton, QMenu {{ icon-size: {px(16)}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{ background: {of(role.Base)};
  border: 1px solid {of(role.Mid)}; border-radius: 5px; padding: 4px 7px; color: {of(role.Text)};
  placeholder-text-color: {of(role.PlaceholderText)};
  selection-background-color: {of(role.Highlight)}; selection-color: #ffffff; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {max(20, line + 2)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border-color: {of(role.Link)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
  background: {of(role.Window)}; color: {of(FAINT)}; }}
QComboBox::drop-down {{ border: none; width: {px(22)}; subcontrol-position: right center; }}
QComboBox::down-arrow {{ image: url({down}); width: {px(12)}; height: {px(12)}; }}
QAbstractSpinBox::up-button {{ border: none; width: {px(18)}; subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ border: none; width: {px(18)}; subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url({up}); width: {px(10)}; height: {px(10)}; }}
QAbstractSpinBox::down-arrow {{ image: url({down}); width: {px(10)}; height: {px(10)}; }}
QDateEdit::drop-down {{ border: none; width: {px(22)}; subcontrol-position: right center; }}
QDateEdit::down-arrow {{ image: url({down}); width: {px(12)}; height: {px(12)}; }}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: {max(24, line + 4)}px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(15)}; height: {px(15)}; border: 1px solid {of(role.Dark)};
  background: {of(role.Base)}; }}
QCheckBox::indicator {{ border-radius: {px(4)}; }}
QRadioButton::indicator {{ border-radius: {px(8)}; }}
QCheckBox::indicator:checked {{ background: {of(role.Highlight)}; border-color: {of(role.Highlight)};
  image: url({tick}); }}
QRadioButton::indicator:checked {{ background: {of(role.Highlight)}; border-color: {of(role.Highlight)};
  image: url({dot}); }}
QCheckBox:focus, QRadioButton:focus {{ color: {of(role.Link)}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {of(role.Link)}; }}
QCheckBox:disabled, QRadioButton:disabled {{
  color: {of(FAINT)}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {of(role.Mid)}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::scroller {{ width: {px(48)}; }}
QTabBar QToolButton {{ padding: 0; border-radius: 0; background: {of(role.Window)}; }}
QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent; padding: 7px 4px;
  margin-right: 16px; color: {of(role.PlaceholderText)}; }}
QTabBar::tab:hover {{ color: {of(role.Text)}; }}
QTabBar::tab:selected {{ color: {of(role.Text)}; border-bottom-color: {of(role.Link)}; }}
QTabBar::tab:focus {{ color: {of(role.Link)}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: {of(role.Window)}; border: none; border-bottom: 1px solid {of(role.Mid)};
  padding: 6px 8px; color: {of(role.PlaceholderText)}; }}
QHeaderView::down-arrow, QHeaderView::up-arrow {{ width: {px(9)}; height: {px(9)}; subcontrol-position: top center; }}
QHeaderView::down-arrow {{ image: url({down}); }}
QHeaderView::up-arrow {{ image: url({up}); }}
QTableView, QTreeView, QListView {{ border: none; background: {of(role.Base)}; }}
QTableView {{ gridline-color: {of(role.Midlight)}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {of(role.Dark)}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {of(role.PlaceholderText)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {of(role.Mid)}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QProgressBar {{ border: none; background: {of(role.Midlight)}; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {of(role.Link)}; border-radius: 3px; }}
QToolTip {{ background: {of(role.ToolTipBase)}; color: {of(role.ToolTipText)}; border: none; padding: 4px 7px; }}
QMenu {{ background: {of(role.Base)}; border: 1px solid {of(role.Mid)}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {of(role.Midlight)}; }}
QMenu::item:disabled {{ color: {of(FAINT)}; }}
QMenu::separator {{ height: 1px; background: {of(role.Mid)}; margin: 4px 6px; }}
{side_arrows if scale > 100 else ""}"""
