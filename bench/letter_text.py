"""The letters that are timed: two pages, about 570 words, no two with the same sentences; made-up people."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from foiadesk.records import FeeCategory, FeeChoices, Office, Request, Requester, Signer

if TYPE_CHECKING:
    from foiadesk.letters import LetterContext

KIND = "policy_request"
_TEXT = (
    "records agency contracts policies training audit memoranda emails surveillance technology vendor program office "
    "procurement retention oversight detention facility inspection license image query officer guidance directive "
    "analysis reporting schedule approval review budget invoice purchase statement privacy impact assessment"
)
_WORDS = _TEXT.split()
_OFFICE = Office(
    code="DHS/ICE",
    department="Department of Homeland Security",
    department_abbr="DHS",
    component="U.S. Immigration and Customs Enforcement",
    component_abbr="ICE",
    address=("500 Example Street SW, Stop 5009", "Washington, DC 20536"),
    officer="FOIA Officer",
)
_WHO = (
    Requester("Larkspur Rights Project", ("1210 Harbor Street",), signers=(Signer("A. Okonkwo", "Legal Director"),)),
)


def context(number: int, today: date) -> "LetterContext":
    """Return what letter ``number`` says; the wordings differ so that nothing remembered from another helps."""
    from foiadesk.letters import LetterContext

    random = Random(number)
    request = Request(
        f"{_sentence(random, 4)[:-1]} {number}",
        _OFFICE,
        tuple(_sentence(random, 33) for _ in range(3)),
        requesters=(1,),
        records_from=date(2022, 1, 1),
        records_to=date(2025, 12, 31),
        background="\n\n".join(_sentence(random, 38) for _ in range(2)),
        fees=FeeChoices(FeeCategory.NEWS_MEDIA, waiver=False),
    )
    made = LetterContext(
        request=request, requesters=_WHO, answer=None, events=(), today=today, law_title="Freedom of Information Act"
    )
    return replace(made)


def _sentence(random: Random, words: int) -> str:
    return f"{' '.join(random.choices(_WORDS, k=words)).capitalize()}."
