"""Everything the letter page shows of one letter, read from the desk in one go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foiadesk.desk import Desk
from foiadesk.records import Attachment, AttachmentRole, Channel, Correspondence, Letter, LetterState, Request

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind, MergeFact, Snippet
    from foiadesk.letters.portals import PortalLimit


@dataclass(frozen=True, slots=True)
class Sibling:
    """A letter of the same kind to another office of the same campaign."""

    letter: int
    office: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A letter, what it belongs to, and, once sent, the very file that went out."""

    letter: Letter
    kind: "LetterKind"
    request: Request
    siblings: tuple[Sibling, ...]  # this letter among them, in the order of the requests
    usual: Channel | None = None  # how letters usually go to this office, when the person said so
    correspondence: Correspondence | None = None
    file: Attachment | None = None
    documents: tuple[Attachment, ...] = ()  # stored on the request: what a draft could enclose
    signers: tuple[str, ...] = ()
    limit: "PortalLimit | None" = None  # of the office's portal, where it is known
    facts: "tuple[MergeFact, ...]" = ()  # what the text of a draft can name
    snippets: "tuple[Snippet, ...]" = ()  # one's own
    ready_made: "tuple[Snippet, ...]" = ()

    @property
    def sent(self) -> bool:
        """Tell whether the letter can no longer change."""
        return self.letter.state is LetterState.SENT

    @property
    def place(self) -> int:
        """The letter's place among its siblings, from 0."""
        return next((at for at, one in enumerate(self.siblings) if one.letter == self.letter.id), 0)


def read_subject(desk: Desk, letter_id: int) -> Subject:
    """Read one letter with all that the page shows. Raises NotFound."""
    letter = desk.letters.get(letter_id)
    request = desk.requests.get(letter.request)
    settings = desk.settings.get()
    usual = dict(settings.channels).get(request.office.code)
    correspondence, file = None, None
    if letter.state is LetterState.SENT and letter.correspondence is not None:
        correspondence = desk.filing.get(letter.correspondence)
        file = next((one for one in correspondence.attachments if one.role is AttachmentRole.LETTER), None)
    kind, draft = desk.letters.kind(letter.kind), letter.state is LetterState.DRAFT
    return Subject(
        letter=letter,
        kind=kind,
        request=request,
        siblings=_siblings(desk, letter, request),
        usual=usual,
        correspondence=correspondence,
        file=file,
        documents=desk.filing.documents(letter.request),
        signers=tuple(signer.name for one in map(desk.people.get, request.requesters) for signer in one.signers),
        limit=desk.letters.portal_limit(letter.request),
        facts=desk.drafting.facts(letter.request, language=kind.language) if draft else (),
        snippets=desk.snippets.own() if draft else (),
        ready_made=desk.snippets.shipped() if draft else (),
    )


def _siblings(desk: Desk, letter: Letter, request: Request) -> tuple[Sibling, ...]:
    if request.campaign is None:
        return (Sibling(letter.id, request.office.short, letter.state is LetterState.SENT),)
    from foiadesk.desk import RequestFilter

    numbers = sorted(desk.requests.ids(RequestFilter(campaign=request.campaign)))
    offices = {row.id: row.office_short for row in desk.requests.rows(numbers)}
    found = []
    for number in numbers:
        same = [one for one in desk.letters.for_request(number) if one.kind == letter.kind]
        shown = letter if number == request.id else same[-1] if same else None
        if shown is not None:
            found.append(Sibling(shown.id, offices.get(number, ""), shown.state is LetterState.SENT))
    return tuple(found)


def find_or_start(desk: Desk, kind: str, request: int) -> int:
    """Return the request's newest draft of a kind, beginning one when there is none. kind: or a step's name."""
    kind = desk.letters.for_step(kind, request) or kind
    drafts = [one for one in desk.letters.for_request(request) if one.kind == kind and one.state is LetterState.DRAFT]
    return drafts[-1].id if drafts else desk.letters.start(kind, request).primary
