"""The usual filters as choices under the search box: each writes into the query, which stays the one truth."""

import re
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from foiadesk.desk.search_query import parse
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.menu_choice import MenuChoice


def with_filter(query: str, field: str, value: str) -> str:
    """Return a query in which this field has this value and no other; "" takes the field out."""
    rest = re.sub(rf'(?<!\S)-?{field}:(?:"[^"]*"|[^\s()"]+)\s?', "", query).strip()
    if not value:
        return rest
    said = f'{field}:"{value}"' if " " in value else f"{field}:{value}"
    return f"{rest} {said}".strip()


class SearchFilters(QWidget):
    """Kind, agency, stage, time, what it has, and the order."""

    changed = Signal(str)  # the query with another filter
    ordered = Signal(str)  # best or newest

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._row = Flow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S1)
        self.choices: dict[str, MenuChoice] = {}
        self._add("kind", _("Kind"), [
            ("", _("Any kind")), ("request", _("Requests")), ("letter", _("Letters")), ("mail", _("Correspondence")),
            ("file", _("Files")), ("event", _("Events")), ("determination", _("Determinations")), ("note", _("Notes")),
        ])  # fmt: skip
        self._add("agency", _("Agency"), [("", _("Any agency"))])
        self._add("stage", _("Stage"), [
            ("", _("Any stage")), ("draft", _("Draft")), ("sent", _("Sent")), ("in_process", _("In process")),
            ("overdue", _("Overdue")), ("determined", _("Determined")), ("on_appeal", _("On appeal")),
            ("in_litigation", _("In litigation")), ("closed", _("Closed")),
        ])  # fmt: skip
        self._add("from", _("Time"), [
            ("", _("Any time")),
            ((today - timedelta(days=30)).isoformat(), _("Last 30 days")),
            (str(today.year), _("This year")),
            (str(today.year - 1), _("Since last year")),
        ])  # fmt: skip
        self._add("has", _("With"), [
            ("", _("With anything")), ("attachment", _("With attachments")), ("event", _("With an event")),
            ("ocr", _("Read by OCR")),
        ])  # fmt: skip
        self.order = MenuChoice(_("Order"), [("best", _("Best first")), ("newest", _("Newest first"))], self)
        self.order.chosen.connect(self.ordered)
        self._row.addStretch(1)
        self._row.addWidget(self.order)

    def _add(self, field: str, name: str, choices: list[tuple[str, str]]) -> None:
        made = MenuChoice(name, choices, self)
        made.chosen.connect(lambda value, field=field: self.changed.emit(with_filter(self._query, field, value)))
        old = self.choices.get(field)
        if old is None:
            self._row.addWidget(made)
        else:
            self._row.replace(old, made)
            old.hide()
            old.deleteLater()
        self.choices[field] = made

    def show_agencies(self, names: tuple[str, ...]) -> None:
        """Offer the offices that were asked."""
        self._add("agency", _("Agency"), [("", _("Any agency")), *((name, name) for name in names)])
        self.show_query(self._query)

    def show_query(self, query: str) -> None:
        """Show the filters that stand in a query."""
        self._query = query
        said = {one.field: one.value for one in parse(query).filters if not one.without}
        for field, choice in self.choices.items():
            choice.set_value("")
            choice.set_value(said.get(field, ""))
