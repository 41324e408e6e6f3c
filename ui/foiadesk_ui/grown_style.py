"""The style of lines whose icons are larger than the program's own style has them."""

from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget
from shiboken6 import isValid

from foiadesk_ui import theme

_SIDE = 16  # pixels beside ordinary text, as Qt has it


class _Style(QProxyStyle):
    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_LineEditIconSize:
            return theme.grown(_SIDE)
        return super().pixelMetric(metric, option, widget)


_made: list[_Style] = []


def grown_style() -> QStyle:
    """Return the one for all lines, which lives as long as the program: Qt does not own the style of a widget."""
    if not _made or not isValid(_made[0]):
        _made[:] = [_Style("Fusion")]
        _made[0].setParent(QApplication.instance())
    return _made[0]
