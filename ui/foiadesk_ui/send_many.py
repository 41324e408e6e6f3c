"""The small panel that marks the drafts of several requests as sent in one go: how and when, the same for all."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from foiadesk.desk import Desk
from foiadesk.records import Channel, LetterState
from foiadesk.records.errors import KnownError
from foiadesk.records.progress import Progress
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_parts, ngettext
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.office_ways import channel_name
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, SectionLabel, plain_button

Outcome = tuple[int, tuple[str, ...]]  # how many were marked, and why each other one was not


def send_all(
    desk: Desk, requests: Sequence[int], channel: Channel, on: date, progress: "Progress | None" = None
) -> Outcome:
    """Mark the newest draft of each request as sent, each an action of its own; one that is refused stops no other."""
    done, refused = 0, []
    for place, request in enumerate(requests):
        if progress is not None:
            progress.at(place, len(requests), "letters")
        try:
            drafts = [one for one in desk.letters.for_request(request) if one.state is LetterState.DRAFT]
            office = desk.requests.get(request).office.short
            if not drafts:
                refused.append(_("{office}: there is no draft.").format(office=office))
                continue
            desk.letters.mark_sent(drafts[-1].id, channel=channel, on=on)
            done += 1
        except KnownError as error:
            refused.append(f"{office}: {error_parts(error)[0]}")
    return done, tuple(refused)


class SendMany(QWidget):
    """Hidden until ``begin``. Letters with blanks are left out and named: those want a look of their own."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._requests: tuple[int, ...] = ()
        self.head = SectionLabel("", self, wrap=True)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.words = SecondaryLabel("", self, wrap=True)
        self.channel = QComboBox(self)
        for channel in Channel:
            self.channel.addItem(channel_name(channel), channel)
        self.day = DateField(self, name=_("Sent on"))
        self.confirm = plain_button(_("Mark as sent"), self._send, icon="send", parent=self)
        self.cancel = LinkButton(_("Close"), self.hide, parent=self)
        fields, buttons = QWidget(self), QWidget(self)
        row = Flow(fields, gap=theme.S4)
        row.addWidget(Labelled(_("How"), self.channel, "", self))
        row.addWidget(Labelled(_("Date"), self.day, "", self))
        line = Flow(buttons, gap=theme.S2)
        line.addWidget(self.confirm)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S2, theme.S4, theme.S2)
        column.setSpacing(theme.S2)
        for widget in (self.head, self.words, fields, buttons, Hairline(self)):
            column.addWidget(widget)
        self.hide()

    def begin(self, requests: Sequence[int]) -> None:
        """Ask how and when the drafts of these requests were sent."""
        self._requests = tuple(requests)
        self.head.setText(
            ngettext("Mark the draft as sent", "Mark the drafts of {n} requests as sent", len(self._requests))
        )
        self.words.setText(_("Of each request the newest draft; its exact bytes are filed and its clocks start."))
        self.day.set_day(self._session.desk.clock())
        self.confirm.setEnabled(True)
        self.show()
        self.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        day = self.day.day()
        if day is None:
            self.words.setText(_("Say on which day they were sent."))
            return
        channel = Channel(self.channel.currentData())  # Qt gives back plain text
        requests = self._requests
        self.confirm.setEnabled(False)

        def work(desk: Desk, progress: Progress) -> Outcome:
            return send_all(desk, requests, channel, day, progress)

        self._session.long(self, _("Marking as sent"), work, self._sent, failed=self._failed, cancelled=self._again)

    def _sent(self, outcome: Outcome) -> None:
        done, refused = outcome
        self._again()
        if done:
            self._session.told.emit(ngettext("{n} letter is marked as sent.", "{n} letters are marked as sent.", done))
        self.words.setText(" ".join(refused))
        self.setVisible(bool(refused))

    def _failed(self, error: Exception) -> None:
        self._again()
        self._session.report(error)

    def _again(self) -> None:
        self.confirm.setEnabled(True)
