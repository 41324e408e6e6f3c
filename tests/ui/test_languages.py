"""The window in Spanish: words, plurals, dates, numbers, Qt's own buttons, and layouts that mirror."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, DeskSettings
from foiadesk.desk.scene import Words
from foiadesk.records.errors import StorageFull
from foiadesk.records.speech import Day, joined, raised, say, say_count
from foiadesk_ui import i18n
from foiadesk_ui.date_field import parse_day
from foiadesk_ui.exhaustion_words import counted
from foiadesk_ui.recovery import recovery_sheet
from foiadesk_ui.session import Session
from foiadesk_ui.settings_page import SettingsPage
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.today_page import TodayPage
from foiadesk_ui.today_row import TodayRowWidget
from foiadesk_ui.window import MainWindow


def test_spanish_words_plurals_dates_and_numbers(qapp: QApplication) -> None:
    i18n.use("es")
    assert i18n._("Today") == "Hoy"
    assert i18n._("") == ""
    assert i18n._("Move to the trash") == "Mover a la papelera"  # also the one of a plural
    assert [i18n.days_late(number) for number in (1, 2, 1234)] == [
        "1 día de retraso", "2 días de retraso", "1,234 días de retraso",
    ]  # fmt: skip
    assert i18n.full_date(date(2026, 2, 3)) == "mar 3 feb 2026"
    assert i18n.weekday_name(date(2026, 2, 3)) == "mar"
    assert Shortcut.TODAY.does == "Hoy"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"
    i18n.use("en")
    assert i18n._("Today") == "Today"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert i18n.full_date(date(2026, 2, 3)) == "Tue 3 Feb 2026"


def test_an_unknown_language_is_english(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert i18n.chosen("tlh") == "en"
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("es_MX"))
    assert (i18n.chosen(""), i18n.chosen("en")) == ("es", "en")
    i18n.use("")
    assert (i18n.speaking(), i18n.number_text(1234567), QLocale().name()) == ("es", "1,234,567", "es_MX")


def test_windows_are_laid_out_in_the_direction_of_the_language(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "LANGUAGES", (*i18n.LANGUAGES, ("ar", "العربية")))
    i18n.use("ar")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    i18n.use("es")
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize(
    "text", ["3 feb 2026", "3 de febrero de 2026", "mar 3 feb 2026", "martes, 3 de febrero de 2026", "3 feb. 2026"]
)
def test_days_are_read_in_spanish_too(text: str) -> None:
    assert parse_day(text) == date(2026, 2, 3)


@pytest.mark.parametrize("month", range(1, 13))
def test_what_the_window_writes_in_spanish_it_reads(qapp: QApplication, month: int) -> None:
    i18n.use("es")
    for day in (date(2026, month, 1), date(2026, month, 28)):
        for written in (i18n.full_date(day), i18n.plain_date(day)):
            assert parse_day(written) == day


def test_the_language_is_chosen_in_settings(session: Session, qtbot: QtBot) -> None:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.open()
    qtbot.waitUntil(lambda: page._settings is not None)
    page.show()
    assert [page.language.itemText(at) for at in range(page.language.count())] == [
        "As the system",
        "English",
        "Español",
    ]
    page.language.setCurrentIndex(page.language.findData("es"))
    with qtbot.waitSignal(session.acted) as acted:
        page.language.activated.emit(page.language.currentIndex())
    page.refresh(acted.args[0])
    qtbot.waitUntil(lambda: page.language_said.isVisible())
    assert session.desk.settings.get() == DeskSettings(language="es")


def test_sentences_of_the_engine_are_said_anew(qapp: QApplication) -> None:
    i18n.use("es")
    day = date(2026, 2, 3)
    assert i18n.said(say("Appeal by {day}", day=Day(day, True))) == "Apelar a más tardar el 3 feb 2026"
    assert i18n.said(say_count("{n} day late", "{n} days late", 1234)) == "1,234 días de retraso"
    way = raised(say("the way to court is open since {day}", day=Day(day, False)))
    assert i18n.said(joined(" · ", (raised(say("decision")), way))) == (
        "Decisión · La vía judicial está abierta desde el 3 feb"
    )
    assert i18n.said(say("Moved {name} to the trash", name="{Today} · ICE")) == "Se movió {Today} · ICE a la papelera"
    assert i18n.said("Today") == "Today"  # what somebody wrote is not ours to translate
    full = StorageFull(say("The backup place “{folder}” is full.", folder="USB"), safe="Nothing was changed.")
    assert i18n.error_text(full) == "El lugar de copias “USB” está lleno. No se cambió nada."
    i18n.use("en")
    assert i18n.said(way) == "The way to court is open since 3 Feb"
    assert i18n.error_text(full) == str(full)


def test_today_the_timeline_and_the_undo_bar_speak_spanish(
    session: Session, story: Callable[[], Desk], qtbot: QtBot
) -> None:
    i18n.use("es")
    desk = story()
    page = TodayPage(session)
    qtbot.addWidget(page)
    page.open()
    qtbot.waitUntil(lambda: bool(page.findChildren(TodayRowWidget)))
    told = {row.subject.accessibleName() for row in page.findChildren(TodayRowWidget)}
    told |= {row.subject.accessibleDescription() for row in page.findChildren(TodayRowWidget)}
    assert any("días de retraso" in words for words in told)
    assert not any(" late" in words or " due" in words or "Draft" in words for words in told)
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    with qtbot.waitSignal(session.acted):
        session.act(page, lambda desk: desk.requests.trash(1))
    assert window.undo_bar.sentence().startswith("Se movió ")
    titles = [i18n.said(entry.title) for entry in desk.requests.timeline(1)]
    assert "Solicitud enviada por el portal" in titles


def test_the_months_of_a_picture_are_named(session: Session, story: Callable[[], Desk], qapp: QApplication) -> None:
    i18n.use("es")
    scene = story().campaigns.life(1, say=i18n.words_of, day=i18n.plain_date)
    assert scene.headings == ("Fecha", "Qué", "Hasta", "Estado")
    texts = [shape.text for shape in scene.shapes if isinstance(shape, Words)]
    assert any(text.startswith("ene ") for text in texts)
    assert "retraso" in scene.sentence


def test_the_calendar_file_and_the_boards_count_are_said_in_spanish(
    session: Session, story: Callable[[], Desk], qapp: QApplication
) -> None:
    i18n.use("es")
    desk = story()
    plain = desk.deadlines.calendar_file(words=i18n.words_of).decode()
    titled = desk.deadlines.calendar_file(titles=True, words=i18n.words_of).decode().replace("\r\n ", "")
    assert "SUMMARY:Plazo 1" in plain
    assert "Deadline" not in plain.partition("SUMMARY")[2]
    assert "Último día para actuar\\, inclusive\\, para la agencia." in titled
    assert "Last day" not in titled
    assert "SUMMARY:Deadline 1" in desk.deadlines.calendar_file().decode()
    assert counted({"open": 3, "exhausted": 1, "not_yet": 2}) == "3 abiertas · 1 agotada · 2 aún no"


def test_the_recovery_sheet_speaks_the_window_s_language(desk: Desk, qapp: QApplication) -> None:
    assert "Without FOIADesk" in desk.worker.text(recovery_sheet(desk))
    i18n.use("es")
    data = recovery_sheet(desk)
    text = desk.worker.text(data)
    assert "Frase de contraseña" in text and "Sin FOIADesk" in text and desk.folder.name in text
    assert b"(es-US)" in data
