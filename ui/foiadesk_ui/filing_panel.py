"""What was understood of one file, and what the person decides about it: request, direction, date, how, and event."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from foiadesk.desk import IncomingFile, Understanding
from foiadesk.records import Channel, Correspondence, Direction, EventKind
from foiadesk.records.errors import KnownError
from foiadesk.records.recall import damage
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.event_fields import ChoiceEditor
from foiadesk_ui.event_form import LINE, EventForm
from foiadesk_ui.event_words import choice_words, event_words
from foiadesk_ui.filing_more import FilingMore, OtherRequests
from foiadesk_ui.i18n import _, error_text, full_date, said, size_text, words_of
from foiadesk_ui.request_picker import RequestField
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, MeaningLabel, SecondaryLabel, SectionLabel, TextLabel

if TYPE_CHECKING:
    from foiadesk.desk import Desk

Source = Path | IncomingFile | Correspondence


def source_name(source: Source) -> str:
    """Return what to call a source in lists."""
    if isinstance(source, Correspondence):
        original = source.attachments[0].name if source.attachments else ""
        return source.subject or original or _("correspondence")
    return source.name


def understand(desk: "Desk", source: Source, request: int | None = None) -> Understanding:
    """Return what the desk makes of a source. request: the one a person chose."""
    if isinstance(source, Correspondence):
        return desk.in_tray.understand(source.id, request)
    return desk.filing.understand(source, request)


class FilingPanel(QScrollArea):
    """One file's page in the filing dialog."""

    edited = Signal()

    def __init__(
        self, session: Session, source: Source, request: int | None, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.source = source
        self._given = request
        self._today = today
        self._event_touched = self._filling = False
        self.setAccessibleName(source_name(source))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.understood: Understanding | None = None
        page = QWidget()
        self.name = SectionLabel(source_name(source), page, wrap=True)
        self.name.setContentsMargins(0, 0, 0, 0)
        self.size_label = SecondaryLabel(self._size_words(), page)
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(theme.S4)
        self.facts.setVerticalSpacing(theme.S1)
        self.damaged = MeaningLabel("late", "", page)
        self.damaged.hide()
        self.why = SecondaryLabel(_("Reading…"), page, wrap=True)
        self.request = RequestField(session, page)
        self.request.set_value(request)
        self.request.changed.connect(self._request_changed)
        self.others = OtherRequests(self._other, page)
        self.direction = ChoiceEditor(
            [(Direction.IN, _("It came to us")), (Direction.OUT, _("We sent it"))], required=True, parent=page
        )
        self.direction.removeItem(0)
        self.day = DateField(page, name=_("Date of the letter or message"))
        self.channel = ChoiceEditor(
            [(channel, choice_words(channel.value)) for channel in Channel], required=False, parent=page
        )
        self.event_form = EventForm(page, today=today, none=_("Nothing new: only keep it"))
        self.event_form.set_kind(None)
        self.event_form.edited.connect(self._event_edited)
        self.event_form.setEnabled(request is not None)
        self.more = FilingMore(page)
        self.more.edited.connect(self.edited)
        self.direction.setAccessibleName(_("Which way it went"))
        self.channel.setAccessibleName(_("How it was sent"))
        for editor in (self.direction, self.channel, self.day):
            editor.edited.connect(self.edited)
        self.day.edited.connect(self._suggest_day)
        self._place(page)
        self.setWidget(page)
        self._ask(request)

    def _place(self, page: QWidget) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.S4)
        form.setVerticalSpacing(theme.S2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (_("&Belongs to"), self.request),
            (_("Which wa&y"), self.direction),
            (_("D&ated"), self.day),
            (_("&How"), self.channel),
        ):
            if isinstance(self.source, Correspondence) and field is not self.request:
                field.hide()  # what is stored already is not asked again
                continue
            label = QLabel(text, page)
            label.setBuddy(field)
            label.setMinimumHeight(min(field.sizeHint().height(), LINE))
            form.addRow(label, field)
            if field is self.request:
                form.addRow("", self.others)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.S6, theme.S4, theme.S6, theme.S4)
        column.setSpacing(theme.S1)
        column.addWidget(self.name)
        column.addWidget(self.size_label)
        column.addSpacing(theme.S2)
        column.addLayout(self.facts)
        column.addWidget(self.damaged)
        column.addWidget(self.why)
        column.addSpacing(theme.S2)
        column.addWidget(Hairline(page))
        column.addSpacing(theme.S2)
        column.addLayout(form)
        column.addWidget(SectionLabel(_("What it means"), page))
        column.addWidget(self.more)
        column.addWidget(self.event_form)
        column.addStretch(1)

    def _size_words(self) -> str:
        if isinstance(self.source, Path):
            return size_text(self.source.stat().st_size)
        if isinstance(self.source, IncomingFile):
            return size_text(len(self.source.data))
        return _("waits in the In-tray")

    # What was decided ----------------------------------------------------------------------------------------------

    def trouble(self) -> str:
        """Return what is missing or cannot be used, or ""."""
        if self.day.trouble():
            return self.day.trouble()
        if (self.day.day() or self._today) > self._today:
            return _("The date of the letter lies after today.")
        if isinstance(self.source, Correspondence) and self.request.value() is None:
            return _("Choose the request it belongs to.")
        if self.request.value() is None:
            return ""
        if self.more.also(None) and self._event_day() is None and any(not one["date"] for one in self.more.also(None)):
            return _("Give the date: the one on the letter, or the day it happened.")
        return self.event_form.trouble()

    def action(self) -> "Any":
        """Return the action that files this as decided: a function of the Desk that returns a Change."""
        source, request = self.source, self.request.value()
        event = self.event_form.data() if request is not None else {}
        also = self.more.also(self._event_day()) if request is not None else []
        proves = self.more.proves() if request is not None else []
        if isinstance(source, Correspondence):
            events = [event, *also] if event else also
            return lambda desk: desk.in_tray.file(source.id, request, events=events, proves=proves)
        direction, day = Direction(self.direction.value()), self.day.day()  # Qt gives back plain text
        channel = Channel(self.channel.value()) if self.channel.value() else None
        return lambda desk: desk.filing.file(
            source, request, direction=direction, date=day, channel=channel, event=event or None, also=also,
            proves=proves,
        )  # fmt: skip

    def keep_action(self) -> "Any":
        """Return the action that keeps this in the In-tray; None when it is there already."""
        source = self.source
        if isinstance(source, Correspondence):
            return None
        return lambda desk: desk.filing.file(source, None)

    # Answers -------------------------------------------------------------------------------------------------------

    def _ask(self, request: int | None) -> None:
        source = self.source
        self._session.ask(
            self, lambda desk: understand(desk, source, request), self._answered, key="understand", failed=self._failed
        )

    def _request_changed(self) -> None:
        """Look again: what a receipt proves depends on where it belongs."""
        self.edited.emit()
        if self.understood is not None:
            self._ask(self.request.value())

    def _other(self, request: int) -> None:
        self.request.set_value(request)
        self.request.changed.emit()

    def _answered(self, found: Understanding) -> None:
        first = self.understood is None
        self.understood = found
        if first:
            self._describe(found)
        self.why.setText("\n".join(map(words_of, found.why)) or _("Nothing in it says what it is. You decide."))
        if self._given is None and self.request.value() is None and found.suggested_request and first:
            self.request.set_value(found.suggested_request)
        self.others.show_understood(found, self.request.value())
        if not self._event_touched:
            self._filling = True
            self._suggest_day()  # first: the date of an event that names its own stands
            if found.suggested_event:
                self.event_form.show_data(found.suggested_event)
            elif not first:
                self.event_form.set_kind(None)
            self._filling = False
        self.more.show_understood(found)
        self.event_form.setEnabled(self.request.value() is not None)
        self.edited.emit()

    def _describe(self, found: Understanding) -> None:
        """Show once what it is, whatever request is chosen."""
        if found.subject and isinstance(self.source, IncomingFile | Path):
            self.name.setText(found.subject)
            self.size_label.setText(f"{source_name(self.source)} · {self._size_words()}")
        for label, value in (
            (_("From"), found.sender),
            (_("Dated"), full_date(found.date)),
            (_("With it"), ", ".join(found.parts)),
        ):
            if value:
                self.facts.addRow(SecondaryLabel(label, self.widget()), TextLabel(value, self.widget()))
        self.damaged.setVisible(bool(found.damaged))
        if found.damaged:
            self.damaged.show_meaning(
                "late", _("Damaged, kept as it came: {why}").format(why=said(damage(found.damaged)))
            )
        if self.day.day() is None:
            self.day.set_day(found.date if found.date and found.date <= self._today else None)
        if found.channel is not None and self.channel.value() is None:
            self.channel.set_value(found.channel)
        if self.direction.value() == Direction.IN:
            self.direction.set_value(found.direction)

    def _failed(self, error: Exception) -> None:
        why = error_text(error) if isinstance(error, KnownError) else ""
        self.why.setText(
            " ".join(part for part in (_("It could not be read, but it can be filed as it is."), why) if part)
        )
        if not why:
            self._session.report(error)

    def _suggest_day(self) -> None:
        """What a letter means happened on its date, whichever kind is chosen for it."""
        day = self.day.day()
        if day is not None:
            self.event_form.suggest_day(day)

    def _event_day(self) -> str | None:
        day = self.event_form.day.day() or self.day.day()
        return day.isoformat() if day else None

    def _event_edited(self) -> None:
        self._event_touched |= not self._filling
        self.edited.emit()

    def summary(self) -> str:
        """Return in a few words what will be done, for the list of files."""
        kind: EventKind | None = self.event_form.kind()
        if self.request.value() is None:
            return _("to the In-tray")
        more = len(self.more.also(None)) + len(self.more.proves())
        words = event_words(kind) if kind is not None else _("as proof") if more else _("kept, no event")
        return f"{words} + {more}" if more and kind is not None else words
