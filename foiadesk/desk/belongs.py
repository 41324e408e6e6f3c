"""Which request a letter belongs to: every candidate with its reason, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foiadesk.desk.meaning_shapes import Candidate
from foiadesk.desk.openings import Openings, OpenOffice, folded, openings
from foiadesk.intake.meaning.numbers import plain
from foiadesk.intake.meaning.plain import is_forwarded, passed_on
from foiadesk.records import Direction, EventKind
from foiadesk.records.speech import joined, raised, say
from foiadesk.store import rows_meaning, rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.intake.meaning.shapes import Letter, Meaning

SHOWN = 6  # candidates
_MANY = 60  # requests that share a reason
# What each reason weighs. A number decides; what several requests share decides only between those.
_NUMBER, _LESSER_NUMBER, _REPLY, _RETURNED, _PROOF = 100, 80, 70, 70, 75
_THREAD, _TITLE_TOP, _TITLE, _ADDRESS, _WROTE, _DOMAIN, _OFFICE, _FORM = 45, 40, 30, 30, 20, 15, 15, 12
_OTHER_NUMBER = -45
_SHORTEST = 6  # characters of a number that stands alone
_PUBLIC = frozenset(("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "aol.com",
                     "proton.me", "protonmail.com"))  # fmt: skip
_ADDRESS_IN = re.compile(r"([^\s<>@,;\"]{1,64})@([A-Za-z0-9.-]{1,250})")
_BEFORE = re.compile(r"^\s*(?:(?:re|fwd?|fw|aw)\s*:|\[[^\]]{1,30}\])\s*", re.IGNORECASE)
_SENT = (EventKind.REQUEST_SENT, EventKind.APPEAL_SENT, EventKind.REQUEST_RECEIVED, EventKind.APPEAL_RECEIVED,
         EventKind.DELIVERY_PROVED)  # fmt: skip


@dataclass(slots=True)
class _Case:
    """What speaks for one request."""

    score: int = 0
    reasons: list[str] = field(default_factory=list)
    certain: bool = False


class _Cases(dict[int, _Case]):
    def add(self, request: int, score: int, reason: str) -> _Case:
        case = self.setdefault(request, _Case())
        case.score += score
        case.reasons.append(reason)
        return case

    def add_all(self, requests: Sequence[int], score: int, reason: str) -> None:
        """Add a reason that requests share: very many of them only where they have another."""
        for request in requests if len(requests) <= _MANY else self.keys() & set(requests):
            self.add(request, score, reason)


def addresses(letter: Letter, direction: Direction) -> list[str]:
    """Return the addresses of the other side: who wrote to us, or to whom we wrote; of a forwarded one, its own."""
    texts = [letter.sender] if direction is Direction.IN else list(letter.recipients)
    if is_forwarded(letter.subject):
        texts += re.findall(r"^[>* ]*(?:From|To):[^\n]{3,200}$", passed_on(letter.body), re.MULTILINE)
    return list(dict.fromkeys(match.group(0).lower() for text in texts for match in _ADDRESS_IN.finditer(text)))


def candidates(
    db: Database,
    letter: Letter,
    meaning: Meaning,
    direction: Direction,
    theirs: Sequence[str],
    waiting: Openings | None = None,
) -> tuple[tuple[Candidate, ...], bool]:
    """Return the requests a letter may belong to, the likeliest first, and whether the first alone is likeliest.

    theirs: addresses of the other side. waiting: the open requests, when they are at hand.
    """
    cases = _Cases()
    _by_number(db, cases, meaning)
    for request in rows_meaning.by_message(db, [letter.in_reply_to, *letter.references]):
        cases.add(request, _REPLY, say("it answers a message filed there"))
    subject = _bare(letter.subject)
    if len(subject) >= _SHORTEST:
        for request in rows_meaning.by_subject(db, subject):
            cases.add(request, _THREAD, say("a letter called “{subject}” is filed there", subject=subject[:80]))
    if letter.sender and direction is Direction.IN:
        wrote = rows_meaning.by_sender(db, letter.sender)
        for request in wrote:
            cases.add(request, _WROTE, say("the same sender wrote about it before"))
    _by_delivery(db, cases, meaning)
    _by_office(cases, letter, meaning, theirs, waiting if waiting is not None else openings(db))
    _weigh_other_numbers(db, cases, meaning)
    ranked = sorted((item for item in cases.items() if item[1].score > 0), key=lambda item: (-item[1].score, item[0]))
    clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1].score > ranked[1][1].score)
    sure = [request for request, case in ranked if case.certain]
    shown = tuple(
        Candidate(
            request,
            rows_requests.request_name(db, request),
            _sentence(case.reasons),
            certain=sure == [request] and direction is Direction.IN,
        )
        for request, case in ranked[:SHOWN]
    )
    return shown, clear


def _sentence(reasons: list[str]) -> str:
    first, *others = dict.fromkeys(reasons)
    return say("{reasons}.", reasons=joined("; ", (raised(first), *others)))


def _by_number(db: Database, cases: _Cases, meaning: Meaning) -> None:
    wanted = {plain(one.number): one for one in meaning.numbers}
    found: dict[str, list[int]] = {}
    for number, request in rows_meaning.by_number(db, list(wanted)):
        found.setdefault(number, []).append(request)
    best = min((wanted[number].rank for number in found), default=0)
    for number, requests in found.items():
        seen = wanted[number]
        leading = seen.rank == best
        for request in requests:
            words = say("it carries its tracking number {number}", number=seen.number)
            case = cases.add(request, _NUMBER if leading else _LESSER_NUMBER, words)
            case.certain |= leading and len(requests) == 1 and len(number) >= _SHORTEST


def _by_delivery(db: Database, cases: _Cases, meaning: Meaning) -> None:
    proof = meaning.delivery
    if proof is None:
        return
    if proof.number:
        for request in rows_meaning.by_proof(db, [kind.value for kind in _SENT], proof.number):
            cases.add(request, _PROOF, say("the number {number} was noted there", number=proof.number))
    if proof.message_id:
        for request in rows_meaning.by_message(db, [proof.message_id]):
            cases.add(request, _RETURNED, say("the message it tells of is filed there"))


def _by_office(cases: _Cases, letter: Letter, meaning: Meaning, addresses: Sequence[str], openings: Openings) -> None:
    """Weigh what open requests share with the letter: their title, their office's address and name.

    What very many requests of one office share tells none of them from the others: it only adds to another reason.
    """
    head = f"{meaning.head}\n{letter.sender}\n{letter.subject}\n{letter.name}"
    folded_head, opening = folded(head), folded(meaning.opening)
    top = folded(f"{letter.subject}\n{letter.name}\n{meaning.head}")
    for title, (written, requests) in openings.titles.items():
        if len(title) >= _SHORTEST and (title in top or title in opening):
            at_top = title in top
            words = say("its head says “{words}”" if at_top else "it speaks of “{words}”", words=written)
            cases.add_all(requests, _TITLE_TOP if at_top else _TITLE, words)
    theirs = {*addresses, *([meaning.delivery.recipient.lower()] if meaning.delivery is not None else [])}
    domains = {address.partition("@")[2] for address in theirs if address} - _PUBLIC
    forms = {one.agency: one.number for one in meaning.numbers if one.agency}
    for office in openings.offices.values():
        for email, requests in office.emails.items():
            domain = email.partition("@")[2]
            if email in theirs:
                cases.add_all(requests, _ADDRESS, say("its office’s address is {email}", email=email))
            elif domain in domains:
                cases.add_all(
                    requests, _DOMAIN, say("it comes from {domain}, as its office’s mail does", domain=domain)
                )
        if _names(office, head, folded_head):
            cases.add_all(office.requests, _OFFICE, say("its head names {office}", office=office.short))
        if office.code in forms:
            words = say(
                "the number {number} has the form that {office} gives", number=forms[office.code], office=office.short
            )
            cases.add_all(office.requests, _FORM, words)


def _names(office: OpenOffice, head: str, folded_head: str) -> bool:
    if len(office.name) >= _SHORTEST and office.name in folded_head:
        return True
    short = office.short
    if len(short) < 3 or not short.isupper():
        return False
    return re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", head) is not None


def _weigh_other_numbers(db: Database, cases: _Cases, meaning: Meaning) -> None:
    """Take weight from requests that have a tracking number when the letter names another as its own."""
    own = {plain(one.number) for one in meaning.numbers if one.rank < 2}
    if not own:
        return
    every = {plain(one.number) for one in meaning.numbers}
    for request, numbers in rows_meaning.numbers_of(db, list(cases)).items():
        if numbers.isdisjoint(every):
            cases.add(request, _OTHER_NUMBER, say("but it names another tracking number"))


def _bare(subject: str) -> str:
    subject = " ".join(subject.split())
    while (cut := _BEFORE.sub("", subject)) != subject:
        subject = cut
    return subject
