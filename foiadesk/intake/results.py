"""What the worker hands back: parsed messages, page pictures, what a file is. Plain records, no I/O."""

from datetime import datetime

from foiadesk.frozen import dataclass

MEBIBYTE = 1024 * 1024
MAX_PIXELS = 40_000_000  # of one page picture


@dataclass(frozen=True, slots=True)
class ParsedPart:
    """One file found inside a message. ``data`` are its exact bytes once the transfer encoding is undone."""

    name: str  # safe to show and to save under; never a path
    original_name: str  # as the message had it, "" when it had none
    media_type: str
    data: bytes
    origin: str  # where in the message: "part 2", "part 3.1"


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A message taken apart. The message's own bytes stay with the caller and are never changed.

    date: aware; a zone the message did not give counts as UTC. body: plain text for reading. damaged: "" when all
    of it could be read, else plain sentences saying what could not.
    """

    subject: str
    sender: str
    recipients: tuple[str, ...]
    date: datetime | None
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    body: str
    parts: tuple[ParsedPart, ...]
    damaged: str


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture of one page: three bytes a pixel (red, green, blue), rows without padding."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a file is. kind: message, pdf, image, office, text or other. pages: 0 when the kind has none."""

    kind: str
    media_type: str
    pages: int
    title: str


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file in an archive. name: as the archive has it, perhaps a path: see ``safe_name``. size: as claimed."""

    number: int
    name: str
    size: int
    trouble: str  # why it cannot be unpacked, one sentence; "" when it can


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost the worker before it is ended and replaced. Sizes in bytes, times in seconds."""

    memory: int = 1536 * MEBIBYTE  # address space of the process, the program itself included
    cpu: int = 30  # processor time of one call
    seconds: float = 45.0  # wall clock of one call, measured and enforced by the caller's side
    input: int = 512 * MEBIBYTE
    output: int = 512 * MEBIBYTE
    pixels: int = MAX_PIXELS  # a page asked larger comes back smaller


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """How well the running worker is shut in; a system that refuses one measure is named in ``notes``."""

    pid: int
    network_isolated: bool  # its own, empty network namespace
    calls_filtered: bool  # the kernel refuses it sockets, new processes and tracing
    files_confined: bool  # the kernel refuses it every file but the program's own
    notes: tuple[str, ...]
