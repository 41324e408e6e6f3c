"""Fictional people who ask, a real kind of office, and the answers a law room could give: what letters are tried on."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from foiadesk.letters import LetterContext
from foiadesk.records import (
    ExpeditionChoices,
    ExpeditionGround,
    FeeCategory,
    FeeChoices,
    Office,
    Request,
    Requester,
    Signer,
    Stage,
    event_from_json,
)

OFFICE = Office(
    code="DHS/ICE",
    department="Department of Homeland Security",
    department_abbr="DHS",
    component="U.S. Immigration and Customs Enforcement",
    component_abbr="ICE",
    address=("500 12th Street SW, Stop 5009", "Washington, DC 20536-5009"),
    email="foia-office@agency.example",
    portal="https://portal.agency.example/",
    officer="FOIA Officer",
)

COALITION = (
    Requester(
        "Larkspur Rights Project",
        ("1210 Harbor Street, Suite 400", "Oakland, CA 94607"),
        "records@larkspur.example",
        "510-555-0142",
        "larkspur.example",
        (Signer("Amara Okonkwo-Ruiz", "Legal Director"),),
    ),
    Requester(
        "Center for Open Enforcement",
        ("88 Monument Square", "Portland, ME 04101"),
        "foia@open.example",
        "207-555-0110",
        signers=(Signer("Daniel Whitcomb", "Senior Counsel"),),
    ),
    Requester(
        "Tri-County Detention Watch",
        ("415 Mesa Avenue", "El Paso, TX 79901"),
        signers=(Signer("Lucía Prieto", "Chair"),),
    ),
    Requester("Fenwick Surveillance Clinic", ("2 College Green",), signers=(Signer("Thuỷ Nguyễn", "Clinic Director"),)),
)

ITEMS = (
    "All contracts and task orders for face recognition software, services or data.",
    "All policies and training materials that govern the use of face recognition.",
    "Records sufficient to show, for each month, the number of searches run, by program office.",
)

PLAIN = Request("Face recognition contracts", OFFICE, ITEMS, requesters=(1,))

CHOSEN = replace(
    PLAIN,
    requesters=(1, 2, 3, 4),
    records_from=date(2022, 1, 1),
    records_to=date(2025, 12, 31),
    formats="native electronic files",
    background="Searches of license photographs have been reported since 2019.\n\nNo policy has been published.",
    fees=FeeChoices(
        FeeCategory.NEWS_MEDIA,
        waiver=True,
        reasons={
            "operations": "Every item concerns what a federal agency buys and does.",
            "contribution": "No contract after 2021 has been published.",
            "public": "The four organizations publish reports in five languages.",
            "significance": "The public will learn how often searches are run, and under which rules.",
            "interest": "None of the organizations sells anything that the records concern.",
            "category": "The organizations publish a weekly newsletter for 12,000 readers.",
            "activity": "Publishing is what the first of the organizations was founded to do.",
        },
    ),
    expedition=ExpeditionChoices(
        asked=True,
        ground=ExpeditionGround.URGENCY,
        statement="The present contract is to be renewed on March 3, 2026.",
        certified=True,
    ),
)

EVENTS = tuple(
    event_from_json(event)
    for event in (
        {"kind": "request_sent", "date": "2026-01-05", "channel": "portal"},
        {"kind": "request_received", "date": "2026-01-05", "office": "proper"},
        {"kind": "acknowledged", "date": "2026-01-15", "tracking_number": "2026-ICFO-00123"},
    )
)


def answer(**changes: Any) -> Any:
    """An answer as the law room shapes it, for a request received on January 5, 2026, asked on March 10, 2026."""
    clock = {
        "kind": "determination",
        "start": date(2026, 1, 5),
        "due": date(2026, 2, 3),
        "days_late": 35,
        "working_days_late": 24,
        "met_on": None,
        "assumed": False,
        "count": 20,
        "unit": "working",
        "extended_by": 0,
        "unverified": False,
        "title": "Determination",
        "basis": ("5 U.S.C. 552(a)(6)(A)(i)",),
        "paused": (),
    }
    found = {
        "stage": Stage.OVERDUE,
        "fees": SimpleNamespace(search_barred=True, duplication_barred=None),
        "exhaustion": SimpleNamespace(state="open", since=date(2026, 2, 4)),
    }
    clock |= {name: value for name, value in changes.items() if name in clock}
    found |= {name: value for name, value in changes.items() if name in found}
    return SimpleNamespace(**found, clocks=(SimpleNamespace(**clock),))


def context(request: Request = PLAIN, **changes: Any) -> LetterContext:
    """One organization asking, nothing chosen, unless changed."""
    given = {
        "requesters": COALITION[:1],
        "answer": None,
        "events": (),
        "today": date(2026, 1, 5),
        "law_title": "Freedom of Information Act",
    }
    return LetterContext(request=request, **{**given, **changes})


ALONE = context()
TOGETHER = context(CHOSEN, requesters=COALITION)
LATE = context(CHOSEN, answer=answer(), events=EVENTS, today=date(2026, 3, 10))
