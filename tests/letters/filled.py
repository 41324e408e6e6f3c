"""Every kind of letter with its form filled in and a law's own count behind it: what golden texts are made of."""

from dataclasses import replace
from datetime import date
from functools import cache

from foiadesk.law import answer, load_pack
from foiadesk.letters import LetterContext, LetterKind
from foiadesk.letters import kind as letter_kind
from foiadesk.records import Stage, event_from_json
from tests.letters.examples import PLAIN, context

TODAY = date(2026, 3, 10)
SENT = (
    {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"},
    {"kind": "request_received", "date": "2026-01-05", "office": "proper"},
    {"kind": "fee_waiver_requested", "date": "2026-01-05"},
    {"kind": "acknowledged", "date": "2026-01-15", "tracking_number": "2026-ICFO-00123"},
)
ASKED = (
    {"kind": "perfection_claimed", "date": "2026-01-20", "missing": "description"},
    {"kind": "fee_estimate", "date": "2026-01-22", "amount": "412.50"},
    {"kind": "still_interested_asked", "date": "2026-01-26", "answer_by": "2026-03-20"},
    {"kind": "referred", "date": "2026-01-28", "to": "the Executive Office for Immigration Review"},
    {"kind": "call", "date": "2026-03-06"},
    {"kind": "clarification_asked", "date": "2026-03-02", "about": "information", "answer_by": "2026-04-01"},
)
DENIED = (
    {"kind": "expedition_requested", "date": "2026-01-05", "certified": True},
    {"kind": "expedition_decided", "date": "2026-01-12", "granted": False},
    {"kind": "fee_waiver_decided", "date": "2026-01-20", "outcome": "denied"},
    {
        "kind": "determination",
        "date": "2026-02-17",
        "outcome": "partial_grant",
        "items": [{"item": 1, "outcome": "partial_grant", "exemptions": ["(b)(5)", "(b)(7)(E)"]}],
    },
)
LATE = (SENT[0], SENT[1], SENT[3])
BEGUN: tuple[dict[str, object], ...] = ()
EVENTS_OF = {
    "requests": BEGUN,
    "supports": SENT,
    "waiting": (*SENT, *ASKED),
    "appeals": (*SENT, *DENIED),
    "after": LATE,
}
ONLY_LATE = {
    "overdue_notice",
    "acknowledgement_missing",
    "completion_date_request",
    "fees_barred",
    "appeal_no_response",
}

VALUES = {
    "system": "Detainee Location Log",
    "breakdown": "month and field office",
    "vendors": "Argus Vision LLC, Northgate Analytics",
    "contract_numbers": "70CTD025FR0000012",
    "person": "Marisol Quiñones Tejada",
    "other_names": "Marisol Tejada",
    "birth_date": "1991-04-17",
    "birth_place": "San Miguel, El Salvador",
    "person_address": "415 Mesa Avenue, El Paso, TX 79901",
    "a_number": "A 012 345 678",
    "case_numbers": "ELP-2025-0417",
    "systems": "DHS/ICE-011",
    "hearing_on": "2026-05-04",
    "matter": "segregation",
    "facility": "Mesa County Processing Center, El Paso, Texas",
    "subject_person": "",
    "tool": "SightLine face search",
    "vendor": "Argus Vision LLC",
    "officials": "The Director of the field office\nThe Chief Information Officer",
    "others": "argusvision.example",
    "terms": "SightLine\nface search",
    "waiver_reason": "The records will be published in full, free of charge.",
    "recipient": "Larkspur Rights Project",
    "scope": "some",
    "scope_words": "The file of the arrest of August 2, 2025.",
    "until": "2027-01-05",
    "capacity": "accredited",
    "bar": "Recognized organization, full accreditation",
    "form": "Form G-28",
    "proof": "Portal confirmation 88231",
    "answer_by": "2026-03-31",
    "question": "Which field offices are meant by item 3.",
    "answer_text": "Item 3 means the field offices of El Paso and Phoenix.",
    "drop": "Item 2, training materials",
    "first": "Item 1, contracts of 2025\nItem 3",
    "limits": "E-mail of the Chief Information Officer alone, January to June 2025.",
    "reason": "You wrote that item 2 needs a search of eleven offices.",
    "in_return": "A first release by April 30, 2026.",
    "addressee": "Ms. R. Halloway, FOIA Office",
    "ours": "Amara Okonkwo-Ruiz",
    "said": "The search for item 1 is complete: 312 pages.\nItem 3 has not been searched for.",
    "agreed_until": "2026-04-30",
    "reasons": "The request names offices, years and kinds of records.",
    "what": "14 pages of item 1",
    "problem": "The office has not answered since January 15, 2026.",
    "wanted": "An estimated date of completion\nThe name of whoever has the request",
    "facts": "The agency described the same tool in a published impact assessment of June 2024.",
    "withheld": "Pages 41 to 68, whole.",
    "given": "The records are sensitive.",
    "basis_named": "(b)(7)(E)",
    "acknowledged_by": "The impact assessment of June 2024, page 3",
    "searched": "One database, by the name of the vendor.",
    "clues": "The award notice of March 3, 2025 names two orders.\nAn e-mail released in 2025 mentions an audit.",
    "places": "Office of Acquisition Management\nThe shared mailbox of the program office",
    "denied_category": "commercial",
    "got": "pictures of pages, without text",
    "answered_on": "2026-02-02",
    "missing": "Pages 12 to 15\nThe attachment named on page 9",
    "counted": "312 announced, 290 received",
    "to_address": "500 12th Street SW, Stop 5009\nWashington, DC 20536-5009",
    "decided_by": "R. Halloway",
    "appeal_number": "2026-ICAP-00045",
    "danger": "Recordings are overwritten after 90 days.",
    "kinds": "Video of the housing units, February 2026",
    "settle": "The contracts of item 1, by April 30, 2026\nA schedule for the rest",
    "thanks": "Ms. Halloway answered every call within a day.",
    "received_on": "2026-03-05",
    "reason_operations": "Every item concerns what a federal agency buys and does.",
    "reason_contribution": "No contract after 2021 has been published.",
    "reason_public": "The organizations publish reports in five languages.",
    "reason_significance": "The public will learn how often searches are run.",
    "reason_interest": "None of the organizations sells anything that the records concern.",
    "ground": "safety",
    "statement": "A person in custody is without the medicine that the contract is to provide.",
    "history": "Messages of February 12 and 26, 2026 were not answered.",
    "requested_on": "2026-01-05",
    "formats": "native electronic files",
}
ON = {
    "contracts_request": "contracts payments",
    "statistics_request": "fields_list anonymous",
    "client_records_request": "whole_file consent_enclosed identity_enclosed",
    "privacy_act_request": "accounting consent_enclosed",
    "a_file_request": "whole_afile identity_enclosed",
    "custody_records_request": "segregation_records logs",
    "technology_request": "rules use audits",
    "communications_request": "email texts",
    "state_request": "name_limit fee_waiver",
    "identity_certification": "oath",
    "identity_certification_es": "oath",
    "third_party_consent": "oath abroad",
    "third_party_consent_es": "oath",
    "expedition_statement": "certified oath",
    "telephone_record": "agreed_time",
    "fee_dispute": "no_breakdown advance",
    "appeal_exemptions": "b5 b7e cite_cases",
    "appeal_expedition": "certified",
    "appeal_glomar": "cite_cases",
    "preservation_notice": "litigation",
    "ogis_request": "consent",
    "thanks_and_close": "close",
}
EXEMPTION_FACTS = "Pages 41 to 44 state the policy in force since May 2024, which two field offices have posted."
EXEMPTION_HARM = "The same words were read out at a public hearing."


def filled(kind: LetterKind) -> dict[str, str]:
    """The form of a kind as somebody would fill it in; what comes from the request or its events stays."""
    on = ON.get(kind.name, "").split()
    values = {}
    for field in kind.fields:
        if field.type == "check":
            if field.name in on:
                values[field.name] = "yes"
        elif field.name.endswith("_facts"):
            values[field.name] = EXEMPTION_FACTS
        elif field.name.endswith("_harm"):
            values[field.name] = EXEMPTION_HARM
        elif field.name in VALUES and not (field.name == "given" and kind.name == "appeal_closed"):
            values[field.name] = VALUES[field.name]
    if kind.name == "appeal_closed":
        values["given"] = "No answer to the question whether the request still matters"
    if kind.name == "perfection_dispute":
        del values["missing"]
    if kind.name == "state_appeal":
        values["to_address"] = "1 Empire State Plaza\nAlbany, NY 12223"
    if kind.name == "appeal_fee_category":
        values |= {"fee_category": "other", "category_basis": "None of the organizations sells anything."}
    return values


@cache
def where(name: str) -> LetterContext:
    """A request at a stage that the kind of that name is for, counted by the law itself."""
    kind = letter_kind(name)
    begun = kind.stages[0] is Stage.DRAFT and kind.group == "requests"
    events = () if begun else LATE if kind.name in ONLY_LATE else EVENTS_OF[kind.group]
    if kind.name == "acknowledgement_missing":
        events = SENT[:2]
    if kind.name == "appeal_expedition":
        events = (*SENT, *DENIED[:2])
    if kind.name == "thanks_and_close":
        events = (*LATE, {"kind": "determination", "date": "2026-03-05", "outcome": "full_grant"})
    if kind.name == "state_overdue":
        events = SENT[:2]
    log = tuple(event_from_json(event) for event in events)
    law = "us-ny" if kind.laws == "state" else "us-foia"
    agency = "DHS/ICE" if law == "us-foia" else None
    today = date(2026, 1, 5) if begun else TODAY
    counted = answer(log, law=load_pack(law), agency=agency, today=today)
    return context(replace(PLAIN, law=law), events=log, answer=counted, today=today)
