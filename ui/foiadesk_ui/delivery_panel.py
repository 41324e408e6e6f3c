"""The small panel for the days on the way of a sent letter: its postmark, and when it was handed over."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.records import Correspondence
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, full_date
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, SecondaryLabel, SectionLabel, plain_button


class DeliveryPanel(EscapePanel):
    """Hidden until ``begin``. A day that is emptied is taken off again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._letter: Correspondence | None = None
        self.head = SectionLabel("", self, wrap=True)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.words = SecondaryLabel(
            _("A request or an appeal counts as sent on its postmark, and as received on the day it was handed over."),
            self,
            wrap=True,
        )
        self.postmark = DateField(self, name=_("Postmark"))
        self.by_hand = DateField(self, name=_("Handed over on"))
        self.warning = SecondaryLabel("", self, wrap=True)
        self.confirm = plain_button(_("Save"), self.save, icon="tick", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.put_away, parent=self)
        fields = QWidget(self)
        flow = Flow(fields, gap=theme.S4)
        for label, field in ((_("Postmark"), self.postmark), (_("Handed over on"), self.by_hand)):
            flow.addWidget(Labelled(label, field, "", fields))
            field.edited.connect(self._judge)
        buttons = Flow()
        buttons.setSpacing(theme.S2)
        for part in (self.confirm, self.cancel):
            buttons.addWidget(part)
        buttons.addWidget(self.warning, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(theme.S6, 0, theme.S4, 0)
        lines.setSpacing(theme.S2)
        for line in (self.head, self.words, fields):
            lines.addWidget(line)
        lines.addLayout(buttons)
        lines.addWidget(Hairline(self))
        self.hide()

    def begin(self, letter: Correspondence) -> None:
        """Ask about this letter."""
        self._letter = letter
        self.head.setText(letter.subject)
        self.postmark.set_day(letter.postmark)
        self.by_hand.set_day(letter.by_hand)
        self._judge()
        self.show()
        self.postmark.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Note the days as they stand."""
        letter, postmark, by_hand = self._letter, self.postmark.day(), self.by_hand.day()
        if letter is None or not self.confirm.isEnabled():
            return
        number = letter.id
        self.hide()
        self._session.act(self, lambda desk: desk.filing.set_delivery(number, postmark=postmark, by_hand=by_hand))

    def _judge(self) -> None:
        trouble = self.postmark.trouble() or self.by_hand.trouble()
        for day in (self.postmark.day(), self.by_hand.day()):
            trouble = trouble or self._out_of_time(day)
        self.warning.setText(trouble)
        self.confirm.setEnabled(not trouble)

    def _out_of_time(self, day: date | None) -> str:
        if day is None or self._letter is None:
            return ""
        if day > self._session.desk.clock():
            return _("The date is after today.")
        if self._letter.date is not None and day < self._letter.date:
            return _("The letter is dated {day}.").format(day=full_date(self._letter.date))
        return ""
