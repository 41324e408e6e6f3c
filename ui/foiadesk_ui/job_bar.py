"""The bar above the undo bar: every long job with its count, how far it is, and a way to stop it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.i18n import _, number_text, words_of
from foiadesk_ui.long_jobs import LongJob, LongJobs
from foiadesk_ui.widgets import LinkButton

_BAR = 180  # px


class JobLine(QWidget):
    """One job."""

    def __init__(self, job: LongJob, parent: QWidget) -> None:
        super().__init__(parent)
        self.job = job
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(_BAR)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(job.title)
        self.stop = LinkButton(_("Stop"), self._stop, parent=self)
        self.stop.setAccessibleName(_("Stop: {what}").format(what=job.title))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S4, theme.S1, theme.S4, theme.S1)
        row.setSpacing(theme.S2)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        self.show_state()

    def show_state(self) -> None:
        """Say how far the job is."""
        job = self.job
        if job.stopping:
            text = _("{what}: stopping …").format(what=job.title)
        elif job.total:
            count = _("{done} of {total}").format(done=number_text(job.done), total=number_text(job.total))
            text = " ".join(part for part in (f"{job.title}: {count}", words_of(job.what)) if part)
        else:
            text = " ".join(
                part for part in (job.title, number_text(job.done) if job.done else "", words_of(job.what)) if part
            )
        self.words.setText(text)
        scale = max(1, -(-job.total // 1_000_000))  # bytes outgrow the bar's own numbers
        self.bar.setRange(0, job.total // scale)
        self.bar.setValue(job.done // scale)
        self.stop.setEnabled(not job.stopping)

    def _stop(self) -> None:
        self.job.cancel()
        self.show_state()


class JobBar(QWidget):
    """Away while nothing long runs."""

    def __init__(self, jobs: LongJobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.setAccessibleName(_("Work in the background"))
        self.lines: dict[int, JobLine] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 1, 0, 0)
        self._rows.setSpacing(0)
        jobs.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        running = {job.number: job for job in self._jobs.running}
        for number in [one for one in self.lines if one not in running]:
            line = self.lines.pop(number)
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        for number, job in running.items():
            if number not in self.lines:
                line = self.lines[number] = JobLine(job, self)
                self._rows.addWidget(line)
                line.show()
                announce(self, job.title)
            self.lines[number].show_state()
        self.setVisible(bool(self.lines))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Base ground with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.fillRect(0, 0, self.width(), 1, theme.hairline())
