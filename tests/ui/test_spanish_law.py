"""Whatever the law says in English it can say in Spanish: every sentence of every history, under every law."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from foiadesk.law import Answer, answer, load_pack, unverified_rule, worksheet
from foiadesk.law.agencies import agency_rules
from foiadesk.law.calendars import calendar_names, load_calendar
from foiadesk.law.holiday_names import holiday_name
from foiadesk.law.packs import law_files
from foiadesk.records import EventKind
from foiadesk.records.events import FIELDS
from foiadesk.records.recall import DAMAGES, ORIGINS, damage, origin
from foiadesk.records.speech import Day, Said, joined, making, remade, say
from foiadesk_ui import i18n
from foiadesk_ui.request_words import law_words
from scripts import translations
from tests.law.asking import d, denied, e, events, received
from tests.law.dated import HISTORIES, answered
from tests.ui.english import without_words

KNOWN = {
    form
    for message in translations.read("es")
    for form in (message.id if isinstance(message.id, tuple) else (message.id,))
}
ASKED = (
    e("request_sent", "2026-01-05", channel="mail"), received("2026-01-06"),
    e("clarification_asked", "2026-01-12", about="information"),
    e("clarification_answered", "2026-01-20", about="information"),
    e("fee_estimate", "2026-01-22", amount="40.00", stops_work=True), e("fee_answered", "2026-01-26"),
    e("extension_notice", "2026-01-28", working_days=10, expected_date="2026-12-01"),
    e("acknowledged", "2026-01-08"), e("completion_date_given", "2026-01-29", expected="2026-04-01"),
    e("time_frame_agreed", "2026-01-30", until="2026-05-01"),
)  # fmt: skip
DENIED = (*ASKED, denied("2026-02-10", appeal_days=20, appeal_unit="calendar", appeal_basis="received"))
APPEALED = (*DENIED, e("appeal_sent", "2026-02-20", channel="portal"))
ROUNDS: tuple[tuple[dict[str, Any], ...], ...] = (
    (), ASKED[:1], ASKED[:2], ASKED, DENIED, APPEALED, (received("2026-01-06"), denied("2026-02-03")),
    (*APPEALED, e("appeal_received", "2026-02-21")),
    *((*APPEALED, e("appeal_received", "2026-02-21"), e("appeal_decided", "2026-03-20", outcome=outcome))
      for outcome in ("affirmed", "partly", "remanded", "reversed", "moot", "untimely")),
    (*ASKED, denied("2026-02-10", "full_grant")), (*ASKED, denied("2026-02-10", "referred")),
    (*DENIED, e("suit_filed", "2026-02-12"), e("served", "2026-02-20", on="agency"), e("answered", "2026-03-20")),
    (*DENIED, e("reopened", "2026-03-01"), e("reminder", "2026-03-02", due="2026-07-01")),
    (received("2026-01-06", "designated"),), (received("2026-01-06", "undesignated"),),
    (e("request_sent", "2026-01-05", channel="email"), e("delivery_failed", "2026-01-06")),
    (*ASKED, e("closed", "2026-03-01", by="requester")),
)  # fmt: skip
# A record in which everything happens in an order that cannot be.
IMPOSSIBLE = (
    e("appeal_decided", "2026-01-02", outcome="moot"), e("expedition_decided", "2026-01-02", granted=False),
    e("fee_waiver_decided", "2026-01-02", outcome="denied"), e("answered", "2026-01-02"), e("reopened", "2026-01-02"),
    e("still_interested_answered", "2026-01-02"), e("clarification_answered", "2026-01-02"),
    e("acknowledged", "2026-01-03"), e("served", "2026-01-03", on="agency"), e("appeal_received", "2026-01-03"),
    e("extension_notice", "2026-01-03"), e("request_sent", "2026-01-05", channel="mail"),
    e("request_received", "2026-01-04", office="proper"), e("perfected", "2026-01-03"),
    e("perfection_claimed", "2026-01-09", missing="fee_promise"), e("expedition_requested", "2026-01-09"),
    denied("2026-01-10", "referred", appeal_notice=False), e("appeal_sent", "2026-01-12", channel="mail"),
    denied("2026-01-20", appeal_notice=False), e("suit_filed", "2026-01-20"),
    e("order", "2026-01-21", due="2026-02-21"), e("production", "2026-01-22"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def spanish(qapp: QApplication) -> Iterator[None]:
    i18n.use("es")
    yield
    i18n.use("en")


def untold(text: str) -> list[str]:
    """Return what of a text has no words in the catalog: its template, and what of ours was put into it."""
    if isinstance(text, Day) or without_words(text):
        return []
    if not isinstance(text, Said):
        return [] if text in KNOWN else [text]
    wanted = [text.plural] if text.number is not None else [text.template]
    found = [one for one in wanted if not without_words(one) and one not in KNOWN]
    for name, value in text.values.items():
        found += untold(value) if isinstance(value, Said) else []
        if isinstance(value, str) and not isinstance(value, Said | Day) and value in KNOWN and len(value.split()) > 1:
            found.append(f"{name}={value} in {text.template}")  # ours, but put in as if a person had written it
    return found


def texts_of(found: Answer, law: str, today: date) -> Iterator[str]:
    """Yield every sentence of an answer and of the worksheets of its clocks."""
    pack = load_pack(law)
    yield from (found.exhaustion.why, found.fees.why, *found.warnings, *(step.why for step in found.next_steps))
    for clock in found.clocks:
        yield from clock.notes
        yield unverified_rule(clock, pack)
        sheet = worksheet(clock, law=pack, calendar=pack.days_of, today=today)
        yield from (sheet.title, sheet.summary, *sheet.rules, *sheet.notes, *(day.why for day in sheet.days))


def lacking(found: Answer, law: str, today: date) -> set[str]:
    return {one for text in texts_of(found, law, today) for one in untold(text)}


@pytest.mark.parametrize("law", sorted(law_files()))
def test_every_law_explains_itself_in_spanish(law: str) -> None:
    assert {
        one
        for history in ROUNDS
        for today in ("2026-01-07", "2026-02-18", "2026-12-01")
        for one in lacking(answer(events(*history), law=load_pack(law), agency=None, today=d(today)), law, d(today))
    } == set()


def test_every_worked_history_is_explained_in_spanish() -> None:
    wrong: set[str] = set()
    for history in HISTORIES:
        wrong |= lacking(answered(history), history.get("law", "us-foia"), d(history["today"]))
    assert wrong == set()


@pytest.mark.parametrize("law", ["us-foia", "us-privacy-act", "us-ca"])
def test_what_cannot_be_is_said_in_spanish(law: str) -> None:
    found = answer(events(*IMPOSSIBLE), law=load_pack(law), agency="DHS/ICE", today=d("2033-01-01"))
    assert len(found.warnings) >= 3
    assert lacking(found, law, d("2033-01-01")) == set()
    for warning in found.warnings:
        assert i18n.words_of(warning) != warning


@pytest.mark.parametrize("agency", sorted(agency_rules()))
def test_what_an_agency_does_its_own_way_is_said_in_spanish(agency: str) -> None:
    today = d("2026-12-01")
    for history in (ROUNDS[4], ROUNDS[5], (e("request_sent", "2026-03-05", channel="fax"),), (received("2026-03-05"),)):
        found = answer(events(*history), law=load_pack("us-foia"), agency=agency, today=today)
        assert lacking(found, "us-foia", today) == set()


def test_every_kind_of_event_and_every_choice_has_words() -> None:
    from foiadesk_ui.event_words import choice_words, event_effect, event_words

    same = {
        word
        for word in (
            *(event_words(kind) for kind in EventKind), *(event_effect(kind) for kind in EventKind),
            *(choice_words(one) for fields in FIELDS.values() for field in fields.values() for one in field.choices),
        )
        if word in KNOWN and i18n._(word) != word
    }  # fmt: skip
    assert same == set()  # each is Spanish already; an English one would still be found in the catalog


@pytest.mark.parametrize("name", calendar_names())
def test_the_holidays_are_named_in_spanish(name: str) -> None:
    calendar = load_calendar(name)
    names = {holiday.name for holiday in calendar.listed} | set(calendar.disputed.values())
    assert {one for one in names if untold(holiday_name(one))} == set()


def test_holidays_of_one_day_are_named_one_after_the_other() -> None:
    said = i18n.words_of(holiday_name("Independence Day and Labor Day and Day of Remembrance and Recognition"))
    assert said == "Día de la Independencia y Día del Trabajo y Día del Recuerdo y el Reconocimiento"


def test_a_law_is_named_in_spanish_with_its_citations_as_they_stand() -> None:
    assert law_words("Freedom of Information Act (5 U.S.C. 552): 28 U.S.C. 2401(a)") == (
        "Ley de Libertad de Información (5 U.S.C. 552): 28 U.S.C. 2401(a)"
    )


def test_a_sentence_kept_as_text_is_said_as_it_was_made() -> None:
    history = (received("2026-01-05"),)
    why = answer(events(*history), law=load_pack("us-foia"), agency=None, today=d("2026-03-01")).exhaustion.why
    assert why == "A determination was due on 3 Feb 2026 and none came: deemed exhausted, 5 U.S.C. 552(a)(6)(C)(i)."
    again = remade(str(why), making(why))
    assert (
        i18n.words_of(again)
        == i18n.words_of(why)
        == (
            "Una determinación vencía el 3 feb 2026 y no llegó: la vía administrativa se da por agotada, "
            "5 U.S.C. 552(a)(6)(C)(i)."
        )
    )
    assert (remade("x", "no json"), remade("x", '{"d":"2026-01-01"}'), making("x")) == ("x", "x", "")


def test_the_check_finds_what_has_no_words() -> None:
    assert untold(say("This sentence was never gathered.")) == ["This sentence was never gathered."]
    assert untold(joined(" ", (say("Not started."), say("Never gathered {day}.", day=Day(d("2026-01-01"), True))))) == [
        "Never gathered {day}."
    ]
    assert untold(say("{sentence}.", sentence="Waits for the world")) == []  # what a person wrote
    assert untold(say("{sentence}.", sentence="Not started.")) == ["sentence=Not started. in {sentence}."]


def test_what_is_damaged_in_a_message_and_where_a_file_came_from_is_said_in_spanish() -> None:
    text = "The transfer encoding of part 2 is damaged; what could be decoded is kept. Its date cannot be read."
    assert untold(damage(text)) == []
    assert i18n.said(damage(text)) == (
        "En la parte 2, la codificación de transferencia está dañada; se conserva lo que se pudo decodificar. "
        "Su fecha no se puede leer."
    )
    assert i18n.said(origin("part 2 of reply.eml")) == "parte 2 de reply.eml"
    assert {one for one in (*DAMAGES, *ORIGINS) if one not in KNOWN} == set()
