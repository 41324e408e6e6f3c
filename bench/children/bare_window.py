"""The floor of every start: a main window with one label, and nothing else."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from bench.children.paint import FirstPaint, answer, pss_mb
from bench.moment import now_ms


def main() -> None:
    """Paint it, tell when and how much memory that took."""
    started = float(sys.argv[1])
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(620, 560)
    label = QLabel("FOIADesk", window)
    window.setCentralWidget(label)
    FirstPaint(app, "QLabel", lambda seen: answer(ms=now_ms() - started, text=seen.text(), pss_mb=pss_mb()))
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
