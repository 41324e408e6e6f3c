"""Secrets on the clipboard: marked as secrets, and gone after 45 seconds."""

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 45
_OURS = "application/x-foiadesk-secret"  # so that another program's secret is left alone


def copy_secret(text: str) -> None:
    """Put a secret on the clipboard for 45 seconds, marked so that clipboard managers leave it out of their history."""
    data = QMimeData()
    data.setText(text)
    data.setData("x-kde-passwordManagerHint", b"secret")
    data.setData(_OURS, b"1")
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(data)
    QTimer.singleShot(SECONDS * 1000, clipboard, lambda: forget_secret(clipboard))


def forget_secret(clipboard: QClipboard) -> None:
    """Empty the clipboard if it still holds a secret of ours."""
    held = clipboard.mimeData()
    if held is not None and held.hasFormat(_OURS):
        clipboard.clear(QClipboard.Mode.Clipboard)
